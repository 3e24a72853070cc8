/** Prints episodes as JSON lines in the corpus' format: `node services/arbiter/families/write.ts --author a --episodes 10 --seed 1`. */
import { parseArgs } from 'node:util';
import { corpusLine, episodeOf, loadFamilies } from './load.ts';

const episodesMax = 10_000;

const { values } = parseArgs({
  options: {
    author: { type: 'string' },
    episodes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const episodes = Number(values.episodes);
const seed = Number(values.seed);
const wrong = [
  values.author === undefined && '--author: the folder of an author, e.g. a',
  !(Number.isInteger(episodes) && episodes >= 1 && episodes <= episodesMax) &&
    `--episodes: a whole number from 1 to ${episodesMax}, of each family`,
  !Number.isSafeInteger(seed) && '--seed: a whole number',
].filter((message) => message !== false);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(2);
}
process.stdout.on('error', () => process.exit(0)); // `| head` closes the pipe early
for (const family of await loadFamilies(values.author ?? '')) {
  for (let index = 0; index < episodes; index += 1)
    console.log(corpusLine(family, episodeOf(family, index, seed)));
}
