import { DAY, readInstants } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { mumpsTimes } from './mumps-times.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Days from 1899-12-30, the zero of spreadsheets and of OLE automation dates, to 1970. */
const ZERO_DAYS = 25_569;
const DAY_SECONDS = 86_400;
/** From 1950 to 2080. */
const PLAUSIBLE: readonly [number, number] = [18_264, 65_746];

/** A local date and time; the key is the seconds since 1970 of what the clock shows. */
export const serialTimes: Domain = {
  name: 'serial-time',
  reads:
    'A local time as days and their fraction since 1899-12-30 (Delphi, spreadsheets): 45366.67708333 is 2024-03-15T16:15:00; as MUMPS keeps it: $HOROLOG (68190,49800), FileMan (3250409.1).',
  read: (side) => [...shown(side), ...serial(side), ...mumpsTimes(side)],
  // A time of day that is lost, a zero that is a day or two (or the four years of the 1904 system) off.
  near(legacy, modern) {
    const distance = Math.abs(Number(legacy) - Number(modern));
    return distance < 3 * DAY_SECONDS || distance === 1462 * DAY_SECONDS;
  },
};

function shown(side: Side): readonly Reading[] {
  if (side.text === undefined) return [];
  return readInstants(side)
    .filter(
      ({ precision, zoned, notation }) =>
        precision !== DAY && precision <= 0 && !zoned && notation !== 'epoch',
    )
    .flatMap(({ ns }) => reading('date and time', ns / 1_000_000_000n, true, true));
}

function serial({ raw, text }: Side): readonly Reading[] {
  const digits = text ?? raw ?? '';
  if (!/^[0-9]{5}\.[0-9]{1,12}$/.test(digits)) return [];
  const days = Number(digits);
  if (days < PLAUSIBLE[0] || days > PLAUSIBLE[1]) return [];
  return reading('days since 1899-12-30', Math.round((days - ZERO_DAYS) * DAY_SECONDS), false);
}
