import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { plainNumber } from '../value/atoms.ts';
import { type Side, Side as SideOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import { clockTimes } from './clock-times.ts';
import { type Domain, type Reading, reading } from './reading.ts';

const NUMBER = '[+-]?[0-9]{1,15}(?:\\.[0-9]{1,9})?';
const BOTH = new RegExp(`^(${NUMBER}) ?(?:-|–|\\.\\.|to|bis) ?(${NUMBER})$`, 'i');
const ONE = new RegExp(`^(<=|>=|<|>|≤|≥|=)? ?(${NUMBER})$`);
const ABOVE = new RegExp(`^(${NUMBER}) ?(?:\\+|and (?:over|above|older)|or (?:more|over|older)|plus)$`, 'i');
const BARE = new RegExp(`^${NUMBER}$`);
const WORDED = new RegExp(
  `^(up to|at most|max(?:imum|\\.)?|bis|from|at least|min(?:imum|\\.)?|ab) (${NUMBER})$`,
  'i',
);

/** The names of the lower and of the upper end. */
const LOW = /^(?:low|lower|min|minimum|from|lower bound|lower limit|start)$/;
const HIGH = /^(?:high|upper|max|maximum|to|upper bound|upper limit|end)$/;

/** Ranges of numbers and numbers with a sign of comparison; the key is the two ends, with a mark where the end is not part of it. */
export const ranges: Domain = {
  name: 'range',
  reads:
    'A range of numbers or a number with a sign of comparison: 0.4 - 5.8, <=128.5, {"low":0.4,"high":5.8}, {"comparator":"<","value":25}.',
  read: (side) => [...ofText(side), ...ofMembers(side)],
};

function ofText({ text }: Side): readonly Reading[] {
  if (text === undefined || text.length > 40) return [];
  const both = BOTH.exec(text);
  if (both !== null) return range('text', both[1], both[2]);
  const above = ABOVE.exec(text)?.[1];
  if (above !== undefined) return range('text', above, undefined);
  const [, end, bound] = WORDED.exec(text) ?? [];
  if (bound !== undefined)
    return /^(?:f|at l|mi|ab)/i.test(end ?? '')
      ? range('text', bound, undefined)
      : range('text', undefined, bound);
  const [, sign, number] = ONE.exec(text) ?? [];
  return number === undefined ? [] : compared('text', sign, number);
}

function compared(reader: string, sign: string | undefined, number: string): readonly Reading[] {
  switch (sign) {
    case undefined:
    case '=':
    case 'eq':
      // Alone under such a name it is a number that may have a sign.
      return reading(reader, `is ${plainNumber(number)}`, reader === 'members', reader === 'text');
    case '<=':
    case '≤':
    case 'le':
      return range(reader, undefined, number);
    case '>=':
    case '≥':
    case 'ge':
      return range(reader, number, undefined);
    // Members that name an end do not tell whether it is part of the range.
    case '<':
    case 'lt':
      return [
        ...reading(reader, `below ${plainNumber(number)}`, true),
        ...reading(reader, `end at ${plainNumber(number)}`, false),
      ];
    case '>':
    case 'gt':
      return [
        ...reading(reader, `above ${plainNumber(number)}`, true),
        ...reading(reader, `begin at ${plainNumber(number)}`, false),
      ];
    default:
      return [];
  }
}

function range(reader: string, low: string | undefined, high: string | undefined): readonly Reading[] {
  return reading(
    reader,
    `${low === undefined ? '' : plainNumber(low)} to ${high === undefined ? '' : plainNumber(high)}`,
    true,
  );
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields === undefined || fields.size === 0 || fields.size > 3) return [];
  const told = [...fields].filter(([, value]) => value !== null && value !== '');
  const at = (names: RegExp) => told.find(([key]) => names.test(wordsOf(key)))?.[1];
  const [low, high] = [numberOf(at(LOW)), numberOf(at(HIGH))];
  const count = [low, high].filter((end) => end !== undefined).length;
  if (count === 2 && told.length === 2) return range('members', low, high);
  if (count === 1 && told.length === 1) {
    const end = low === undefined ? `end at ${plainNumber(high ?? '')}` : `begin at ${plainNumber(low)}`;
    return [...range('members', low, high), ...reading('members', end, false)];
  }
  const [sign, number] = [
    at(/comparator|operator|qualifier|sign|relation|prefix/),
    numberOf(at(/^(?:value|number|amount|quantity|result)$/)),
  ];
  if (number === undefined || told.length !== (sign === undefined ? 1 : 2)) return [];
  return sign === undefined || typeof sign === 'string' ? compared('members', sign, number) : [];
}

function numberOf(value: Value | undefined): string | undefined {
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' && BARE.test(value) ? value : undefined;
}

const SLOT =
  /^([0-9]{4}|[0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp]\.?[Mm]\.?)?) ?(?:-|–|to|bis) ?([0-9]{4}|[0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp]\.?[Mm]\.?)?)$/;

