import { months } from '../readings/periods.ts';
import { DAY, readInstants } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const monthMoved: BugRule = {
  name: 'month-moved',
  shows:
    'A month that becomes a day of the month before or after it (10/28 and 2028-09-30), though not the day on which it is over.',
  spares:
    'A day of the month itself, and the first day of the next: whether that means the month, only a person can tell.',
  find(context) {
    const found = context.unproven.filter(({ varies, legacy, modern }) => !varies && isMoved(legacy, modern));
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: a day of another month`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isMoved(legacy: Side, modern: Side): boolean {
  const month = legacy.text?.length === 5 || legacy.text?.length === 7 ? months.read(legacy)[0] : undefined;
  const dates =
    modern.text === undefined ? [] : readInstants(modern).filter(({ precision }) => precision === DAY);
  const [date] = dates;
  if (month === undefined || date === undefined || dates.length > 1) return false;
  const day = new Date(Number(date.ns / 1_000_000n));
  const distance = day.getUTCFullYear() * 12 + day.getUTCMonth() - Number(month.key);
  return distance === -1 || (distance === 1 && day.getUTCDate() !== 1);
}
