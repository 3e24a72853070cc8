// npm run train:drift: fits the judge's numbers and writes them, with the model card.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PARAMETERS } from '@chronos/arbiter/core/judge/parameters.ts';
import { blindMeasurements } from './blind.ts';
import { card } from './card.ts';
import { boostedStumps, logisticRegression } from './classifiers.ts';
import { diffy, ourJudge, tolerance } from './contenders.ts';
import { ownFamilies } from './episodes.ts';
import { fitParameters, lossOf } from './fit.ts';
import { familyCalls, measure } from './measure.ts';
import { loadSets } from './sets.ts';

const help = `Usage: npm run train:drift -- [--corpus DIR] [--dry-run] [--card]

  Fits the judge's parameters on train and on our own families, and writes
    services/arbiter/src/core/judge/judge.parameters.json
    services/arbiter/MODEL.md   data, figures by family with intervals, limits

  --corpus DIR  folder of train, check and hard .jsonl.gz (default: ../shared/corpus beside the checkout)
  --dry-run     print the parameters, write nothing
  --card        fit nothing: the model card anew, for the parameters and rules as they are
`;

const episodesPerFamily = 10;
/** To fit on: the numbers concern few families, and each try judges all of them. */
const fittedPerFamily = 3;
const seed = 1;
const arbiter = join(import.meta.dirname, '../../services/arbiter');

function readOptions() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        corpus: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        card: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`train:drift: ${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
const note = (words: string) => process.stderr.write(`  ${words}\n`);
const { train, unseen, notes } = await loadSets(options.corpus, episodesPerFamily, seed);
for (const line of notes) note(line);
if (train === undefined) {
  process.stderr.write('train:drift: there is nothing to train on without train.jsonl.gz\n');
  process.exit(1);
}
const own = await ownFamilies(fittedPerFamily, seed);
const fittedOn = [train, ...own];
const all = fittedOn.flatMap(({ episodes }) => episodes);
const { parameters, loss } = options.card
  ? { parameters: DEFAULT_PARAMETERS, loss: lossOf(all, DEFAULT_PARAMETERS) }
  : fitParameters(all, DEFAULT_PARAMETERS, note);
process.stdout.write(`${JSON.stringify(parameters, null, 2)}\n`);
if (!options['dry-run']) {
  const judge = ourJudge(parameters);
  const contenders = [
    judge,
    tolerance(0.0001),
    tolerance(0.01),
    diffy,
    logisticRegression(train.episodes),
    boostedStumps(train.episodes),
  ];
  const text = card({
    parameters,
    fittedOn: fittedOn.map(({ name, episodes }) => ({ name, episodes: episodes.length })),
    loss,
    figures: unseen.flatMap((set) => contenders.map((contender) => measure(set, contender))),
    blind: blindMeasurements(),
    families: [train, ...unseen].flatMap((set) =>
      familyCalls(set.episodes, judge).map((row) => ({ data: set.name, ...row })),
    ),
    episodesPerFamily,
    seed,
  });
  writeFileSync(
    join(arbiter, 'src/core/judge/judge.parameters.json'),
    `${JSON.stringify(parameters, null, 2)}\n`,
  );
  writeFileSync(join(arbiter, 'MODEL.md'), text);
  note('written: services/arbiter/src/core/judge/judge.parameters.json, services/arbiter/MODEL.md');
}
