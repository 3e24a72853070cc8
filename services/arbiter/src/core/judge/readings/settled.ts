import type { FieldProfile, ProfileData } from '../profile.ts';
import { isOnlyCentury } from '../value/centuries.ts';
import {
  isCounted,
  isMoneyName,
  isNoDay,
  isNoPeriod,
  isPeriod,
  isSecret,
  isShare,
  isTimeName,
} from '../value/roles.ts';
import { type Side, Side as SideOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { HHMM_NUMBER } from './clock-times.ts';
import { CODE_SET } from './code-sets.ts';
import { STATEMENT_MARK } from './coded-numbers.ts';
import { TWO_DIGITS } from './days.ts';
import { WITHOUT_ROLE } from './edifact-parties.ts';
import { WEEKS_AND_DAYS } from './gestation.ts';
import type { Domain, Reading } from './reading.ts';
import type { ReadingPair } from './relate.ts';

/** Letters behind a number that are those of units as well: 5 m, 300 K, 64 B; with a fraction and no blank they are none (1.5M). */
const AMBIGUOUS_MAGNITUDE = /^[+-]?(?:[0-9]+ ?|[0-9.]+ )(?:k|K|m|M|MM|B|T)$/;
const MAGNITUDE = /^[+-]?[0-9.]+ ?([A-Za-z]{1,3})$/;

/** Whether the field's other values leave no other notation open, where one value alone can be of two. */
export function isSettled(
  { domain, legacy, modern }: ReadingPair,
  { data }: FieldProfile,
  field: string,
  /** Legacy’s value. */
  told: string,
): boolean {
  const { reader } = legacy;
  // 205 for 2h05: a time of day that becomes a number is read as one.
  if (modern.reader === HHMM_NUMBER) return false;
  // Of a part by itself, or of one answer, nothing is known but the value at hand.
  const values = data.observed === 0 ? [told] : data.legacy.vocabulary.map((raw) => raw.replaceAll('"', ''));
  const some = (form: RegExp) => values.some((text) => form.test(text));
  switch (reader) {
    case 'local time and zone':
    case 'local time and its zone':
      // The name of another zone is more than the offset of today.
      return modern.reader === 'instant';
    case 'YYYYMM':
      // 200512 is a day of May as well.
      return !modern.strong || !values.every((text) => isShortDay(text));
    case 'MM/YY':
      // 09/10 is a day of October, and October of 2009; cards and years of our time are told so.
      return (
        MONTHLY.test(wordsOf(field)) ||
        (values.length >= 4 && values.every((text) => /\/[23][0-9]$/.test(text)))
      );
    case 'MMYY':
      return (
        /\b(?:expir\w*|exp|valid\w*|card|ablauf)\b/.test(wordsOf(field)) &&
        values.every((text) => /^(?:0[1-9]|1[0-2])[23][0-9]$/.test(text))
      );
    case 'WW/YYYY':
      return some(/^(?:1[3-9]|[2-5][0-9])\//);
    case 'text':
      return (
        domain.name !== 'slot' ||
        !values.every((text) => /^(?:19|20)[0-9]{2} ?[-–] ?(?:19|20)[0-9]{2}$/.test(text))
      );
    case 'figures':
      // From Monday to Friday, or from Tuesday to Saturday.
      return domain.name !== 'days-of-the-week' || !some(/^0111110$/) || some(/^1111100$/);
    case 'name of the day':
      return (
        domain.name !== 'weekday' ||
        !/^(?:sat|sun|mon|wed)$/i.test(told) ||
        values.length > 1 ||
        /day|tag\b/.test(wordsOf(field))
      );
    case 'Qn YYYY':
    case 'YYYY-Qn':
    case 'quarter':
      return (
        modern.reader === 'Qn YYYY' || modern.reader === 'YYYY-Qn' || !/fiscal|\bfy\b/i.test(wordsOf(field))
      );
    case 'YYYYWW':
      return values.some((text) => /^[0-9]{6}$/.test(text) && Number(text.slice(4)) > 12);
    case 'packed decimal':
      return data.observed > 0 && !some(/^[0-9]+[{}ABEG-R]$/) && some(/^0/);
    case 'overpunch':
      // A part number ends with a letter, too.
      return some(/^0|[{}]$/);
    case 'magnitude':
      return isMoneyName(field) || !some(AMBIGUOUS_MAGNITUDE) || suffixesOf(values).size > 1;
    case 'count and letter':
      // 30M are minutes as well, 06M are filled up as terms are.
      if (isNoPeriod(field)) return false;
      return isPeriod(field) || some(/^0/) || new Set(values.map((text) => text.at(-1))).size > 1;
    case TWO_DIGITS:
      return isOnlyCentury(field, Number(legacy.key));
    case HHMM_NUMBER:
      // 615 may count minutes, or anything.
      return isTimeName(field) && values.every((text) => /^(?:[01]?[0-9]|2[0-3])?[0-5]?[0-9]$/.test(text));
    case 'HHMM':
    case 'HHMMSS':
      // From 1914 to 1918.
      return (
        !isNoDay(field) &&
        !isSecret(field) &&
        !isCounted(field) &&
        (reader !== 'HHMM' || !values.every((text) => /^(?:19|20)[0-5][0-9]$/.test(text)) || isOfClock(field))
      );
    case WITHOUT_ROLE:
      return new Set(values.map((text) => /^NAD\+[A-Z]{2}\+/.exec(text)?.[0])).size === 1;
    case STATEMENT_MARK:
      return some(/^R?C/) && some(/^R?D/);
    case WEEKS_AND_DAYS:
      return values.length >= 3 && values.every((text) => /^[0-9]{1,2}\+[0-6]$/.test(text));
    case 'FileMan':
      return !isMoneyName(field) && !isNoDay(field);
    case 'places':
      // A year of business begins where it likes.
      return domain.name !== 'months-of-the-year' || !/fiscal|\bfy\b/i.test(wordsOf(field));
    case 'two digits':
      // 2009-10 is a month where no other value is beyond twelve.
      return domain.name !== 'tax-year' || some(/[/]/) || some(/-(?:1[3-9]|[2-9][0-9])$/);
    case 'fraction':
      // 1/2 is the first of two, and the first of February.
      return (
        domain.name !== 'fraction' ||
        isShare(field) ||
        !some(/^\(?[0-9]+\/[0-9]+\)?$/) ||
        some(/^[0-9]+[ -][0-9]+\/|[½¼¾⅛⅜⅝⅞]/)
      );
    default:
      if (domain.name === 'coded-day' && /^[0-9]+$/.test(told) && isNoDay(field)) return false;
      return (
        !BARE_DAYS.has(reader) ||
        domain.name !== 'coded-day' ||
        (!isNoDay(field) && isOnlyDay(legacy, values))
      );
  }
}

/** Called as times of day are; from and to are said of years as well. */
function isOfClock(field: string): boolean {
  return isTimeName(field) && !/\b(?:from|to|until|starts?|ends?|begin|von|bis)$/.test(wordsOf(field));
}

/** Figures that are a day of two digits’ year, too: 200512. */
function isShortDay(text: string): boolean {
  return /^[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(text);
}

/** What is told by month and year. */
const MONTHLY = /\b(?:month|monat|expir\w*|exp|valid\w*|card|period|gueltig|best before|ablauf)\b/;

function suffixesOf(values: readonly string[]): ReadonlySet<string | undefined> {
  return new Set(values.flatMap((text) => MAGNITUDE.exec(text)?.[1] ?? []));
}

const BARE_DAYS: ReadonlySet<string> = new Set([
  'spreadsheet serial',
  'days since 1970',
  'YYDDD',
  'YYMMDD',
  'CYYMMDD',
  'CYYDDD',
]);

/** Days from 1970 to 2000. */
const DAYS_TO_2000 = 10_957;
/** Serial numbers of spreadsheets from which on days counted from 1970 would be of times yet to come. */
const SERIAL_FROM = 36_000;

/** Values from which on years are told from days by how few they are. */
const YEARS_FIRST_MIN = 6;

/**
 * 281224 is the 28th of December where the day stands first, and 12 days before it in another year where the year does; the month is in the middle of
 * both. No day has a 0 or is beyond 31; else days are many where years are few.
 */
function areYearsFirst(figures: readonly string[]): boolean {
  if (figures.some((text) => !/^(?:0[1-9]|[12][0-9]|3[01])/.test(text))) return true;
  const [years, days] = [
    new Set(figures.map((text) => text.slice(0, 2))),
    new Set(figures.map((text) => text.slice(4))),
  ];
  return new Set(figures).size >= YEARS_FIRST_MIN && 2 * years.size <= days.size;
}

/** Whether the figures of the field’s days can be read in no other way: 25000 is a day of 1968 and of 2038, 240305 one of 2024 and of 1924. */
function isOnlyDay({ reader, key }: Reading, values: readonly string[]): boolean {
  const figures = values.filter((text) => /^[0-9]{4,7}$/.test(text));
  const numbers = figures.map(Number);
  switch (reader) {
    case 'spreadsheet serial':
      return numbers.some((number) => number >= SERIAL_FROM || number < 18_000);
    case 'days since 1970':
      return numbers.some((number) => number < 17_000) && numbers.length > 1;
    case 'YYDDD':
      return figures.length > 3;
    case 'CYYDDD':
      return figures.length > 2 && figures.every((text) => /^[01]?[0-9]{2}[0-3][0-9]{2}$/.test(text));
    case 'YYMMDD':
      return (
        !figures.every((text) => /^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])$/.test(text)) && areYearsFirst(figures)
      );
    default:
      // Without its first figure the century is told by the values that have it, or by the year (75 is 1975 in either reading).
      return figures.some((text) => text.length === 7) || (Number(key) >= 0 && Number(key) < DAYS_TO_2000);
  }
}

/** Words of these stand in fields of other things, too: Jordan is a name, and Kind is one. */
const REGISTRIES: ReadonlySet<string> = new Set(['country', 'language', 'business-word']);

const OF_REGISTRY =
  /\b(?:country|land|nation\w*|citizenship|residence|origin|lang\w*|locale|sprache|status|state|type|kind|art|mode|frequency|cycle|rhythm\w*|turnus|title|salutation|anrede|sex|gender|geschlecht|marital|level|risk|priority|interval|direction)\b/;

/** All texts of the field are of the domain, so that none of them is a word of another kind. */
function areAllOf(domain: Domain, { legacy, observed }: ProfileData, field: string): boolean {
  if (observed === 0) return false;
  const texts = legacy.vocabulary.map((raw) => new SideOf(raw)).filter(({ text = '' }) => text.trim() !== '');
  const keys = texts.flatMap((side) => side.read(domain.read)[0]?.key ?? []);
  return (
    texts.every((side) => side.text === undefined || side.read(domain.read).length > 0) &&
    // Two words may be names of anything (Georgia and India of girls) where the field is called otherwise.
    (new Set(keys).size >= CODES_MIN || OF_REGISTRY.test(wordsOf(field)))
  );
}

/**
 * Codes of a few letters are those of a domain only where all codes of the field are: CA beside NY is no country. One of one or two letters is
 * a code of anything, so that another code of the same set has to stand beside it (C is CREDIT where D is there, too, not where S is), or each of
 * its letters begins a word (SW, south-west).
 */
export function areOfDomain(
  { domain, legacy }: ReadingPair,
  { text, raw = '' }: Side,
  modern: Side,
  { data }: FieldProfile,
  field: string,
): boolean {
  if (text !== undefined && REGISTRIES.has(domain.name) && text.length > 3)
    return areAllOf(domain, data, field);
  if (legacy.reader === CODE_SET && isFigure(text ?? raw))
    return isNamedFor(domain, field, 'every') && data.legacy.vocabulary.length > 1;
  if (text === undefined || !/^[A-Za-z]{1,3}$/.test(text)) return true;
  if (domain.name === 'roman-numeral' && /^[IVXLC]+$/.test(text)) return true;
  // Of one value by itself nothing but its name excludes the others that two letters stand for.
  if (
    data.observed === 0 &&
    text.length < 3 &&
    !/^[CD]R$/i.test(text) &&
    !isNamedFor(domain, field, 'some') &&
    !OF_REGISTRY.test(wordsOf(field))
  )
    return areInitials(text, modern.text ?? '');
  const codes = data.legacy.vocabulary
    .map((raw) => new SideOf(raw))
    .filter((other) => /^[A-Za-z]{1,3}$/.test(other.text ?? ''));
  const keys = codes.map((other) => other.read(domain.read)[0]?.key);
  const different = new Set(
    data.legacy.vocabulary.flatMap((other) => new SideOf(other).read(domain.read)[0]?.key ?? []),
  ).size;
  // All, to try and a cup are currencies only where another one stands beside them, or where they are called so.
  if (domain.name === 'currency' && CURRENCY_WORD.test(text) && different < 2)
    return isNamedFor(domain, field, 'some');
  const isCertain =
    legacy.reader !== CODE_SET ||
    text.length > 2 ||
    different >= CODES_MIN ||
    areInitials(text, modern.text ?? '') ||
    isNamedFor(domain, field, 'some');
  return isCertain && !keys.includes(undefined);
}

/** Codes of currencies that are words or short forms of other things. */
const CURRENCY_WORD = /^(?:ALL|BAM|BOB|CAD|COP|CUP|GEL|MAD|MOP|PEN|RON|SOS|TOP|TRY)$/i;

/** Different codes of one or two letters of a set that show that the field’s are of it. */
const CODES_MIN = 3;

function areInitials(code: string, name: string): boolean {
  const words = name.toUpperCase().split(/[^\p{L}]+/u);
  return code.length > 1 && words.map((word) => word[0]).join('') === code.toUpperCase();
}

/** A figure is a code of every set: 2 is SELL, FILLED and FEMALE. */
function isFigure(text: string): boolean {
  return /^[0-9]$/.test(text);
}

/** The field is called as the set is, or by one of its words. */
function isNamedFor({ name }: Domain, field: string, how: 'some' | 'every'): boolean {
  const words = wordsOf(field.replaceAll(/[.[\]*]+/g, ' ')).split(' ');
  return name.split('-')[how]((word) => words.includes(word)) || (name === 'sex' && words.includes('gender'));
}