/** Two times of a day; the key is the seconds of the day. */
export const slots: Domain = {
  name: 'slot',
  reads: 'From one time of a day to another: 1600-1800, 4:00 PM - 6:00 PM, {"from":"16:00","to":"18:00"}.',
  read({ text, fields }) {
    const [, start, end] = SLOT.exec(text ?? '') ?? [];
    if (start !== undefined && end !== undefined) return slot(start, end, 'text');
    const [, day, hours] = DAY_AND_SLOT.exec(text ?? '') ?? [];
    if (day !== undefined && hours !== undefined) return onDay(day, hours, 'text');
    if (fields === undefined || fields.size !== 2) return [];
    const at = (names: RegExp) =>
      [...fields].find(([key]) => names.test(wordsOf(key).split(' ')[0] ?? ''))?.[1];
    const [from, to] = [
      at(/^(?:from|start|begin|begins|opens|open)$/),
      at(/^(?:to|until|till|end|ends|closes|close)$/),
    ];
    if (typeof from === 'string' && typeof to === 'string')
      return LOCAL.test(from) && LOCAL.test(to) ? fromTo(from, to) : slot(from, to, 'members');
    const texts = [...fields.values()].flatMap((value) => (typeof value === 'string' ? [value] : []));
    const [date, span] = texts.toSorted(
      (a, b) => (/^[0-9]{4}-/.test(a) ? -1 : 1) - (/^[0-9]{4}-/.test(b) ? -1 : 1),
    );
    return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(date ?? '') && span !== undefined && SLOT.test(span)
      ? onDay(date ?? '', span, 'members')
      : [];
  },
};

const DAY_AND_SLOT = /^([0-9]{4}-[0-9]{2}-[0-9]{2}) (.{9,24})$/;
const LOCAL = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::00)?$/;

/** The seconds since 1970 of both local times; an end before the beginning, or 24:00, is of the next day. */
function onDay(day: string, hours: string, reader: string): readonly Reading[] {
  const [, start = '', end = ''] = SLOT.exec(hours) ?? [];
  const [found] = slot(start, end, reader);
  const [from, to] = (found?.key ?? '').split(' to ').map(Number);
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  if (from === undefined || to === undefined || Number.isNaN(midnight)) return [];
  return reading(reader, `${midnight + from} to ${midnight + to + (to <= from ? 86_400 : 0)}`, true);
}

function fromTo(from: string, to: string): readonly Reading[] {
  const [start, end] = [from, to].map(
    (text) => Date.parse(`${text.replace(' ', 'T').slice(0, 16)}:00Z`) / 1000,
  );
  return Number.isNaN(start) || Number.isNaN(end) ? [] : reading('members', `${start} to ${end}`, true);
}

function slot(from: string, to: string, reader: string): readonly Reading[] {
  const [start, end] = [from, to].map(
    (time) => clockTimes.read(new SideOf(JSON.stringify(time.replace(/^([0-9]):/, '0$1:'))))[0]?.key,
  );
  return start === undefined || end === undefined
    ? []
    : reading(reader, `${start} to ${Number(end) % 86_400}`, true);
}

/** Seven places, Monday first, each a letter of its day or a sign for none, and a list of the days. */
export const weekdaySets: Domain = {
  name: 'days-of-the-week',
  reads:
    'Days of a week by their places, Monday first, or as a list: MT-T---, 1101000, 1101000 (Mo..Su), ["MO","TU","TH"], {"days":["MO","TU","TH"]}.',
  read({ text, items: own, fields }) {
    const [member] = fields?.size === 1 ? [...fields] : [];
    const items = member !== undefined && /days?$/i.test(member[0]) && isArray(member[1]) ? member[1] : own;
    if (text !== undefined) {
      if (/^(?=.*[A-Z])[M-][T-][W-][T-][F-][S-][S-]$/.test(text))
        return daySet('places', (i) => text[i] !== '-');
      // The text says itself with which day it begins.
      const [, mask] = /^([01]{7}) ?[([]?(?:Mo|Mon) ?(?:\.\.|-|–) ?(?:Su|Sun)[)\]]?$/.exec(text) ?? [];
      if (mask !== undefined) return daySet('figures and their days', (i) => mask[i] === '1');
      return /^[01]{7}$/.test(text) ? daySet('figures', (i) => text[i] === '1', false) : [];
    }
    if (items === undefined || items.length === 0 || items.length > 7) return [];
    const days = items.map((item) =>
      typeof item === 'string' ? DAYS.indexOf(item.slice(0, 2).toLowerCase()) : -1,
    );
    return days.includes(-1) || new Set(days).size < days.length
      ? []
      : daySet('names', (i) => days.includes(i));
  },
};

const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

function daySet(reader: string, has: (day: number) => boolean, strong = true): readonly Reading[] {
  return reading(reader, DAYS.filter((_, i) => has(i)).join(' '), strong);
}

/** A number with a word for its sign; the key is the signed number. */
export const positions: Domain = {
  name: 'position',
  reads: 'A number whose side tells its sign: {"qty":"2890","side":"SHORT"} and -2890.',
  read(side) {
    const number = side.isNumber ? side.raw : side.text;
    if (number !== undefined && BARE.test(number)) return reading('signed', plainNumber(number), false, true);
    if (side.value === undefined || !isObject(side.value) || side.fields?.size !== 2) return [];
    const keys = [...side.fields.keys()].map(wordsOf);
    if (keys.some((key) => /^(?:length|kind|type|size|duration|description|note|label)$/.test(key)))
      return [];
    const [a, b] = [...side.fields.values()];
    const [digits, word] =
      typeof b === 'string' && /^[A-Za-z]+$/.test(b) ? [numberOf(a), b] : [numberOf(b), a];
    if (digits === undefined || typeof word !== 'string' || digits.startsWith('-')) return [];
    const size = plainNumber(digits);
    if (/^(?:short|sell|sold|debit|dbit|d|s)$/i.test(word))
      return reading('side', size === '0' ? size : `-${size}`, /short/i.test(word));
    return /^(?:long|buy|bought|credit|crdt|c|b)$/i.test(word)
      ? reading('side', size, /long/i.test(word))
      : [];
  },
  near: (legacy, modern) => plainNumber(legacy.replace('-', '')) === plainNumber(modern.replace('-', '')),
};
