// npm run bench:judge: how often the drift judge is right, beside other ways to compare.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { recordBlind } from './blind.ts';
import { boostedStumps, logisticRegression } from './classifiers.ts';
import { type Contender, diffy, ourJudge, tolerance } from './contenders.ts';
import { type Figures, familyCalls, measure } from './measure.ts';
import { plot } from './plot.ts';
import { figuresTable } from './report.ts';
import { loadSets } from './sets.ts';

const help = `Usage: npm run bench:judge -- [--corpus DIR] [--episodes N] [--seed N] [--families] [--json FILE]
                                  [--plot FILE] [--sets LIST] [--record-blind AUTHOR]

  The judge beside fixed tolerances, Diffy's rule and two trained classifiers, on labelled episodes: what each makes of bugs and
  of harmless differences, critical bugs accepted, ROC AUC, and the share of critical bugs found at 1 % false alarms. Intervals
  (95 %) are those of drawing whole families anew.

  --corpus DIR    folder of train, check and hard .jsonl.gz (default: ../shared/corpus beside the checkout)
  --episodes N    episodes of each of our own families (10)
  --seed N        of our own families (1)
  --sets LIST     only these, with commas between: check, hard, author a … (all)
  --families      the judge's calls family by family as well
  --json FILE     write the figures there as well
  --plot FILE     write an SVG of the shares there
  --record-blind AUTHOR  measure that author's families only, once, and keep it in services/arbiter/families/blind-measurements.json
`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        corpus: { type: 'string' },
        episodes: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
        families: { type: 'boolean', default: false },
        json: { type: 'string' },
        plot: { type: 'string' },
        sets: { type: 'string' },
        'record-blind': { type: 'string' },
      },
    });
    const episodes = Number(values.episodes);
    const seed = Number(values.seed);
    if (!Number.isInteger(episodes) || episodes < 1 || episodes > 1_000)
      throw new Error(`--episodes is "${values.episodes}"; accepted: 1 to 1000`);
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed is "${values.seed}"; accepted: a whole number`);
    return { ...values, episodes, seed };
  } catch (error) {
    process.stderr.write(`bench:judge: ${(error as Error).message}\n\n${help}`);
    process.exit(2);
  }
}

const options = readOptions();
if (options.help) {
  process.stdout.write(help);
  process.exit(0);
}
const { train, unseen, notes } = await loadSets(options.corpus, options.episodes, options.seed);
for (const note of notes) process.stderr.write(`  ${note}\n`);
const toRecord = options['record-blind'];
if (toRecord !== undefined) {
  const set = unseen.find(({ name }) => name === `author ${toRecord}`);
  if (set === undefined) {
    process.stderr.write(
      `bench:judge: --record-blind is "${toRecord}"; accepted: a folder of services/arbiter/families\n`,
    );
    process.exit(2);
  }
  process.stdout.write(`${figuresTable([recordBlind(set).figures])}\n`);
  process.exit(0);
}
const judge = ourJudge();
const contenders: Contender[] = [judge, tolerance(0.0001), tolerance(0.01), diffy];
if (train !== undefined) contenders.push(logisticRegression(train.episodes), boostedStumps(train.episodes));

const wanted = options.sets?.split(',').map((name) => name.trim());
const unknown = wanted?.find((name) => !unseen.some((set) => set.name === name));
if (unknown !== undefined) {
  process.stderr.write(
    `bench:judge: --sets names "${unknown}"; accepted: ${unseen.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const measured = unseen.filter(({ name }) => wanted?.includes(name) ?? true);
const figures: Figures[] = [];
for (const set of measured) {
  process.stderr.write(`  ${set.name}: ${set.episodes.length} episodes\n`);
  for (const contender of contenders) figures.push(measure(set, contender));
}
process.stdout.write(`${figuresTable(figures)}\n`);
const families = measured.flatMap((set) =>
  familyCalls(set.episodes, judge).map((row) => ({ data: set.name, ...row })),
);
if (options.families) {
  for (const { data, family, label, harmless, ask, bug } of families)
    process.stdout.write(
      `${data}  ${label.padEnd(12)}  ${family}: harmless ${harmless}, asked ${ask}, bug ${bug}\n`,
    );
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ figures, families }, null, 2)}\n`);
if (options.plot !== undefined) writeFileSync(options.plot, plot(figures));
