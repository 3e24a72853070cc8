import { type Decimal, formatDecimal, negate, parseDecimal, power, strip } from '../value/decimal.ts';
import { NumberStyle, readNumber } from '../value/numbers.ts';
import type { Side } from '../value/side.ts';
import { isAscii } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Exact numbers in the notations of mainframes and markets; the key is the plain decimal. */
export const codedNumbers: Domain = {
  name: 'coded-number',
  reads:
    'An exact number as packed (00002099C) or overpunched (000209{) decimal with two implied decimals, with a magnitude (1.5M, 20k, 2bn), as a fraction (41 7/8), in 32nds (94-25, 94-25+, 94-256), with check protection (***12.50), in hexadecimal (0x1F), in other digits (١٢), as unscaled value and scale, as units and nanos, with the mark of a statement (RD0,21, D7,31), or with a sign of its own.',
  read: (side) => [...plain(side), ...coded(side.text), ...scaled(side)],
  near(legacy, modern) {
    const [l, m] = [parseDecimal(legacy), parseDecimal(modern)];
    if (l === undefined || m === undefined) return false;
    const digits = ({ units }: Decimal) => (units < 0n ? -units : units).toString().replace(/0+$/, '');
    return digits(l) === digits(m) || wholeOf(l) === wholeOf(m);
  },
};

/** The part before the point: what slips in reading a fraction leave alone. */
function wholeOf({ units, scale }: Decimal): bigint {
  return units / power(scale);
}

function keyed(reader: string, value: Decimal | undefined, strong: boolean): readonly Reading[] {
  return value === undefined ? [] : reading(reader, formatDecimal(strip(value)), strong);
}

function plain(side: Side): readonly Reading[] {
  const number = readNumber(side);
  if (number === undefined) return [];
  return [...number.values].flatMap(([style, value]) =>
    reading(
      `number ${style}`,
      formatDecimal(strip(value)),
      number.native || number.values.size === 1 || style === NumberStyle.plain,
      true,
    ),
  );
}

const OVERPUNCH = '{ABCDEFGHI}JKLMNOPQR';
const MAGNITUDES: Readonly<Record<string, number>> = {
  k: 3,
  K: 3,
  M: 6,
  m: 6,
  mn: 6,
  mio: 6,
  Mio: 6,
  MM: 6,
  B: 9,
  bn: 9,
  Mrd: 9,
  T: 12,
  tn: 12,
};

function coded(text: string | undefined): readonly Reading[] {
  if (text === undefined || text.length < 2 || text.length > 40) return [];
  // Of these notations, only the marks of statements and Roman letters begin with a letter.
  if (LETTER.test(text)) return [...marked(text), ...roman(text)];
  const signed = /^([0-9]{4,18})([A-R{}])$/.exec(text);
  if (signed !== null) return overpunched(signed[1] ?? '', signed[2] ?? '');
  const magnitude = /^([+-]?[0-9]+(?:\.[0-9]+)?) ?([A-Za-z]{1,3})$/.exec(text);
  const places = magnitude === null ? undefined : MAGNITUDES[magnitude[2] ?? ''];
  if (places !== undefined) return keyed('magnitude', parseDecimal(`${magnitude?.[1]}e${places}`), true);
  const fraction = /^([0-9]{1,9}) ([0-9]{1,2})\/([0-9]{1,3})$/.exec(text);
  if (fraction !== null) return keyed('fraction', sumOf(fraction[1], fraction[2], Number(fraction[3])), true);
  const vulgar = /^([0-9]{0,9}) ?([¼½¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞])$/.exec(text);
  if (vulgar !== null) {
    const [top = '', bottom = ''] = (vulgar[2] ?? '').normalize('NFKC').split('⁄');
    return keyed('fraction', sumOf(vulgar[1] || '0', top, Number(bottom)), true);
  }
  const ticks = /^([0-9]{2,3})-([0-2][0-9]|3[01])([+0246])?$/.exec(text);
  if (ticks !== null)
    return keyed(
      '32nds',
      // A plus is half of a thirty-second, a figure counts eighths of it.
      sumOf(ticks[1], String(Number(ticks[2]) * 8 + Number((ticks[3] ?? '0').replace('+', '4'))), 256),
      false,
    );
  const starred = /^\*{2,}([0-9][0-9.,]*)\*{0,3}$/.exec(text);
  if (starred !== null)
    return keyed('check protection', parseDecimal((starred[1] ?? '').replaceAll(',', '')), true);
  const ordinal = /^([0-9]{1,4})(?:st|nd|rd|th)$/.exec(text);
  if (ordinal !== null) return keyed('ordinal', parseDecimal(ordinal[1] ?? ''), true);
  if (/^0[xX][0-9a-fA-F]{1,15}$/.test(text))
    return keyed('hexadecimal', { units: BigInt(text), scale: 0 }, true);
  const digits = otherDigits(text);
  return digits === undefined ? [] : keyed('other digits', parseDecimal(digits), true);
}

const LETTER = /^[A-Za-z]/;
/** The reader of amounts of SWIFT’s statements (MT940). */
export const STATEMENT_MARK = 'mark and amount';

