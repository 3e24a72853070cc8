import type { FieldProfile } from '../profile.ts';
import { countsSixtieths, readCounted, readDuration } from '../value/durations.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

/** What a bare number beside a duration counts, when it is the same length of time. */
export function countedUnit(legacy: Side, modern: Side): string | undefined {
  const told = readDuration(legacy) ?? readDuration(modern);
  const bare = legacy.isNumber ? legacy : modern.isNumber ? modern : undefined;
  return told === undefined || bare === undefined
    ? undefined
    : (readCounted(bare).find(({ ns }) => ns === told.ns)?.notation ?? countsSixtieths(told, bare));
}

export const durationNotation: ProofRule = {
  name: 'duration-notation',
  ofField: true,
  digits: true,
  accepts:
    'The same length of time as ISO 8601 duration, as a clock, with a unit, or counted in seconds or milliseconds beside such a text: PT1H30M, 01:30:00, 90 min, 5400; hours with their fraction beside a clock (35:48 and 35.80), minutes beside a text of hours and minutes (3h14m and 194).',
  refuses:
    'Months and years (they have no fixed length), two bare numbers, any other length; 01:30, which is minutes or hours, beside anything but a clock of two parts; zero, which every unit shares, counted.',
  prove({ legacy, modern, profile }) {
    const l = readDuration(legacy);
    const m = readDuration(modern);
    const bare = legacy.isNumber ? legacy : modern.isNumber ? modern : undefined;
    const text = l ?? m;
    if (bare !== undefined && text !== undefined && text.notation !== 'ISO 8601 duration') {
      // A sixtieth is one of hours and of minutes alike.
      const sixtieths = countsSixtieths(text, bare);
      if (sixtieths === 'hours' && isTimeOfDay(legacy, profile)) return undefined;
      if (sixtieths === 'hours' || (sixtieths === 'minutes' && text.notation === 'with a unit'))
        return `Both are ${Number(text.ns) / 6e10} minutes, counted in ${sixtieths}.`;
    }
    if (isHalfClock(legacy) !== isHalfClock(modern)) return undefined;
    if (l !== undefined && m !== undefined)
      return l.ns === m.ns ? `Both are ${Number(l.ns) / 1e9} seconds.` : undefined;
    const told = l ?? m;
    if (told === undefined || told.ns === 0n) return undefined;
    const counted = readCounted(l === undefined ? legacy : modern).find(({ ns }) => ns === told.ns);
    return counted === undefined
      ? undefined
      : `Both are ${Number(told.ns) / 1e9} seconds, counted in ${counted.notation}.`;
  },
};

/** 01:30 is an hour and a half or a minute and a half. */
function isHalfClock({ text }: Side): boolean {
  return text !== undefined && /^[0-9]{1,2}:[0-9]{2}$/.test(text);
}

/** 14:30 is a time of day as well, unless some value of the field is none. */
function isTimeOfDay({ text = '' }: Side, { data }: FieldProfile): boolean {
  const isClock = (other: string) => /^(?:[01]?[0-9]|2[0-3]):[0-5][0-9]$/.test(other);
  return isClock(text) && data.legacy.vocabulary.every((raw) => isClock(raw.replaceAll('"', '')));
}
