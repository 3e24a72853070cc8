import { severityOf } from '../bugs/severity.ts';
import { shown } from '../bugs/shown.ts';
import type { Episode } from '../episode.ts';
import type { Judgement } from '../judgement.ts';
import type { Reading } from '../observe.ts';
import { featuresOf } from './features.ts';
import { keptOf } from './kept.ts';
import { DEFAULT_SCORE, type ScoreParameters, scoreOf } from './score.ts';

/** For the page of rules. */
export const SCORED_BUG = {
  name: 'scored-as-bug',
  shows:
    'Nothing above decides, legacy repeats itself, and what of its numbers and words is found again in modern’s, in which requests, is by a fitted score (MODEL.md) as in bugs and not as in other notations.',
  spares:
    'Numbers beside numbers, nothing beside something, sentences in other words, words of a vocabulary that have one word each, values that only gain something, identifiers that are wholly other, keys, clocks, fields that legacy does not repeat. The score accepts nothing: below its threshold the difference is asked.',
};

const FATES = {
  none: 'none there',
  same: 'all found again',
  alike: 'found again in short or other forms',
  more: 'some added',
  fewer: 'some missing',
  others: 'some missing and others in their place',
} as const;

/** The last word on what would be asked. */
export function scoredBug(
  context: Reading & { readonly episode: Episode },
  parameters: ScoreParameters = DEFAULT_SCORE,
): Judgement | undefined {
  if (parameters.threshold >= 1) return undefined;
  const features = featuresOf(context);
  const score = features && scoreOf(features, parameters);
  if (score === undefined || score <= parameters.threshold) return undefined;
  const [worst] = context.unproven
    .flatMap(({ legacy, modern }) => {
      const kept = keptOf(legacy, modern);
      return kept === undefined ? [] : [{ legacy, modern, kept }];
    })
    .sort((a, b) => rankOf(b.kept) - rankOf(a.kept));
  if (worst === undefined) return undefined;
  const { legacy, modern, kept } = worst;
  const explanation =
    `Legacy has ${shown(legacy)}, modern ${shown(modern)}: numbers ${FATES[kept.numbers]}, words ${FATES[kept.words]}; ` +
    `rather a bug than another notation (score ${score.toFixed(2)}, ${context.unproven.length} of ${context.all.length} requests).`;
  return { verdict: 'bug', rule: SCORED_BUG.name, severity: severityOf(context), explanation };
}

const ORDER = Object.keys(FATES);

function rankOf({ numbers, words }: { numbers: string; words: string }): number {
  return Math.max(ORDER.indexOf(numbers), ORDER.indexOf(words));
}
