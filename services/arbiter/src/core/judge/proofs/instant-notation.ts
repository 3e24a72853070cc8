import { relateInstants } from '../meaning/instants.ts';
import type { FieldProfile } from '../profile.ts';
import { isNoDay } from '../value/roles.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const sameInstant: ProofRule = {
  name: 'same-instant',
  ofField: true,
  digits: true,
  accepts:
    'The same instant in another notation: Z, +00:00 or another offset, epoch seconds to nanoseconds beside a text, ISO 8601, SQL, RFC 5322, .NET.',
  refuses:
    'Any shift; a zone, or the name of one, that is left out or made up; a clock that shows another time where a zone is missing; two bare numbers in different units; zeros in place of milliseconds.',
  prove({ legacy, modern, profile, field }) {
    // A number of an order or an account is of any size, too.
    if ((isDigits(legacy) || isDigits(modern)) && isNoDay(field)) return undefined;
    const found = relateInstants(legacy, modern, profile);
    if (found?.is !== 'same' || found.kind !== 'instant' || zoneOf(legacy) !== zoneOf(modern))
      return undefined;
    return `Only the notation differs (${found.legacy.notation}, ${found.modern.notation}): ${found.because}.`;
  },
};

export const subSecond: ProofRule = {
  name: 'sub-second',
  ofField: true,
  digits: true,
  accepts: 'One side tells fewer digits after the second, cut and not rounded: 23:56:23.612Z and 23:56:23Z.',
  refuses:
    'Seconds or minutes left out, rounding up to the next second, zeros written where legacy has digits.',
  prove({ legacy, modern, profile }) {
    const found = relateInstants(legacy, modern, profile);
    if (found?.is !== 'same' || found.kind !== 'sub-second' || zoneOf(legacy) !== zoneOf(modern))
      return undefined;
    return `Only digits after the second are left out or added: ${found.because}.`;
  },
};

export const sameDate: ProofRule = {
  name: 'same-date',
  ofField: true,
  digits: true,
  accepts:
    'The same calendar day in another notation (2024-03-05, 20240305, 05.03.2024, and with slashes once the field’s values establish the order), and a date beside midnight of that day in UTC or without a zone.',
  refuses:
    'Day and month that can be swapped (05/03/2024 alone), a time of day that is lost or made up, years of two digits.',
  prove({ legacy, modern, profile, field }) {
    if ((isDigits(legacy) || isDigits(modern)) && isNoDay(field)) return undefined;
    const found = relateInstants(legacy, modern, profile);
    if (found?.is !== 'same' || found.kind !== 'date' || zoneOf(legacy) !== zoneOf(modern)) return undefined;
    if (isOffsetChanged(legacy, modern) || isTimeLost(legacy, modern, profile)) return undefined;
    return `Only the notation of the date differs: ${found.because}.`;
  },
};

function isDigits({ text, isNumber }: Side): boolean {
  return isNumber || /^[0-9]+$/.test(text ?? '');
}

/** Midnight of one request becomes a day, while modern writes the time of others. */
function isTimeLost({ text: l = '' }: Side, { text: m = '' }: Side, { data }: FieldProfile): boolean {
  const time = /[0-9][T ][0-9]{2}:[0-9]{2}/;
  return time.test(l) && !time.test(m) && data.modern.vocabulary.some((raw) => time.test(raw));
}

/** Days of two zones begin hours apart: 2024-03-05+13:00 and 2024-03-05-11:00; one of no zone may be of the other’s. */
function isOffsetChanged({ text: l = '' }: Side, { text: m = '' }: Side): boolean {
  const [ours, theirs] = [l, m].map((text) =>
    /^[0-9-]{10}(Z|[+-][0-9]{2}:[0-9]{2})$/.exec(text)?.[1]?.replace(/^[+-]00:00$/, 'Z'),
  );
  return ours !== undefined && theirs !== undefined && ours !== theirs;
}

/** The name of the zone where one is told (Europe/Berlin): its rules tell more than the offset of the day. */
function zoneOf({ text }: Side): string | undefined {
  return text === undefined ? undefined : /\[([A-Za-z_/+-]{1,40})\]$/.exec(text)?.[1];
}

/** By its digits, what a bare number beside a text counts since 1970: the same in all of a field. */
export function epochUnit(legacy: string | undefined, modern: string | undefined): string | undefined {
  const bare = [legacy, modern].filter((raw) => /^-?[0-9]+$/.test(raw ?? ''));
  if (bare.length !== 1) return undefined;
  const digits = (bare[0] ?? '').replace('-', '').length;
  return digits <= 11
    ? 'seconds'
    : digits <= 14
      ? 'milliseconds'
      : digits <= 17
        ? 'microseconds'
        : 'nanoseconds';
}
