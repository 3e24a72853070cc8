import type { Side } from '../value/side.ts';
import { type Domain, digitsOf, type Reading, reading } from './reading.ts';

const CLOCK = /^([0-9]{1,2})[:.hH]([0-5][0-9])(?:[:.]([0-5][0-9]))?(?: ?([AaPp])\.?[Mm]\.?)?$/;

/** The reader of numbers like 615. */
export const HHMM_NUMBER = 'HHMM as a number';

/** Times of day; the key is the second of the day. */
export const clockTimes: Domain = {
  name: 'time-of-day',
  reads:
    'A time of day: 14:47:00, 14:47, 02:47 PM, 144700, 1447 as a number; with AM or PM 12 is midnight or noon.',
  read(side) {
    if (side.isNumber && side.raw !== undefined && /^[0-9]{3,4}$/.test(side.raw))
      return clock(HHMM_NUMBER, side.raw.slice(0, -2), side.raw.slice(-2), '0', '', false);
    const digits = side.text === undefined ? undefined : digitsOf(side);
    if (digits?.length === 6)
      return clock('HHMMSS', digits.slice(0, 2), digits.slice(2, 4), digits.slice(4), '', false);
    return digits?.length === 4
      ? clock('HHMM', digits.slice(0, 2), digits.slice(2), '0', '', false)
      : ofText(side);
  },
  near(legacy, modern) {
    const distance = Math.abs(Number(modern) - Number(legacy));
    return distance % 3600 === 0 || distance <= 60;
  },
};

function ofText(side: Side): readonly Reading[] {
  const text = side.text;
  if (text === undefined || text.length < 4 || text.length > 14) return [];
  const match = CLOCK.exec(text.trim());
  if (match === null) return [];
  const [, hour, minute, second, half = ''] = match;
  if (text.includes('.') && half === '') return [];
  return clock(half === '' ? 'HH:MM' : 'AM and PM', hour, minute, second ?? '0', half.toLowerCase(), true);
}

function clock(
  reader: string,
  hourText: string | undefined,
  minute: string | undefined,
  second: string,
  half: string,
  strong: boolean,
): readonly Reading[] {
  let hour = Number(hourText);
  if (half !== '') {
    if (hour < 1 || hour > 12) return [];
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return [];
  return reading(reader, hour * 3600 + Number(minute) * 60 + Number(second), strong);
}
