/** Canonical numbers: plain decimal text, no exponent, no plus, no needless zeros, no negative zero. */

const PLAIN = /^([+-]?)([0-9]+)(?:[.]([0-9]*))?$/;
const WITH_EXPONENT = /^([+-]?)([0-9]+)(?:[.]([0-9]*))?[eE]([+-]?[0-9]{1,6})$/;
/** What Postgres writes besides digits. */
export const SPECIAL_NUMBERS: readonly string[] = ['NaN', 'Infinity', '-Infinity'];

/** The same test in SQL (a Postgres regular expression). */
export const PLAIN_SQL = '^[+-]?[0-9]+([.][0-9]*)?$';

/** `-007.50` → `-7.5`; undefined when the text is no plain decimal number. */
export function canonicalNumber(text: string): string | undefined {
  const match = PLAIN.exec(text);
  return match === null ? undefined : assembled(match[1] === '-', match[2] ?? '', match[3] ?? '');
}

/** As Postgres writes numbers, floats in their exponents and the special ones included. */
export function canonicalNativeNumber(text: string): string | undefined {
  if (SPECIAL_NUMBERS.includes(text)) return text;
  const match = WITH_EXPONENT.exec(text);
  if (match === null) return canonicalNumber(text);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  return shifted(sign === '-', whole, fraction, Number(exponent));
}

function assembled(negative: boolean, whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=[0-9])/, '');
  const rest = fraction.replace(/0+$/, '');
  const plain = rest === '' ? digits : `${digits}.${rest}`;
  return negative && plain !== '0' ? `-${plain}` : plain;
}

/** Moves the point to the right by `places` (to the left when negative). */
function shifted(negative: boolean, whole: string, fraction: string, places: number): string {
  const digits = whole + fraction;
  const point = whole.length + places;
  if (point <= 0) return assembled(negative, '0', '0'.repeat(-point) + digits);
  return assembled(negative, digits.slice(0, point).padEnd(point, '0'), digits.slice(point));
}

/** A decimal factor and its inverse, both exact. */
export interface Factor {
  readonly text: string;
  readonly inverse: string;
}

/** More places than this is nobody's unit. */
const INVERSE_PLACES_MAX = 80;

/** Undefined for zero, and for factors whose inverse is no finite decimal (3, 0.7). */
export function parseFactor(text: string): Factor | undefined {
  const plain = canonicalNumber(text);
  if (plain === undefined || plain === '0') return undefined;
  const { units, scale } = parsed(plain);
  for (let places = 0; places <= INVERSE_PLACES_MAX; places += 1) {
    const dividend = 10n ** BigInt(scale + places);
    if (dividend % units === 0n) return { text: plain, inverse: written(dividend / units, places) };
  }
  return undefined;
}

/** The product of two canonical numbers, canonical; special numbers stay what they are. */
export function times(a: string, b: string): string {
  if (SPECIAL_NUMBERS.includes(a)) return a;
  const left = parsed(a);
  const right = parsed(b);
  return written(left.units * right.units, left.scale + right.scale);
}

/** a + b of canonical numbers, canonical; undefined where one of them is special. */
export function sum(a: string, b: string): string | undefined {
  if (SPECIAL_NUMBERS.includes(a) || SPECIAL_NUMBERS.includes(b)) return undefined;
  const [left, right] = [parsed(a), parsed(b)];
  const scale = Math.max(left.scale, right.scale);
  const units = ({ units, scale: own }: { units: bigint; scale: number }) =>
    units * 10n ** BigInt(scale - own);
  return written(units(left) + units(right), scale);
}

/** a − b of canonical numbers, canonical; undefined where one of them is special. */
export function difference(a: string, b: string): string | undefined {
  return sum(a, SPECIAL_NUMBERS.includes(b) ? b : times(b, '-1'));
}

function parsed(text: string): { units: bigint; scale: number } {
  const point = text.indexOf('.');
  return point < 0
    ? { units: BigInt(text), scale: 0 }
    : { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

function written(units: bigint, scale: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  return assembled(negative, digits.slice(0, digits.length - scale), digits.slice(digits.length - scale));
}