/** C and RD (a reversed debit) raise the balance, D and RC lower it. */
function marked(text: string): readonly Reading[] {
  const [, mark, whole = '', cents] = /^(R?[CD])([0-9]{1,12}),([0-9]{2})?$/.exec(text) ?? [];
  if (mark === undefined) return [];
  const amount = parseDecimal(cents === undefined ? whole : `${whole}.${cents}`);
  return keyed(STATEMENT_MARK, amount && (mark === 'C' || mark === 'RD' ? amount : negate(amount)), true);
}

function roman(text: string): readonly Reading[] {
  const value = romanValue(text);
  return value === undefined ? [] : keyed('Roman', { units: BigInt(value), scale: 0 }, false);
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };

function romanValue(text: string): number | undefined {
  if (!/^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(text)) return undefined;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const now = ROMAN[text[i] ?? ''] ?? 0;
    value += now < (ROMAN[text[i + 1] ?? ''] ?? 0) ? -now : now;
  }
  return value;
}

/** The last character carries digit and sign; a last C, D or F beside digits is the sign of packed decimal as well. */
function overpunched(digits: string, last: string): readonly Reading[] {
  const index = OVERPUNCH.indexOf(last);
  const magnitude = BigInt(digits) * 10n + BigInt(index % 10);
  const zoned: Decimal = { units: index >= 10 ? -magnitude : magnitude, scale: 2 };
  const found = keyed('overpunch', zoned, false);
  if (last !== 'C' && last !== 'D' && last !== 'F') return found;
  const packed: Decimal = { units: BigInt(digits), scale: 2 };
  return [...found, ...keyed('packed decimal', last === 'D' ? negate(packed) : packed, false)];
}

/** whole + top/bottom for a bottom that is a power of two, exactly. */
function sumOf(whole: string | undefined, top: string | undefined, bottom: number): Decimal | undefined {
  const bits = Math.log2(bottom);
  if (!Number.isInteger(bits) || bits > 10) return undefined;
  const units = BigInt(whole ?? 0) * power(bits) + BigInt(top ?? 0) * 5n ** BigInt(bits);
  return { units, scale: bits };
}

/** Decimal digits of other scripts as ours: Arabic-Indic, Persian, Devanagari, full width. */
function otherDigits(text: string): string | undefined {
  if (isAscii(text)) return undefined;
  let changed = false;
  const plainDigits = text.replaceAll(/[٠-٩۰-۹०-९０-９٫．]/g, (letter) => {
    changed = true;
    const code = letter.charCodeAt(0);
    if (letter === '٫' || letter === '．') return '.';
    const zero = [0x660, 0x6f0, 0x966, 0xff10].find((from) => code >= from && code <= from + 9) ?? code;
    return String(code - zero);
  });
  return changed ? plainDigits : undefined;
}

/** {units, nanos}: as google.type.Money and Duration write them, both of one sign. */
function unitsAndNanos(fields: ReadonlyMap<string, unknown>): readonly Reading[] {
  const [units, nanos] = ['units', 'nanos'].map((key) => parseDecimal(rawNumber(fields.get(key) ?? '')));
  if (units === undefined || nanos === undefined || units.scale !== 0 || nanos.scale !== 0) return [];
  if (units.units * nanos.units < 0n || nanos.units >= 10n ** 9n || nanos.units <= -(10n ** 9n)) return [];
  return keyed('units and nanos', { units: units.units * 10n ** 9n + nanos.units, scale: 9 }, true);
}

/** {sign, amount}: a sign of its own beside the digits. */
function signed(fields: ReadonlyMap<string, unknown>): readonly Reading[] {
  const sign = fields.get('sign');
  const [rest] = [...fields].filter(([key]) => key !== 'sign');
  const amount = parseDecimal(rawNumber(rest?.[1]));
  if (amount === undefined || amount.units < 0n || (sign !== '+' && sign !== '-')) return [];
  return keyed('sign and digits', sign === '-' ? negate(amount) : amount, true);
}

/** {unscaledValue, scale}: as serialisers of decimals write them. */
function scaled({ fields }: Side): readonly Reading[] {
  if (fields === undefined || fields.size !== 2) return [];
  if (fields.has('units') && fields.has('nanos')) return unitsAndNanos(fields);
  if (fields.has('sign')) return signed(fields);
  const entries = [...fields].map(
    ([key, value]) => [key.toLowerCase(), parseDecimal(rawNumber(value))] as const,
  );
  const scale = entries.find(([key]) => /^(?:scale|exponent)$/.test(key))?.[1];
  const units = entries.find(([key]) => /unscaled|value|units|mantissa|coefficient/.test(key))?.[1];
  if (scale === undefined || units === undefined || units.scale !== 0 || scale.scale !== 0) return [];
  const exponent = fields.has('exponent') ? -scale.units : scale.units;
  if (exponent < 0n || exponent > 18n) return [];
  return keyed('unscaled value and scale', { units: units.units, scale: Number(exponent) }, true);
}

function rawNumber(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value !== null && typeof value === 'object' && 'text' in value
      ? String(value.text)
      : '';
}
