import type { ScoreParameters } from '@chronos/arbiter/core/judge/score/score.ts';
import type { BlindMeasurement } from './blind.ts';
import type { Figures, Share } from './measure.ts';
import type { LeftOut } from './score-fit.ts';

/** The part of the model card that says what the score is, what it looks at, and how right it is on authors that it has not seen. */
export function scoreMarkdown(about: {
  readonly score: ScoreParameters;
  readonly leftOut: readonly LeftOut[];
  readonly blind: readonly BlindMeasurement[];
}): string {
  const weights = Object.entries(about.score.weights)
    .filter(([, weight]) => weight !== 0)
    .map(([name, weight]) => `\`${name}\` ${weight}`);
  return `## The score (\`scored-as-bug\`)

A logistic regression over what of legacy's numbers and words is found again in modern's, and in which requests (\`core/judge/score/features.ts\`),
fitted on what rules ask about: of authors measured blind, what the rules of that day asked (\`families/blind-asked.json\`); of the others what the
rules ask today. Each family weighs the same. Above ${about.score.threshold} a question becomes a bug.

Left out one author at a time: fitted on the others, applied to the questions of that day. The last two columns are what the blind measurement
of that day would have been with the named rules of that day and this score. Only the weights are left out: what the score looks at was chosen after
the authors c to g were seen, and changed after h to p.

| author | score above | bugs called, of asked | harmless called, of asked | bugs found with it | harmless called bug with it |
| --- | --- | --- | --- | --- | --- |
${about.leftOut.flatMap((one) => rowsOf(one, about.blind)).join('\n')}

Fitted on: ${about.score.fittedOn.join(', ')}. Bias ${about.score.bias}; weights: ${weights.join(', ')}.
`;
}

function rowsOf({ author, bugs, harmless, called }: LeftOut, blind: readonly BlindMeasurement[]): string[] {
  const day = blind.find(({ figures }) => figures.data === author)?.figures;
  return called.map((one) => {
    const found = day && shareWith(day.bugs_found, acceptedOf(day), bugs - one.bugs);
    const wrong =
      day && shareWith(day.harmless_called_bug, day.harmless_proven.hits, harmless - one.harmless);
    const cells = [
      author,
      String(one.threshold),
      `${one.bugs} of ${bugs}`,
      `${one.harmless} of ${harmless}`,
      percent(found),
      percent(wrong),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

/**
 * What is called when `left` stay asked and `accepted` are accepted, which no score changes. Not the day's own count of what was called and more: from
 * author h on the day's measurement has a score of its own in it.
 */
function shareWith({ of }: Share, accepted: number, left: number): number {
  return (of - accepted - left) / of;
}

function acceptedOf({ bugs_found: found, bugs_asked: asked }: Figures): number {
  return found.of - found.hits - asked.hits;
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}
