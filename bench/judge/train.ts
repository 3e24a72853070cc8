// npm run train:drift: fits the judge's numbers and writes them, with the model card.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PARAMETERS } from '@chronos/arbiter/core/judge/parameters.ts';
import { DEFAULT_SCORE } from '@chronos/arbiter/core/judge/score/score.ts';
import { blindMeasurements, mayLearnFrom } from './blind.ts';
import { card } from './card.ts';
import { boostedStumps, logisticRegression } from './classifiers.ts';
import { diffy, ourJudge, tolerance } from './contenders.ts';
import { ownFamilies } from './episodes.ts';
import { fitParameters, lossOf } from './fit.ts';
import { familyCalls, measure } from './measure.ts';
import { examplesOf, fitScore, leaveOneAuthorOut } from './score-fit.ts';
import { loadSets } from './sets.ts';

const help = `Usage: npm run train:drift -- [--corpus DIR] [--dry-run] [--score | --card]

  Fits the judge's parameters and its score on train and on our own families, as far as they were measured blind, and writes
    services/arbiter/src/core/judge/judge.parameters.json
    services/arbiter/src/core/judge/score/score.parameters.json
    services/arbiter/MODEL.md   data, figures by family with intervals, limits

  --corpus DIR  folder of train, check and hard .jsonl.gz (default: ../shared/corpus beside the checkout)
  --dry-run     print the parameters, write nothing
  --score       fit the score only; the parameters as they are
  --card        fit nothing: the model card anew, for the parameters and rules as they are
`;

const episodesPerFamily = 10;
/** To fit on: the numbers concern few families, and each try judges all of them. */
const fittedPerFamily = 3;
const seed = 1;
/** Of the score: thresholds shown with one author left out, and the one that is shipped. */
const thresholds = [0.5, 0.6, 0.65, 0.68, 0.7];
const threshold = 0.68;
const arbiter = join(import.meta.dirname, '../../services/arbiter');

function readOptions() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        corpus: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        score: { type: 'boolean', default: false },
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
const loaded = await loadSets(options.corpus, episodesPerFamily, seed);
const { train, notes } = loaded;
const unseen = loaded.unseen.filter((set) => !set.name.startsWith('author') || mayLearnFrom(set));
for (const line of notes) note(line);
if (train === undefined) {
  process.stderr.write('train:drift: there is nothing to train on without train.jsonl.gz\n');
  process.exit(1);
}
const own = (await ownFamilies(fittedPerFamily, seed)).filter(mayLearnFrom);
const fittedOn = [train, ...own];
const all = fittedOn.flatMap(({ episodes }) => episodes);
const { parameters, loss } =
  options.card || options.score
    ? { parameters: DEFAULT_PARAMETERS, loss: lossOf(all, DEFAULT_PARAMETERS) }
    : fitParameters(all, DEFAULT_PARAMETERS, note);
process.stdout.write(`${JSON.stringify(parameters, null, 2)}\n`);
const asking = [train, ...unseen.filter(({ name }) => name.startsWith('author'))];
const leftOut = leaveOneAuthorOut(asking, thresholds);
for (const { author, bugs, harmless, called } of leftOut)
  for (const one of called)
    note(
      `score without ${author}, above ${one.threshold}: ${one.bugs} of ${bugs} bugs, ${one.harmless} of ${harmless} harmless`,
    );
const score = options.card ? DEFAULT_SCORE : fitScore(examplesOf(asking), threshold);
if (!options['dry-run']) {
  const judge = ourJudge(parameters, score);
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
    score,
    leftOut,
    fittedOn: fittedOn.map(({ name, episodes }) => ({ name, episodes: episodes.length })),
    loss,
    refitted: !options.card && !options.score,
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
  writeFileSync(
    join(arbiter, 'src/core/judge/score/score.parameters.json'),
    `${JSON.stringify(score, null, 2)}\n`,
  );
  writeFileSync(join(arbiter, 'MODEL.md'), text);
  note('written: judge.parameters.json, score/score.parameters.json, MODEL.md of services/arbiter');
}
