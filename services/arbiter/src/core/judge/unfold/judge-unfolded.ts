import type { Observed } from '../bugs/rule.ts';
import type { Episode } from '../episode.ts';
import type { Judgement } from '../judgement.ts';
import { changedClaim } from '../noise/claims.ts';
import { UNFOLDED, unfold } from './unfold.ts';

const WRONG = { verdict: 'bug', severity: 'critical' } as const;

/** A text of a public notation (a cookie, a form, a web token), judged by what it says. */
export function unfoldedJudgement(
  episode: Episode,
  all: readonly Observed[],
  judge: (episode: Episode) => Judgement,
): Judgement | undefined {
  const unfolded = unfold(episode, all);
  if (unfolded === undefined) return undefined;
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
  const explanation = `Read as ${unfolded.name}: ${judged.explanation}`;
  return judged.verdict === 'harmless'
    ? { ...judged, rule: UNFOLDED, explanation }
    : { ...judged, explanation };
}
