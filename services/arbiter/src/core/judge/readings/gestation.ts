import { NumberText, type Value } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const AGE = /^([0-9]|[1-3][0-9]|4[0-5])\+([0-6])( ?(?:wks?|w|weeks?|SSW|Wochen))?$/;
/** The reader of weeks and days of which no word says that they are. */
export const WEEKS_AND_DAYS = 'weeks and days';

/** The age of a pregnancy by its full weeks and days; the key is the number of days. */
export const gestation: Domain = {
  name: 'gestational-age',
  reads:
    'The age of a pregnancy by full weeks and days, and in days: 34+2, 34+2 weeks, {"days":240}, {"weeks":34,"days":2}, {"totalDays":240,"weeks":34,"days":2}.',
  read: (side) => [...ofText(side.text ?? ''), ...ofNumber(side), ...ofMembers(side)],
  // Days read as tenths of a week, or lost.
  near: (legacy, modern) => Math.abs(Number(legacy) - Number(modern)) <= 6,
};

function ofText(text: string): readonly Reading[] {
  const [, weeks, days, unit] = AGE.exec(text) ?? [];
  if (weeks === undefined) return [];
  const reader = unit === undefined ? WEEKS_AND_DAYS : 'weeks and days by name';
  return reading(reader, Number(weeks) * 7 + Number(days), true);
}

function ofNumber({ isNumber, raw = '' }: Side): readonly Reading[] {
  return isNumber && /^[1-9][0-9]{0,2}$/.test(raw) ? reading('days', raw, false, true) : [];
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields === undefined || fields.size > 3) return [];
  const told = new Map([...fields].map(([name, value]) => [wordsOf(name), value]));
  const unit = told.get('unit');
  if (unit !== undefined && !/^(?:d|days?)$/.test(String(unit))) return [];
  const [weeks, days, total] = ['weeks', 'days', 'total days'].map((name) => countOf(told.get(name)));
  const known = [weeks, days, total].filter((count) => count !== undefined).length;
  if (known + (unit === undefined ? 0 : 1) !== fields.size) return [];
  if (weeks === undefined)
    return known === 1 ? reading('days by name', String(total ?? days), true, true) : [];
  if (unit !== undefined || days === undefined) return [];
  const sum = weeks * 7 + days;
  // Two figures that contradict each other are no age.
  return reading(
    'members',
    total === undefined || total === sum ? sum : `${total} of ${weeks}+${days}`,
    true,
    true,
  );
}

function countOf(value: Value | undefined): number | undefined {
  const text = value instanceof NumberText ? value.text : value;
  return typeof text === 'string' && /^(?:0|[1-9][0-9]{0,2})$/.test(text) ? Number(text) : undefined;
}
