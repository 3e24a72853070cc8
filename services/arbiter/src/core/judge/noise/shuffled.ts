import type { Observed } from '../bugs/rule.ts';
import { shownRaw } from '../bugs/shown.ts';
import type { Episode } from '../episode.ts';
import type { Judgement } from '../judgement.ts';
import { freshRows } from './fresh-rows.ts';
import { pointed } from './pointers.ts';

const WRONG = { verdict: 'bug', severity: 'critical' } as const;

/**
 * Lists that legacy gives in no order, with members made anew, or with a number that counts to one of their elements: a bug that shows in them, or what
 * `judge` says of them without what legacy itself does not keep. Undefined where legacy repeats itself or none of this is found.
 */
export function shuffledJudgement(
  episode: Episode,
  all: readonly Observed[],
  judge: (episode: Episode) => Judgement,
): Judgement | undefined {
  if (!all.some(({ varies }) => varies)) return undefined;
  const rows = freshRows(episode);
  if (rows !== undefined) {
    if (rows.lost === undefined) return judge(rows.episode);
    const explanation = `Legacy gives the same rows in both runs, in whatever order and with new values beside them; modern lacks ${shownRaw(rows.lost)} (${rows.shownBy} of ${all.length} requests).`;
    return { ...WRONG, rule: 'row-of-fresh', explanation };
  }
  const counted = pointed(episode);
  if (counted === undefined) return undefined;
  if (counted.to === undefined) return judge(counted.episode);
  const explanation = `Legacy’s ${counted.name} counts to the same element in both runs, however the list is shuffled; modern’s counts to ${shownRaw(counted.to)} in place of ${shownRaw(counted.from)} (${counted.shownBy} of ${all.length} requests).`;
  return { ...WRONG, rule: 'counts-to-another', explanation };
}
