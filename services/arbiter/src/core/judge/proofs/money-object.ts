import { NumberText, type Value } from '../../compare/value.ts';
import { CURRENCY_DIGITS, isMinorName } from '../value/currency-digits.ts';
import { type Decimal, negate, parseDecimal, sameDecimal, shift } from '../value/decimal.ts';
import { areNamesAlike } from '../value/names.ts';
import { readNumberText } from '../value/numbers.ts';
import { rawOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { Pair, ProofRule } from './rule.ts';

const DEBIT = /^(?:D|DR|DB|DBT|DBIT|DEBIT)$/i;
const CREDIT = /^(?:C|CR|CRD|CRDT|CREDIT)$/i;
const INDICATOR = /debit|credit|dbit|crdt|\bdr\b|\bcr\b|\bd c\b/;

export const moneyObject: ProofRule = {
  name: 'money-object',
  digits: true,
  accepts:
    'The same amount said with its currency ("€ 5.80" and {"amount":5.80,"currency":"EUR"}), in the minor units that the currency beside it has (547.16 EUR as minorUnits 54716, 1587 JPY as 1587), as digits with their exponent (3766 with exponent 2 as 37.66), or a debit as the amount with a minus (36.94 with debitCredit D as -36.94, with C as 36.94).',
  refuses:
    'A sign of several currencies ($), minor units that the key does not name or of a currency that is not told, another number of digits than the currency has, a debit without its minus, any other part that is not proven equal.',
  prove(pair) {
    const { legacy, modern } = pair;
    if (modern.fields === undefined) return undefined;
    if (legacy.text !== undefined)
      return isMarked(legacy.text, modern.fields, pair.field)
        ? 'Both are the same amount of the same currency.'
        : undefined;
    if (legacy.fields === undefined) return undefined;
    const left = unpaired(pair, legacy.fields, modern.fields);
    if (left === undefined) return undefined;
    if (hasExponent(left.ours, left.theirs) || hasExponent(left.theirs, left.ours))
      return 'Both are the same amount, once with its exponent.';
    if (left.theirs.length !== 1) return undefined;
    if (left.ours.length === 1)
      return isInMinorUnits(left) ? 'Minor units as the currency has them.' : undefined;
    return isSigned(left) ? 'A debit is the amount with a minus, a credit without.' : undefined;
  },
};

interface Unpaired {
  readonly ours: readonly (readonly [string, Value])[];
  readonly theirs: readonly (readonly [string, Value])[];
  /** The one currency that both sides tell. */
  readonly currency: string | undefined;
}

/** The parts that only one side has by name; undefined when a part that both have is not proven equal. */
function unpaired(
  { part }: Pair,
  legacy: ReadonlyMap<string, Value>,
  modern: ReadonlyMap<string, Value>,
): Unpaired | undefined {
  const left = new Map([...modern].map(([key, value]) => [wordsOf(key), [key, value] as const]));
  if (left.size !== modern.size) return undefined;
  const ours: (readonly [string, Value])[] = [];
  const currencies: string[] = [];
  for (const [key, value] of legacy) {
    const other = left.get(wordsOf(key));
    if (other === undefined) {
      ours.push([key, value]);
      continue;
    }
    const [l, m] = [rawOf(value), rawOf(other[1])];
    if (l !== m && part(l, m) === undefined) return undefined;
    if (typeof value === 'string' && CURRENCY_DIGITS.has(value)) currencies.push(value);
    left.delete(wordsOf(key));
  }
  // One currency under another key: ccy, currency.
  const isCurrency = ([, value]: readonly [string, Value]) =>
    typeof value === 'string' && CURRENCY_DIGITS.has(value);
  const [[gone, ...more], [come, ...others]] = [
    ours.filter(isCurrency),
    [...left.values()].filter(isCurrency),
  ];
  if (gone !== undefined && gone[1] === come?.[1] && more.length + others.length === 0) {
    ours.splice(ours.indexOf(gone), 1);
    left.delete(wordsOf(come[0]));
    currencies.push(String(gone[1]));
  }
  return { ours, theirs: [...left.values()], currency: currencies.length === 1 ? currencies[0] : undefined };
}

function isMarked(text: string, fields: ReadonlyMap<string, Value>, field: string): boolean {
  const read = readNumberText(text);
  const values = [...fields.values()];
  const amount = values.map(decimalOf).find((value) => value !== undefined);
  if (decimalOf(fields.get('currency')) !== undefined) return false;
  if (read === undefined || values.length !== 2 || amount === undefined) return false;
  if (![...fields].some(([key, value]) => decimalOf(value) !== undefined && isAnyAmount(key, field)))
    return false;
  if (!/^[A-Z]{3}$/.test(read.marks.currency) || !values.includes(read.marks.currency)) return false;
  return [...read.values.values()].every((ours) => sameDecimal(ours, amount));
}

function isInMinorUnits({ ours, theirs, currency }: Unpaired): boolean {
  const [[key, value] = ['', null], [otherKey, other] = ['', null]] = [ours[0], theirs[0]];
  const [amount, otherAmount] = [decimalOf(value), decimalOf(other)];
  const digits = CURRENCY_DIGITS.get(currency ?? '');
  if (amount === undefined || otherAmount === undefined || digits === undefined) return false;
  if (isMinorName(key) === isMinorName(otherKey) || !isSameAmount(key, otherKey)) return false;
  const [major, minor] = isMinorName(key) ? [otherAmount, amount] : [amount, otherAmount];
  return minor.scale === 0 && sameDecimal(shift(major, digits), minor);
}

/** Digits and how many of them stand behind the point, beside the amount. */
function hasExponent(scaled: Unpaired['ours'], plain: Unpaired['ours']): boolean {
  if (scaled.length !== 2 || plain.length !== 1) return false;
  const isExponent = ([key]: readonly [string, Value]) =>
    /^(?:exponent|scale|decimals|precision)$/i.test(key);
  const exponent = decimalOf(scaled.find(isExponent)?.[1]);
  const digits = decimalOf(scaled.find((entry) => !isExponent(entry))?.[1]);
  const amount = decimalOf(plain[0]?.[1]);
  if (exponent === undefined || digits === undefined || amount === undefined) return false;
  const digitsKey = scaled.find((entry) => !isExponent(entry))?.[0] ?? '';
  if (!isSameAmount(digitsKey, plain[0]?.[0] ?? '')) return false;
  if (exponent.scale !== 0 || digits.scale !== 0 || exponent.units < 0n || exponent.units > 8n) return false;
  return sameDecimal({ units: digits.units, scale: Number(exponent.units) }, amount);
}

/** Words that every amount may have in its name. */
const ANY_AMOUNT =
  /\b(?:amount|amt|value|val|number|sum|money|units?|minor|cents|unscaled|digits|signed|in|of|the|betrag)\b/g;

function stemOf(key: string): string {
  return wordsOf(key).replaceAll(ANY_AMOUNT, ' ').replaceAll(/ +/g, ' ').trim();
}

/** The name says nothing of what the amount is for, or what the field's own name says. */
export function isAnyAmount(key: string, field: string): boolean {
  const [stem, own] = [stemOf(key), stemOf(field.split('.').at(-1) ?? '')];
  return (
    stem === '' ||
    (/^(?:total|price|gross|net)$/.test(stem) && !/(?:net|gross|total|price|deposit)$/.test(own)) ||
    areNamesAlike(stem, own)
  );
}

/** Names that can be of one amount: what they say it is for is alike, or one of them says nothing. A fee is no refund. */
function isSameAmount(ours: string, theirs: string): boolean {
  const [a, b] = [stemOf(ours), stemOf(theirs)];
  return a === '' || b === '' || areNamesAlike(a, b);
}

function isSigned({ ours, theirs }: Unpaired): boolean {
  const amounts = ours.filter(([, value]) => decimalOf(value) !== undefined);
  const [name, word] =
    ours.find(([, value]) => typeof value === 'string' && decimalOf(value) === undefined) ?? [];
  const amount = decimalOf(amounts[0]?.[1]);
  const signed = decimalOf(theirs[0]?.[1]);
  if (ours.length !== 2 || typeof word !== 'string' || name === undefined) return false;
  if (amount === undefined || signed === undefined || amount.units < 0n) return false;
  if (/\bcard\b/.test(wordsOf(name)) || !isSameAmount(amounts[0]?.[0] ?? '', theirs[0]?.[0] ?? ''))
    return false;
  if (!INDICATOR.test(wordsOf(name)) || !(DEBIT.test(word) || CREDIT.test(word))) return false;
  return sameDecimal(DEBIT.test(word) ? negate(amount) : amount, signed);
}

function decimalOf(value: Value | undefined): Decimal | undefined {
  if (value instanceof NumberText) return parseDecimal(value.text);
  return typeof value === 'string' && /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(value)
    ? parseDecimal(value)
    : undefined;
}
