import type { Observed } from '../bugs/rule.ts';
import type { Episode } from '../episode.ts';
import type { Judgement } from '../judgement.ts';
import { changedClaim } from '../noise/claims.ts';
import { retold } from './retold.ts';
import { UNFOLDED, unfold } from './unfold.ts';

const WRONG = { verdict: 'bug', severity: 'critical' } as const;

/** A text of a public notation (a cookie, a form, a web token), judged by what it says. */
export function unfoldedJudgement(
  episode: Episode,
  all: readonly Observed[],
  judge: (episode: Episode, levels?: number) => Judgement,
): Judgement | undefined {
  const unfolded = unfold(episode, all);
  if (unfolded === undefined) return retoldJudgement(episode, all, judge);
  const claim = changedClaim(all);
  if (claim !== undefined)
    return {
      ...WRONG,
      rule: 'token-claim-changed',
      explanation: `Legacy makes a new token in each run; ${claim}.`,
    };
  if (unfolded.lost !== undefined)
    return {
      ...WRONG,
      rule: 'value-lost',
      explanation: `Read as ${unfolded.name}: modern has no ${unfolded.lost}, which legacy always has.`,
    };
  const judged = judge(unfolded.episode);
  // Of a link that is signed anew the whole may be proven where its parts are not.
  if (judged.verdict === 'ask' && unfolded.name === 'link') return undefined;
  const explanation = `Read as ${unfolded.name}: ${judged.explanation}`;
  return judged.verdict === 'harmless'
    ? { ...judged, rule: UNFOLDED, explanation }
    : { ...judged, explanation };
}

/** Of the levels that are looked into: what is told in a notation within a notation within a notation is hostile, and each of them may be told in several ways. */
const LEVELS = 6;

/** The rule that accepts what is proven once one side is told as the other is. */
export const RETOLD = 'told-otherwise-in-public';

/** What one side tells in a public notation of a store, a language or a format, judged as what it says; where that is open, the values as they are decide. */
function retoldJudgement(
  episode: Episode,
  all: readonly Observed[],
  judge: (episode: Episode, levels?: number) => Judgement,
): Judgement | undefined {
  for (const { name, sure, episode: told } of retold(episode, all)) {
    const judged = judge(told, LEVELS);
    if (judged.verdict === 'ask' && sure !== true) continue;
    const explanation = `Read as ${name}: ${judged.explanation}`;
    return judged.verdict === 'harmless'
      ? { ...judged, rule: RETOLD, explanation }
      : { ...judged, explanation };
  }
  return undefined;
}
