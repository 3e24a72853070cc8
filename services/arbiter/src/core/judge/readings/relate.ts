import { NumberText } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import type { Domain, Reading } from './reading.ts';
import { domainsOf } from './table.ts';

/** One consistent pair of readings of both sides. */
export interface ReadingPair {
  readonly domain: Domain;
  readonly legacy: Reading;
  readonly modern: Reading;
  readonly same: boolean;
  /** The look of both sides tells the domain. */
  readonly strong: boolean;
}

/** Every pair of readings that two values have in one domain. */
export function readingPairs(legacy: Side, modern: Side): readonly ReadingPair[] {
  return legacy.against(modern, pairsOf);
}

function pairsOf(legacy: Side, modern: Side): readonly ReadingPair[] {
  // Two bare numbers show no notation; they are compared as numbers.
  if (legacy.isNumber && modern.isNumber) return [];
  const isShort = legacy.read(mayRead) && modern.read(mayRead);
  if (!isShort && !(legacy.read(mayReadLong) && modern.read(mayReadLong))) return [];
  const pairs: ReadingPair[] = [];
  for (const { domain, readings: ours } of legacy.read(readIn)) {
    if (!isShort && domain.long !== true) continue;
    const theirs = modern.read(domain.read);
    for (const l of ours) {
      for (const m of theirs) {
        if (domain.across === true ? l.reader === m.reader : l.plain && m.plain) continue;
        pairs.push({ domain, legacy: l, modern: m, same: l.key === m.key, strong: l.strong && m.strong });
      }
    }
  }
  return pairs;
}

interface Read {
  readonly domain: Domain;
  readonly readings: readonly Reading[];
}

/** The domains that a value is read in, which most values are not. */
function readIn(side: Side): readonly Read[] {
  const found: Read[] = [];
  const isShort = side.read(mayRead);
  for (const domain of domainsOf(side)) {
    if (!isShort && domain.long !== true) continue;
    const readings = domain.read(side);
    if (readings.length > 0) found.push({ domain, readings });
  }
  return found;
}

/** Rules and intervals of calendars, which are longer than other coded values. */
const OF_CALENDAR =
  /^(?:(?:RRULE:)?[A-Z]+=[A-Z0-9+,;:=-]{1,200}|[0-9]{4}-[0-9TZ:+-]{4,40}\/[0-9PTHMSZ:+-]{1,40})$/;

function mayRead({ text, isNumber, fields, items }: Side): boolean {
  if (text === undefined)
    return (
      isNumber ||
      (fields !== undefined && fields.size <= 4) ||
      (items !== undefined && (items.length <= 12 || items[0] instanceof NumberText))
    );
  return (
    text.length >= 1 &&
    (text.length <= 40 || (text.length <= 2000 && (/^[0-9, *x.;-]+$/.test(text) || OF_CALENDAR.test(text))))
  );
}

/** What the domains of longer values read. */
function mayReadLong({ text, isNumber, fields, items }: Side): boolean {
  if (text !== undefined) return text.length >= 1 && text.length <= 4000;
  return isNumber || (fields ?? items) !== undefined;
}

/**
 * The pair of readings by which two values are the same: one side’s look tells the domain, the other then denotes the same thing, and no
 * pair of which both looks are sure says otherwise.
 */
export function sameReading(legacy: Side, modern: Side): ReadingPair | undefined {
  const pairs = readingPairs(legacy, modern);
  const found = pairs.find(({ same, legacy: l, modern: m }) => same && (l.strong || m.strong));
  if (
    found === undefined ||
    pairs.some(
      ({ same, strong, domain }) =>
        // 10/2024 is a month by itself, and a week where others of the field are.
        !same && strong && domain !== found.domain && !(domain.name === 'span' && isWeek(found)),
    )
  )
    return undefined;
  return found;
}

function isWeek({ domain, legacy }: ReadingPair): boolean {
  return domain.name === 'week' && legacy.reader === 'WW/YYYY';
}

/** Names the readers of a pair: observations of one field that are written in the same two notations share it. */
export function notationOf({ domain, legacy, modern }: ReadingPair): string {
  return `${domain.name}/${legacy.reader}/${modern.reader}`;
}
