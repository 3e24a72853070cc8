import { readBytes } from './bytes.ts';
import { CALLING_CODES } from './calling-codes.ts';
import { readIdentifiers } from './identifiers.ts';
import { daysOf, isWithinSecond, readInstantText } from './instants.ts';
import { visibleOf } from './masks.ts';
import { isNational } from './national-letters.ts';
import type { Side } from './side.ts';
import { numbersIn } from './text.ts';
import { readUrl } from './url.ts';
import { claimsOf, otherClaim } from './web-tokens.ts';
import { isZonedAlike } from './zone-letters.ts';

/**
 * Ways in which two texts may be one thing though nothing proves it: what they have in common would be no accident, and what they have not in
 * common says nothing by itself. They are asked; neither a score nor the look of an identifier may call them bugs.
 */
const RENOTATIONS: readonly ((legacy: string, modern: string) => boolean)[] = [
  (legacy, modern) => isDialled(legacy, modern) || isDialled(modern, legacy),
  isMaskedShorter,
  hasDecimalComma,
  isAddressMoved,
  isSignedAnew,
  isLiteral,
  isArticle,
  isMinorFilled,
  isFraction,
  isMonthEnd,
  isNational,
  isSignedByLetter,
  isTrunkLeftOut,
  isPercentDecoded,
  isZonedAlike,
  isOfFewerDecimals,
  isMovedWithinSecond,
  isCompressedAnew,
  isRecodedText,
];

