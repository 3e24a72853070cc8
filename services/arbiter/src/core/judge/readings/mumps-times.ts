import { daysOf } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { type Reading, reading } from './reading.ts';

/** Days from 1840-12-31, the zero of MUMPS ($HOROLOG), to 1970. */
const HOROLOG_ZERO = 47_117;
const DAY_SECONDS = 86_400;

/** Local times as MUMPS systems keep them; the key is the seconds since 1970 of what the clock shows. */
export function mumpsTimes({ text, raw, isNumber }: Side): readonly Reading[] {
  const told = text ?? (isNumber ? raw : undefined) ?? '';
  return [...horolog(told), ...fileMan(told)];
}

/** $HOROLOG: days since 1840-12-31, and seconds of the day. */
function horolog(text: string): readonly Reading[] {
  const [, days, seconds] = /^([4-8][0-9]{4}),([0-9]{1,5})$/.exec(text) ?? [];
  if (days === undefined || Number(seconds) >= DAY_SECONDS) return [];
  return reading('$HOROLOG', (Number(days) - HOROLOG_ZERO) * DAY_SECONDS + Number(seconds), true);
}

/** VA FileMan: years since 1700, month, day, and the time of day as decimals of which zeros at the end are left out (3250409.1 is ten o'clock). */
function fileMan(text: string): readonly Reading[] {
  const [, year, month, day, time = ''] =
    /^([23][0-9]{2})([0-9]{2})([0-9]{2})\.([0-9]{1,6})$/.exec(text) ?? [];
  if (year === undefined) return [];
  const date = daysOf(1700 + Number(year), Number(month), Number(day));
  const [hour = 0, minute = 0, second = 0] = time.padEnd(6, '0').match(/../g)?.map(Number) ?? [];
  if (date === undefined || hour > 24 || minute > 59 || second > 59) return [];
  return reading('FileMan', date * DAY_SECONDS + hour * 3600 + minute * 60 + second, false);
}
