import { isInclusive, nextDay, soleRenamed } from '../value/period-ends.ts';
import type { ProofRule } from './rule.ts';

export const exclusiveEnd: ProofRule = {
  name: 'exclusive-end',
  digits: true,
  accepts:
    'A period told to its last day and to the day after it, as the keys say: {"toInclusive":"2024-08-05"} and {"toExclusive":"2024-08-06"}.',
  refuses: 'The same day under both keys, any other day, any other part that is not proven equal.',
  prove({ legacy, modern, part }) {
    const found = soleRenamed(legacy, modern, (l, m) => l === m || part(l, m) !== undefined);
    if (found === undefined) return undefined;
    const [last, after] = isInclusive(found.ours.key)
      ? [found.ours, found.theirs]
      : [found.theirs, found.ours];
    return nextDay(last.date) === after.date
      ? `${after.date} is the day after ${last.date}, which the one key excludes and the other includes.`
      : undefined;
  },
};
