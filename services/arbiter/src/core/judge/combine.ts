import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { changedTogether } from './together.ts';

const RANK = { bug: 2, ask: 1, harmless: 0 } as const;

/**
 * What is to be thought of the whole when its parts are judged: the worst of them, told with its path. Parts that only may decide (the words
 * of a sentence) do so when all are harmless, or when one is a bug and none of the others is in doubt: then the rest is the same sentence.
 */
export function combine(
  parts: readonly Episode[],
  judgements: readonly Judgement[],
  decides: boolean,
): { readonly judgement: Judgement; readonly decides: boolean } {
  let worst = 0;
  for (let i = 1; i < judgements.length; i++) {
    if (rankOf(judgements[i]) > rankOf(judgements[worst])) worst = i;
  }
  const bugs = judgements.flatMap(({ verdict }, i) => (verdict === 'bug' && i !== worst ? [i] : []));
  // A number that another is told for: so much for 100, and for one.
  const isBasis = /\b(?:per|basis|base|unit|each)\b/i.test(parts[worst]?.field.split('.').at(-1) ?? '');
  const candidates = bugs.length === 1 && isBasis ? bugs : [worst];
  const together = candidates.map((i) => changedTogether(parts, judgements, i));
  const judgement = together.find((found) => found !== undefined) ?? judgements[worst];
  const part = parts[worst];
  if (judgement === undefined || part === undefined)
    throw new Error('combine needs a judgement for each part, at least one');
  const told = { ...judgement, explanation: `At ${part.field}: ${judgement.explanation}` };
  const count = (verdict: Judgement['verdict']) =>
    judgements.filter((judged) => judged.verdict === verdict).length;
  return { judgement: told, decides: decides || (count('ask') === 0 && count('bug') <= 1) };
}

function rankOf(judgement: Judgement | undefined): number {
  return judgement === undefined
    ? -1
    : judgement.rule === 'identical'
      ? -0.5
      : RANK[judgement.verdict] * 2 + (judgement.severity === 'critical' ? 1 : 0);
}
