import { ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { arrayItems, arrayText } from './array-text.ts';
import type { NativeKind } from './catalog.ts';
import { instantOf } from './instants.ts';
import { jsonSql } from './json-sql.ts';
import { canonicalJson, jsonList } from './json-text.ts';
import { canonicalNativeNumber } from './numbers.ts';
import { asText, literal, type SqlValue, sqlText } from './sql.ts';
import { besideNoText, type Conversion, isNoText, likeNoTextSql, unreadable, withoutNoText } from './step.ts';

/** What the canonical values of a native type are. */
export const VALUE_TYPES: Readonly<Record<NativeKind, ValueType>> = {
  integer: ValueType.NUMBER,
  numeric: ValueType.NUMBER,
  float: ValueType.NUMBER,
  text: ValueType.TEXT,
  padded: ValueType.TEXT,
  uuid: ValueType.TEXT,
  enum: ValueType.TEXT,
  boolean: ValueType.BOOLEAN,
  date: ValueType.DATE,
  timestamp: ValueType.INSTANT,
  timestamptz: ValueType.INSTANT,
  bytea: ValueType.BYTES,
  json: ValueType.JSON,
  jsonb: ValueType.JSON,
};

/**
 * From Postgres' text of a value to its canonical text, and back. Postgres is expected to write dates as ISO, bytea as hex and floats in full
 * (DateStyle, bytea_output, extra_float_digits of the session that reads).
 */
export function nativeConversion(kind: NativeKind, array: boolean): Conversion {
  const item = SCALARS[kind];
  return array ? arrayConversion(item, VALUE_TYPES[kind]) : item;
}

/** Of a field whose column in either universe is of no binding type: bytes that are no text are told from a text that looks like them. */
export function conversionBeside(
  own: { readonly kind: NativeKind; readonly array: boolean; readonly untyped?: boolean },
  other: { readonly untyped?: boolean } | undefined,
): Conversion {
  const native = nativeConversion(own.kind, own.array);
  if (own.array || VALUE_TYPES[own.kind] !== ValueType.TEXT) return native;
  // Who reads the rows tells both, for only there the types are known.
  if (own.untyped === true) return { ...native, write: withoutNoText, marks: isNoText };
  if (other?.untyped !== true) return native;
  return {
    ...native,
    read: (value) => besideNoText(native.read(value) ?? ''),
    write: (value) => native.write(withoutNoText(value)),
    sql(value) {
      const plain = asText(native.sql(value));
      return sqlText(
        `CASE WHEN ${plain} LIKE '?%' AND ${plain} ~ ${literal(likeNoTextSql)} THEN '?' || ${plain} ELSE ${plain} END`,
      );
    },
  };
}

const same = (text: string): string => text;
const canonicalOr =
  (canonical: (text: string) => string | undefined) =>
  (text: string): string =>
    canonical(text) ?? unreadable(text);

const number: Conversion = {
  read: canonicalOr(canonicalNativeNumber),
  write: same,
  sql: (value) => value,
};
const text: Conversion = { read: same, write: same, sql: ({ sql }) => sqlText(`${sql}::text`) };
const instant: Conversion = {
  read: canonicalOr(instantOf),
  write: same,
  sql: ({ sql }) => sqlText(instantSql(sql)),
};

const SCALARS: Readonly<Record<NativeKind, Conversion>> = {
  integer: { ...number, sql: ({ sql }) => ({ sql, form: 'integer' }) },
  numeric: { ...number, sql: ({ sql }) => ({ sql, form: 'numeric' }) },
  // By its shortest text: a direct cast keeps 15 digits.
  float: { ...number, sql: ({ sql }) => ({ sql: `${sql}::text::numeric`, form: 'numeric' }) },
  text,
  uuid: text,
  enum: text,
  date: text,
  // The cast from char(n) drops the blanks at the end.
  padded: { ...text, read: (value) => value.replace(/ +$/, '') },
  boolean: {
    read: (value) => (value === 't' ? 'true' : value === 'f' ? 'false' : unreadable(value)),
    write: same,
    sql: ({ sql }) => sqlText(`${sql}::text`),
  },
  timestamp: instant,
  timestamptz: { ...instant, sql: ({ sql }) => sqlText(instantSql(`(${sql} AT TIME ZONE 'UTC')`)) },
  bytea: {
    read: (value) => (value.startsWith('\\x') ? value.slice(2) : unreadable(value)),
    write: (value) => `\\x${value}`,
    sql: ({ sql }) => sqlText(`encode(${sql}, 'hex')`),
  },
  json: {
    read: canonicalOr(canonicalJson),
    write: same,
    sql: ({ sql }) => sqlText(jsonSql(`${sql}::text`)),
  },
  jsonb: { read: canonicalOr(canonicalJson), write: same, sql: ({ sql }) => sqlText(`${sql}::text`) },
};

/** `infinity` has no digits; years before 1 are written as Postgres does. */
function instantSql(timestamp: string): string {
  return (
    `CASE WHEN isfinite(${timestamp}) THEN to_char(${timestamp}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ` +
    `CASE WHEN ${timestamp} < '0001-01-01' THEN ' BC' ELSE '' END ELSE ${timestamp}::text END`
  );
}

/** A list of the items' canonical texts; more than one dimension is not compared. */
function arrayConversion(item: Conversion, type: ValueType): Conversion {
  return {
    read(value) {
      const items = arrayItems(value);
      return items === undefined
        ? unreadable(value)
        : jsonList(items.map((each) => (each === null ? null : item.read(each))));
    },
    write(value) {
      const items: unknown = JSON.parse(value);
      if (!Array.isArray(items)) throw new TypeError('a list is expected');
      const texts = items.map((each) => (each === null ? null : String(each)));
      if (type !== ValueType.TEXT && texts.some((text) => text?.startsWith('?')))
        throw new TypeError('an item could not be read');
      return arrayText(texts.map((text) => (text === null ? null : item.write(text))));
    },
    sql: ({ sql }) =>
      sqlText(
        `CASE WHEN array_ndims(${sql}) > 1 THEN '?' || ${sql}::text WHEN ${sql} IS NOT NULL THEN coalesce((SELECT jsonb_agg(${itemSql(item)} ` +
          `ORDER BY n) FROM unnest(${sql}) WITH ORDINALITY AS items (x, n)), '[]')::text END`,
      ),
  };
}

function itemSql(item: Conversion): string {
  const value: SqlValue = item.sql({ sql: 'x', form: 'text' });
  return asText(value);
}
