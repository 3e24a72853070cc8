// npm run train:drift: fits the judge's numbers and writes them, with the model card.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_PARAMETERS } from '@chronos/arbiter/core/judge/parameters.ts';
import { blindMeasurements } from './blind.ts';
import { card } from './card.ts';
import { boostedStumps, logisticRegression } from './classifiers.ts';
import { diffy, ourJudge, tolerance } from './contenders.ts';
import { fitParameters } from './fit.ts';
import { familyCalls, measure } from './measure.ts';
import { loadSets } from './sets.ts';

const help = `Usage: npm run train:drift -- [--corpus DIR] [--dry-run]

  Fits the judge's parameters on train and on our own families, and writes
    services/arbiter/src/core/judge/judge.parameters.json
    services/arbiter/MODEL.md   data, figures by family with intervals, limits

  --corpus DIR  folder of train, check and hard .jsonl.gz (default: ../shared/corpus beside the checkout)
  --dry-run     print the parameters, write nothing
`;

const episodesPerFamily = 10;
const seed = 1;
const arbiter = join(import.meta.dirname, '../../services/arbiter');

function readOptions() {
  try {
    return parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        corpus: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
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
const own = unseen.filter(({ name }) => name.startsWith('author '));
const fittedOn = [train, ...own];
const { parameters, loss } = fitParameters(
  fittedOn.flatMap(({ episodes }) => episodes),
  DEFAULT_PARAMETERS,
  note,
);
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
