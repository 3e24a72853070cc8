import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import type { FieldMapping } from '@chronos/proto/chronos/v1/migration_pb.js';
import { decimalText, multiply, NumberError, parseRational, type Rational } from '../../approve/rational.ts';
import { NumberText, type Value } from '../value.ts';
import { type Notation, parseNotation, renotate } from './date-notation.ts';

/** How one field of legacy's becomes modern's. */
export interface Conversion {
  readonly codes: ReadonlyMap<string, string>;
  readonly factor: Rational | undefined;
  readonly dates: { readonly from: Notation; readonly to: Notation } | undefined;
  readonly otherwise: string | undefined;
}

export type Converted =
  | { readonly ok: true; readonly value: Value | undefined }
  | { readonly ok: false; readonly reason: string };

/** What one of legacy's is in modern's unit. */
const FACTORS: Readonly<Record<Unit, string>> = {
  [Unit.UNSPECIFIED]: '',
  [Unit.MINOR_UNITS]: '0.01',
  [Unit.PERCENT]: '0.01',
  [Unit.BASIS_POINTS]: '0.0001',
  [Unit.THOUSANDTHS]: '0.001',
};

export function conversionOf(field: FieldMapping): Conversion {
  const factor = field.factor === '' ? FACTORS[field.unit] : field.factor;
  const from = parseNotation(field.date?.legacy ?? '');
  const to = parseNotation(field.date?.modern ?? '');
  return {
    codes: new Map(Object.entries(field.codes)),
    factor: factor === '' ? undefined : parseRational(factor),
    dates: from && to ? { from, to } : undefined,
    otherwise: field.default,
  };
}

/** Legacy's value as modern would spell it; `modern`, the value it is held against, only says of which type. */
export function convert(legacy: Value | undefined, how: Conversion, modern: Value | undefined): Converted {
  if (legacy === undefined || legacy === '') {
    if (how.otherwise !== undefined) return { ok: true, value: typed(how.otherwise, modern) };
    if (legacy === undefined) return { ok: true, value: undefined };
  }
  const isPlain = how.codes.size === 0 && how.factor === undefined && how.dates === undefined;
  const text = textOf(legacy);
  if (text === undefined) {
    return isPlain || legacy === null
      ? { ok: true, value: legacy }
      : { ok: false, reason: 'it is no single value' };
  }
  if (isPlain) return { ok: true, value: typeof legacy === 'string' ? typed(legacy, modern) : legacy };
  if (how.codes.size > 0) {
    const code = how.codes.get(text);
    if (code === undefined) {
      const known = [...how.codes.keys()].slice(0, 10).join(', ');
      return { ok: false, reason: `${JSON.stringify(text.slice(0, 64))} is not among its codes (${known})` };
    }
    return { ok: true, value: typed(code, modern) };
  }
  if (how.dates) {
    const date = renotate(text, how.dates.from, how.dates.to);
    return date === undefined
      ? {
          ok: false,
          reason: `${JSON.stringify(text.slice(0, 64))} is no date in the notation declared for it`,
        }
      : { ok: true, value: typed(date, modern) };
  }
  return scaled(text, how.factor, modern);
}

function scaled(text: string, factor: Rational | undefined, modern: Value | undefined): Converted {
  if (factor === undefined) return { ok: true, value: text };
  try {
    const number = multiply(parseRational(text), factor);
    // Amounts as text keep as many digits as modern writes, where those suffice.
    const digits = typeof modern === 'string' ? /^-?[0-9]+(?:\.([0-9]+))?$/.exec(modern) : null;
    const plain = (digits && decimalText(number, digits[1]?.length ?? 0)) ?? decimalText(number) ?? '';
    return { ok: true, value: digits ? plain : new NumberText(plain) };
  } catch (error) {
    if (!(error instanceof NumberError)) throw error;
    return { ok: false, reason: error.message.slice(0, 200) };
  }
}

/** White space around codes, numbers and dates is layout. */
function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return String(value);
  return value instanceof NumberText ? value.text : undefined;
}

const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Formats of text have no types: modern's type says how the text is read, where it can be. */
function typed(text: string, modern: Value | undefined): Value {
  const bare = text.trim();
  if (modern instanceof NumberText && JSON_NUMBER.test(bare)) return new NumberText(bare);
  if (typeof modern === 'boolean' && (bare === 'true' || bare === 'false')) return bare === 'true';
  return text;
}
