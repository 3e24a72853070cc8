import { type Decimal, negate, parseDecimal, shift } from './decimal.ts';
import type { Side } from './side.ts';

/** The ways in which people write the same number; bits, so that a field's possible ways are one set. */
export const NumberStyle = {
  /** 1234.56, as programs write it. */
  plain: 1,
  /** 1,234.56 */
  comma: 2,
  /** 1.234,56 */
  point: 4,
  /** 1'234.56 */
  apostrophe: 8,
  /** 1 234,56 */
  space: 16,
  /** 12,34,567.89 */
  indian: 32,
} as const;

export const ALL_NUMBER_STYLES = 63;

/** What stands around the digits: part of the meaning, and never to be lost silently. */
export interface NumberMarks {
  /** EUR, or several codes of which the sign may be one, or '' */
  readonly currency: string;
  /** %, ‰, bps or ''. The value is already divided by it. */
  readonly unit: '' | '%' | '‰' | 'bps';
}

/** A text that can be a quantity: its value under each style that it fits. */
export interface NumberText {
  readonly values: ReadonlyMap<number, Decimal>;
  /** Union of the styles in `values`. */
  readonly styles: number;
  readonly marks: NumberMarks;
  /** A JSON number, not a text. */
  readonly native: boolean;
}

const NO_MARKS: NumberMarks = { currency: '', unit: '' };
/** Signs of currencies and the codes that each may stand for. */
const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  $: 'USD CAD AUD NZD SGD HKD MXN',
  US$: 'USD',
  CA$: 'CAD',
  C$: 'CAD',
  A$: 'AUD',
  AU$: 'AUD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  MX$: 'MXN',
  R$: 'BRL',
  '£': 'GBP',
  '¥': 'JPY CNY',
  '₹': 'INR',
  'Rs.': 'INR PKR LKR',
  Rs: 'INR PKR LKR',
  zł: 'PLN',
  Kč: 'CZK',
  kr: 'SEK NOK DKK ISK',
  'kr.': 'DKK SEK NOK ISK',
  Ft: 'HUF',
  lei: 'RON',
  лв: 'BGN',
  '₽': 'RUB',
  '₺': 'TRY',
  '₪': 'ILS',
  '₩': 'KRW',
  '฿': 'THB',
  '₫': 'VND',
  '₴': 'UAH',
  'Fr.': 'CHF',
  SFr: 'CHF',
  'SFr.': 'CHF',
};
const SIGN_BEFORE = currencyPattern('^', '[ \u00a0\u202f]?(?=[-+0-9])');
const SIGN_AFTER = currencyPattern('[ \u00a0\u202f]?', '$');

function currencyPattern(before: string, after: string): RegExp {
  const signs = Object.keys(SIGNS).sort((a, b) => b.length - a.length);
  return new RegExp(
    `${before}([A-Z]{3}|${signs.map((sign) => sign.replaceAll(/[$.]/g, '\\$&')).join('|')})${after}`,
    'u',
  );
}

const TEXT_CHARS_MAX = 64;

/** Reads a JSON number, or a text that is a number with or without marks; undefined for anything else, and for texts with leading zeros. */
export function readNumber(side: Side): NumberText | undefined {
  return side.read(numberOf);
}

function numberOf(side: Side): NumberText | undefined {
  const native = side.number;
  if (native !== undefined)
    return {
      values: new Map([[NumberStyle.plain, native]]),
      styles: NumberStyle.plain,
      marks: NO_MARKS,
      native: true,
    };
  const text = side.text;
  return text === undefined ? undefined : readNumberText(text);
}

export function readNumberText(source: string): NumberText | undefined {
  if (source.length === 0 || source.length > TEXT_CHARS_MAX) return undefined;
  let text = source.trim();
  let currency = '';
  let unit: NumberMarks['unit'] = '';
  let negative = false;
  const parenthesised = text.startsWith('(') && text.endsWith(')');
  if (parenthesised) {
    text = text.slice(1, -1).trim();
    negative = true;
  }
  const sign = takeSign(text);
  if (sign !== undefined) {
    if (parenthesised) return undefined;
    text = sign.rest;
    negative = sign.negative;
  }
  const marked = takeCurrency(text);
  if (marked !== undefined) {
    text = marked.rest;
    currency = marked.currency;
    const inner = sign === undefined && !parenthesised ? takeSign(text) : undefined;
    if (inner !== undefined) {
      text = inner.rest;
      negative = inner.negative;
    }
  } else {
    const found = takeUnit(text);
    if (found !== undefined) {
      text = found.rest;
      unit = found.unit;
    }
  }
  const places = unit === '%' ? -2 : unit === '‰' ? -3 : unit === 'bps' ? -4 : 0;
  const values = new Map<number, Decimal>();
  let styles = 0;
  for (const [style, body] of bodies(text)) {
    const value = parseDecimal(body);
    if (value === undefined) continue;
    const signed = negative ? negate(value) : value;
    values.set(style, places === 0 ? signed : shift(signed, places));
    styles |= style;
  }
  return styles === 0 ? undefined : { values, styles, marks: { currency, unit }, native: false };
}