export function isRenotated({ text: l, raw = '' }: Side, modern: Side): boolean {
  const [ours, theirs] = [l ?? raw, modern.text ?? modern.raw ?? ''];
  if (ours === '' || theirs === '' || (l === undefined && modern.text === undefined)) return false;
  if (ours.length > 4096 || theirs.length > 4096 || /^[[{]/.test(ours) || /^[[{]/.test(theirs)) return false;
  return RENOTATIONS.some((is) => is(ours, theirs));
}

const CODES: ReadonlySet<string> = new Set([...CALLING_CODES.values()].map(({ code }) => code));

/** A number as dialled within a country and with some country's calling code in place of the 0; which country, nobody tells. */
export function isDialled(national: string, international: string): boolean {
  if (
    !/^\(?0[1-9][0-9 ()/.-]{4,20}$/.test(national) ||
    !/^(?:\+|00)[1-9][0-9 ()/.-]{6,24}$/.test(international)
  )
    return false;
  const digits = (text: string) => text.replaceAll(/[^0-9]/g, '');
  const [inside, outside] = [digits(national).slice(1), digits(international).replace(/^00/, '')];
  return inside.length >= 6 && outside.endsWith(inside) && CODES.has(outside.slice(0, -inside.length));
}

/** Both hide most of it, and all that modern shows stands at the same end of what legacy shows. */
function isMaskedShorter(legacy: string, modern: string): boolean {
  const [ours, theirs] = [visibleOf(legacy)?.split('*'), visibleOf(modern)?.split('*')];
  if (ours === undefined || theirs === undefined) return false;
  const [head = '', tail = ''] = [theirs[0], theirs.at(-1)];
  return (
    head.length + tail.length >= 3 &&
    theirs.length === 2 &&
    ours[0]?.startsWith(head) === true &&
    ours.at(-1)?.endsWith(tail) === true
  );
}

const DECIMAL = /[0-9]{1,15}(?:\.[0-9]{1,15})?/g;

/** The same words, and each number is the other one's at fewer decimals: 0.05 % and 0.05001 %. */
function isOfFewerDecimals(legacy: string, modern: string): boolean {
  if (legacy.length > 64 || legacy.replaceAll(DECIMAL, '#') !== modern.replaceAll(DECIMAL, '#')) return false;
  const [ours, theirs] = [legacy.match(DECIMAL) ?? [], modern.match(DECIMAL) ?? []];
  return ours.every((number, i) => {
    const [a, b] = [number, theirs[i] ?? ''];
    const places = Math.min(...[a, b].map((text) => text.split('.')[1]?.length ?? 0));
    return a === b || (places > 0 && Number(a).toFixed(places) === Number(b).toFixed(places));
  });
}

/** The same figures with a point for the comma: 3,087 % and 3.087. */
function hasDecimalComma(legacy: string, modern: string): boolean {
  if (!/[0-9],[0-9]/.test(legacy) || /[0-9]\.[0-9]/.test(legacy) || legacy.length > 64) return false;
  const [ours, theirs] = [numbersIn(legacy.replaceAll(/(?<=[0-9]),(?=[0-9])/g, '.')), numbersIn(modern)];
  return ours.length === theirs.length && ours.every((number, i) => Number(number) === Number(theirs[i]));
}

/** Two addresses on other paths that name the same things by their numbers: ?id=571972 and /571972. */
function isAddressMoved(legacy: string, modern: string): boolean {
  const [ours, theirs] = [readUrl(legacy), readUrl(modern)];
  if (ours === undefined || theirs === undefined || ours.path === theirs.path) return false;
  const numbers = (path: string, query: string) => (`${path}?${query}`.match(/[0-9]{3,}/g) ?? []).join(' ');
  const named = numbers(ours.path, ours.query);
  return named !== '' && named === numbers(theirs.path, theirs.query);
}

/** Two JSON Web Tokens that claim the same but for the moment. */
function isSignedAnew(legacy: string, modern: string): boolean {
  const [ours, theirs] = [claimsOf(legacy), claimsOf(modern)];
  if (ours === undefined || theirs === undefined) return false;
  return otherClaim(ours, theirs) === undefined && otherClaim(theirs, ours) === undefined;
}

/** A number with a point and the letters by which a language knows its type: 803.68s2, 1.50m, 2.5d0. */
function isLiteral(legacy: string, modern: string): boolean {
  const [, digits] = /^([+-]?[0-9]{1,15}\.[0-9]{1,9})[a-z]{1,2}[0-9]?$/.exec(legacy) ?? [];
  return digits !== undefined && Number(digits) === Number(modern);
}

/** The number of one article or book, in two lengths, both with a right check digit: by chance once in ten times. */
export function isArticle(legacy: string, modern: string): boolean {
  const [ours, theirs] = [legacy, modern].map(
    (text) => readIdentifiers(text).find(({ kind }) => kind === 'article number')?.key,
  );
  return ours !== undefined && ours === theirs;
}

/** An amount in its minor unit, filled up with zeros to a fixed width: 000000003860 and 38.60. */
function isMinorFilled(legacy: string, modern: string): boolean {
  return (
    /^0[0-9]{7,17}$/.test(legacy) &&
    /^[0-9]{1,13}(?:\.[0-9]{1,3})?$/.test(modern) &&
    [100, 1000].some((units) => Math.round(Number(modern) * units) === Number(legacy))
  );
}

/** A fraction and its decimals, rounded to what they show: 1/3 and 0.333. */
function isFraction(legacy: string, modern: string): boolean {
  const [, top, bottom] = /^\(?([0-9]{1,3})\/([1-9][0-9]{0,2})\)?$/.exec(legacy) ?? [];
  const [, decimals] = /^[0-9]{1,3}(?:\.([0-9]{1,12}))?$/.exec(modern) ?? [];
  if (top === undefined || !/^[0-9]/.test(modern) || Number(top) > Number(bottom)) return false;
  return Math.abs(Number(top) / Number(bottom) - Number(modern)) <= 0.5001 * 10 ** -(decimals?.length ?? 0);
}

/** A month of four digits, as cards have it, and its first or last day: 3008 and 2030-08-31. */
function isMonthEnd(legacy: string, modern: string): boolean {
  const [, a, b] = /^([0-9]{2})\/?([0-9]{2})$/.exec(legacy) ?? [];
  const [, year = '', month = '', day = ''] = /^20([0-9]{2})-([0-9]{2})-([0-9]{2})$/.exec(modern) ?? [];
  if (a === undefined || !((a === year && b === month) || (a === month && b === year))) return false;
  return day === '01' || daysOf(2000 + Number(year), Number(month), Number(day) + 1) === undefined;
}

/** An amount with the letters of its side behind it, and the same with the sign that they say: 44.338,83 S and -44338.83. */
function isSignedByLetter(legacy: string, modern: string): boolean {
  const [, figures, letters] = /^([0-9][0-9.,' ]{0,24}?) ?(S|H|D|C|DR|CR|DB|OD)$/.exec(legacy) ?? [];
  if (figures === undefined || !/^-?[0-9]+(?:\.[0-9]{1,4})?$/.test(modern)) return false;
  const decimals = /[.,]([0-9]{1,2})$/.exec(figures)?.[1]?.length ?? 0;
  const size = Number(figures.replaceAll(/[^0-9]/g, '')) / 10 ** decimals;
  return (
    Math.abs(size - Math.abs(Number(modern))) < 1e-9 && Number(modern) < 0 === /^[SDO]/.test(letters ?? '')
  );
}

/** 0049 (0)176 02860144 and +4917602860144: a 0 in brackets is only dialled within the country. */
function isTrunkLeftOut(legacy: string, modern: string): boolean {
  if (!/^(?:\+|00)[1-9][0-9]{0,2} ?\(0\)/.test(legacy) || !/^(?:\+|00)[1-9][0-9 ]{6,20}$/.test(modern))
    return false;
  const digits = (text: string) =>
    text
      .replace('(0)', '')
      .replaceAll(/[^0-9]/g, '')
      .replace(/^00/, '');
  return digits(legacy) === digits(modern);
}

/** paul%40example.net and paul@example.net: escapes of which modern has exactly what they stand for. */
export function isPercentDecoded(legacy: string, modern: string): boolean {
  if (!/%[0-9A-F]{2}/i.test(legacy) || modern.includes('%')) return false;
  try {
    return decodeURIComponent(legacy) === modern;
  } catch {
    return false;
  }
}

/** Two points in time less than a second apart: a clock that each side read for itself, or another way to round what a client seldom reads. */
function isMovedWithinSecond(legacy: string, modern: string): boolean {
  const [ours, theirs] = [readInstantText(legacy)[0], readInstantText(modern)[0]];
  return (
    ours !== undefined && theirs !== undefined && ours.zoned === theirs.zoned && isWithinSecond(ours, theirs)
  );
}

const GZIP = /^H4sI[A-Za-z0-9+/_-]{24,}={0,2}$/;

/** Two files of gzip (RFC 1952) of as much content, of the same checksum: when and how well each was compressed is another thing. */
export function isCompressedAnew(legacy: string, modern: string): boolean {
  if (!GZIP.test(legacy) || !GZIP.test(modern)) return false;
  const [ours, theirs] = [legacy, modern].map((text) => readBytes(text)[0]?.hex.slice(-16));
  return ours !== undefined && ours === theirs;
}

/** Two texts in base64 of which each tells the same numbers, and not only one: a place in a list that the server alone reads. */
function isRecodedText(legacy: string, modern: string): boolean {
  const [ours, theirs] = [legacy, modern].map((text) => numbersIn(readableOf(text) ?? ''));
  return ours !== undefined && ours.length > 1 && ours.join(' ') === theirs?.join(' ');
}

/** What a text in base64 says, if that is plain ASCII. */
function readableOf(text: string): string | undefined {
  const hex = readBytes(text).find(({ notation }) => notation !== 'hexadecimal')?.hex;
  const codes = hex?.match(/../g)?.map((byte) => Number.parseInt(byte, 16));
  return codes?.every((code) => code >= 0x20 && code < 0x7f) === true
    ? String.fromCharCode(...codes)
    : undefined;
}
