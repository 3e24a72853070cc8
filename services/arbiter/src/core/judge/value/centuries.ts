import { readInstants } from './instants.ts';
import type { Side } from './side.ts';
import { wordsOf } from './text.ts';

/** What has happened already when it is told, and what is still to come: by the name of the field, or of the member. */
const PAST =
  /\b(?:birth|birthday|birthdate|born|dob|geburt\w*|geb(?: ?dat\w*)?|naissance|nacimiento|deceased|hired?|joined|issued|founded|incorporated)\b/;
const FUTURE =
  /\b(?:expir\w*|expires|maturity|matures?|due|valid (?:to|until|thru|through)|good (?:till|thru)|renewal|ablauf\w*|f(?:ae|ä)llig\w*)\b/;
/** Nobody is born as late, and no paper that a program still shows ended as early. */
const [LATEST_PAST, EARLIEST_FUTURE] = [2031, 1970];

/** A year that cannot be that of a field of this name (of the last part of its path). */
export function isOddYear(field: string, year: number): boolean {
  if (year < LATEST_PAST && year >= EARLIEST_FUTURE) return false;
  const words = wordsOf(field.split(/[.[]/).at(-1) ?? '');
  return (year >= LATEST_PAST && PAST.test(words)) || (year < EARLIEST_FUTURE && FUTURE.test(words));
}

/** Whether a day, since 1970, can be of no other century by the name of its field: born in 1989 and not in 2089, due in 2047 and not in 1947. */
export function isOnlyCentury(field: string, day: number): boolean {
  const words = wordsOf(field.split(/[.[]/).at(-1) ?? '');
  const year = new Date(day * 86_400_000).getUTCFullYear();
  return year < 2000
    ? PAST.test(words) && year + 100 >= LATEST_PAST
    : FUTURE.test(words) && !PAST.test(words) && year - 100 < EARLIEST_FUTURE && year < 2060;
}

/** The four digits of modern’s year where legacy tells its last two, and nothing tells the first two. */
export function yearTold(legacy: Side, modern: Side): number | undefined {
  const text = legacy.text ?? (legacy.isNumber ? legacy.raw : undefined);
  const year = text === undefined || text.length > 11 ? undefined : shortYear(text);
  if (year === undefined) return undefined;
  const [day] = readInstants(modern);
  const told =
    day === undefined
      ? /^((?:19|20)[0-9]{2})-[0-9]{2}$/.exec(modern.text ?? '')?.[1]
      : new Date(Number(day.ns / 1_000_000n)).getUTCFullYear();
  return told !== undefined && Number(told) % 100 === year ? Number(told) : undefined;
}

/** 31.12.47, 12/31/47, 31-DEC-47, 471231, 12/47. */
function shortYear(text: string): number | undefined {
  const [, end, start] =
    /^(?:[0-9]{1,2}[./-])?(?:[0-9]{1,2}|[A-Za-z]{3})[./-]([0-9]{2})$|^([0-9]{2})[0-9]{4}$/.exec(text) ?? [];
  const digits = end ?? start;
  return digits === undefined ? undefined : Number(digits);
}