function takeSign(text: string): { rest: string; negative: boolean } | undefined {
  const first = text[0];
  if (first === '-' || first === '\u2212') return { rest: text.slice(1).trimStart(), negative: true };
  if (first === '+') return { rest: text.slice(1), negative: false };
  const last = text[text.length - 1];
  if (last === '-' || last === '\u2212') return { rest: text.slice(0, -1).trimEnd(), negative: true };
  return undefined;
}

function takeCurrency(text: string): { rest: string; currency: string } | undefined {
  const before = SIGN_BEFORE.exec(text);
  if (before !== null) return { rest: text.slice(before[0].length), currency: codeOf(before[1] ?? '') };
  const after = SIGN_AFTER.exec(text);
  if (after !== null) return { rest: text.slice(0, after.index), currency: codeOf(after[1] ?? '') };
  return undefined;
}

function codeOf(mark: string): string {
  return SIGNS[mark] ?? mark;
}

function takeUnit(text: string): { rest: string; unit: NumberMarks['unit'] } | undefined {
  if (text.endsWith('%')) return { rest: text.slice(0, -1).trimEnd(), unit: '%' };
  if (text.endsWith('‰')) return { rest: text.slice(0, -1).trimEnd(), unit: '‰' };
  const bps = /\s?(?:bps?|bp)$/.exec(text);
  return bps === null ? undefined : { rest: text.slice(0, bps.index), unit: 'bps' };
}

/** In a text an exponent needs a point or a sign: 12E2 is an article number as likely as it is 1200. */
const PLAIN = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][+-]?[0-9]{1,3})?|[eE][+-][0-9]{1,3})?$/;
/** Zeros before an amount that has a point are padding; before bare digits they are part of an identifier. */
const PADDED = /^0[0-9]*\.[0-9]+$/;
const BARE_FRACTION = /^\.[0-9]+$/;

function bodies(text: string): [number, string][] {
  const first = text.charCodeAt(0);
  if (text.length === 0 || !((first >= 0x30 && first <= 0x39) || first === 0x2e)) return [];
  const found: [number, string][] = [];
  if (PLAIN.test(text) || PADDED.test(text)) found.push([NumberStyle.plain, text]);
  else if (BARE_FRACTION.test(text)) found.push([NumberStyle.plain, `0${text}`]);
  const add = (style: number, group: string, point: string, sizes: (index: number) => number) => {
    const body = grouped(text, group, point, sizes);
    if (body !== undefined) found.push([style, body]);
  };
  add(NumberStyle.comma, ',', '.', threes);
  add(NumberStyle.point, '.', ',', threes);
  add(NumberStyle.apostrophe, text.includes('’') ? '’' : "'", '.', threes);
  add(
    NumberStyle.space,
    text.includes('\u202f') ? '\u202f' : text.includes('\u00a0') ? '\u00a0' : ' ',
    ',',
    threes,
  );
  add(NumberStyle.indian, ',', '.', (index) => (index === 0 ? 3 : 2));
  return found;
}

const threes = () => 3;

/** The plain spelling of digits in groups; undefined when the groups are not of the sizes (counted from the right) that the style has. */
function grouped(
  text: string,
  group: string,
  point: string,
  sizeOf: (index: number) => number,
): string | undefined {
  const at = text.indexOf(point);
  const whole = at < 0 ? text : text.slice(0, at);
  const fraction = at < 0 ? '' : text.slice(at + 1);
  if (at >= 0 && !allDigits(fraction)) return undefined;
  const parts = whole.split(group);
  for (const [index, part] of parts.entries()) {
    if (!allDigits(part)) return undefined;
    const fromRight = parts.length - 1 - index;
    if (index === 0 ? parts.length > 1 && part.length > sizeOf(fromRight) : part.length !== sizeOf(fromRight))
      return undefined;
  }
  const digits = parts.join('');
  if (digits.length > 1 && digits.startsWith('0')) return undefined;
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

function allDigits(text: string): boolean {
  if (text.length === 0) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}
