import type { Judgement } from '../judgement.ts';
import { isOddYear, yearTold } from '../value/centuries.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Different years before their spread is looked at, and the widest gap of the century that no year of the field lies in. */
const YEARS_MIN = 4;
const GAP_MIN = 40;
/** Years of two centuries that are neighbours by their two digits belong together. */
const NEIGHBOURS_MAX = 15;

export const centuryMoved: BugRule = {
  name: 'century-moved',
  shows:
    'A year of two digits read into the wrong century: a day of birth yet to come, a maturity of a hundred years ago, or neighbouring years (48, 49, 50, 51) of which some become 2048 and some 1951.',
  spares:
    'Dates whose name does not say that they are past or to come, years that spread over most of a century (asked, or proven by their notation).',
  find(context) {
    const found = centuriesMoved(context);
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: another century`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** The same where each date is proven: a notation does not tell the century. */
export function centuryDoubt(context: Pick<Context, 'all' | 'episode'>): Judgement | undefined {
  const found = centuriesMoved(context);
  const [first] = found;
  if (first === undefined) return undefined;
  const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: another century (${found.length} of ${context.all.length} requests).`;
  return { verdict: 'bug', rule: centuryMoved.name, severity: 'critical', explanation };
}

function centuriesMoved({ all, episode }: Pick<Context, 'all' | 'episode'>): readonly Observed[] {
  const dated = all.flatMap((at) => {
    const year = at.differs && !at.varies ? yearTold(at.legacy, at.modern) : undefined;
    return year === undefined ? [] : [{ at, year }];
  });
  if (dated.length === 0) return [];
  const wrong = dated.filter(({ year }) => isOddYear(episode.field, year));
  if (wrong.length > 0) return wrong.map(({ at }) => at);
  return isTornApart(dated.map(({ year }) => year))
    ? dated.filter(({ year }) => year < 2000).map(({ at }) => at)
    : [];
}

/** The two digits of all years lie together, and modern divides them where neighbours lie and not where none do. */
function isTornApart(years: readonly number[]): boolean {
  const [old, young] = [years.filter((year) => year < 2000), years.filter((year) => year >= 2000)];
  const digits = [...new Set(years.map((year) => year % 100))].sort((a, b) => a - b);
  if (old.length === 0 || young.length === 0 || digits.length < YEARS_MIN) return false;
  const gaps = digits.map((year, i) => (digits[i + 1] ?? (digits[0] ?? 0) + 100) - year);
  const torn = (Math.min(...old) % 100) - (Math.max(...young) % 100);
  return Math.max(...gaps) >= GAP_MIN && torn > 0 && torn <= NEIGHBOURS_MAX;
}
