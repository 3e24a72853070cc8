import type { Judgement } from '../judgement.ts';
import { namesItsWeekday } from '../value/told-weekday.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** Modern names a day of the week that the date beside it is not, and legacy does not: {"date":"2025-09-08","day":"TUESDAY"} was a Monday. */
export function weekdayContradicted(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(
    ({ legacy, modern, varies }) =>
      !varies && namesItsWeekday(modern) === false && namesItsWeekday(legacy) !== false,
  );
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'weekday-contradicted',
    severity: 'major',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the date is another day of the week (${found.length} requests).`,
  };
}
