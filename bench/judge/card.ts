import type { Parameters } from '@chronos/arbiter/core/judge/parameters.ts';
import type { ScoreParameters } from '@chronos/arbiter/core/judge/score/score.ts';
import type { BlindMeasurement } from './blind.ts';
import type { Loss } from './fit.ts';
import type { Figures, familyCalls } from './measure.ts';
import { figuresMarkdown } from './report.ts';
import { scoreMarkdown } from './score-card.ts';
import type { LeftOut } from './score-fit.ts';

/** The model card of the drift judge. Every figure in it comes from the run that writes it, or from a recorded blind measurement. */
export function card(about: {
  readonly parameters: Parameters;
  readonly score: ScoreParameters;
  readonly leftOut: readonly LeftOut[];
  readonly fittedOn: readonly { readonly name: string; readonly episodes: number }[];
  readonly loss: Loss;
  /** Whether this run fitted the parameters; else it only measures what they leave. */
  readonly refitted: boolean;
  readonly figures: readonly Figures[];
  readonly blind: readonly BlindMeasurement[];
  readonly families: readonly ({ readonly data: string } & ReturnType<typeof familyCalls>[number])[];
  readonly episodesPerFamily: number;
  readonly seed: number;
}): string {
  const fittedOn = about.fittedOn.map(({ name, episodes }) => `${name} (${episodes} episodes)`).join(', ');
  const parameters = Object.entries(about.parameters).map(([name, value]) => `| \`${name}\` | ${value} |`);
  return `# Model card of the drift judge

<!-- Written by \`npm run train:drift\`; do not edit. -->

The judge is a set of named rules (RULES.md); what is fitted are the few numbers below, and a score that has the last word on what no rule
decides. A difference is harmless only by a proof; a bug by a rule that shows it, or by the score; and a question otherwise. The score accepts nothing.

## Parameters

Fitted by coordinate descent. Errors count in this order: critical bugs accepted, other bugs accepted, harmless called bug, bugs asked, harmless
asked. ${about.refitted ? 'Fitted by this run' : 'Not fitted anew by this run, which only measures what they leave'}, on ${fittedOn}: ${lossWords(about.loss)}.

| parameter | value |
| --- | --- |
${parameters.join('\n')}

${scoreMarkdown(about)}
## Data

- \`train\`, \`check\`, \`hard\`: labelled episodes of this project's owners, not in the repository. The rules' author has seen all three.
- \`author a\`, \`author b\`, …: families in \`services/arbiter/families\`, each author working apart from the rules' author and from each other;
  ${about.episodesPerFamily} episodes a family, seed ${about.seed}. Once a set was measured blind (below), the rules' author may look at it, so its later figures say
  what is known, not what is unseen.
- Labels are their authors' own; nobody else reviewed them.

## Blind figures

The first measurement of each set, at a commit whose rules' author had not seen it. These, not the tables further down, say what to expect of
drift that nobody has thought of.

${about.blind.length === 0 ? 'None recorded.' : figuresMarkdown(about.blind.map(({ commit, date, figures }) => ({ ...figures, data: `${figures.data} at ${commit}, ${date}` })))}

## Figures of this version

Shares in percent; intervals (95 %) are those of drawing whole families anew. The trained classifiers (fitted on \`train\`, 22 generic features)
and the simple rules stand beside the judge. Their ranking of unseen families decides whether one may order the questions: none is wired in
unless its AUC there is clearly above that of the judge's own order, and none ever accepts a difference.

${figuresMarkdown(about.figures)}

## Limits

- A notation that no reader knows is asked about, or, where the values look like a closed kind (number, date, code), called a bug: see the families below.
- One observation rarely proves noise; a volatile field without a second legacy run is asked about.
- Intended changes of behaviour (rounding mode, renamed codes) are neither harmless nor bugs: declare them as approved divergences.

## Family by family

What the judge makes of each family's episodes.

| data | family | label | harmless | asked | bug |
| --- | --- | --- | --- | --- | --- |
${about.families.map((one) => `| ${one.data} | ${one.family} | ${one.label} | ${one.harmless} | ${one.ask} | ${one.bug} |`).join('\n')}
`;
}

function lossWords(loss: Loss): string {
  return Object.entries(loss)
    .map(([name, count]) => `${name.replaceAll('_', ' ')} ${count}`)
    .join(', ');
}
