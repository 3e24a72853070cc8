/** Which texts a Postgres column can be compared with: a query that names another one fails as a whole, with all the keys that it asks for. */
import { arrayItems } from './array-text.ts';
import type { Column } from './catalog.ts';

/** Least and largest by the name in pg_type (manual, 8.1). */
const INTEGERS: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ['int2', [-(2n ** 15n), 2n ** 15n - 1n]],
  ['int4', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['int8', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['oid', [0n, 2n ** 32n - 1n]],
]);

const WHOLE = /^-?\d{1,40}$/;
/** Digits of a numeric before and after the point (manual, 8.1.2). */
const DECIMAL = /^(-?\d{1,131072}(\.\d{1,16383})?|NaN|-?Infinity)$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const DAY =
  /^(\d{4,7})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?(?:Z|[+-]\d\d(?::\d\d)?)?)?( BC)?$/;
const NOT_FINITE = /^-?infinity$/;

type Held = Pick<Column, 'kind' | 'base' | 'array'>;

/** Whether the column's type has this value at all, as {@link CompiledEntity.written} has it; of a column that is not of Postgres nothing is refused. */
export function holds({ kind, base, array }: Held, text: string | null): boolean {
  if (text === null || base === undefined || kind === undefined) return true;
  if (array) {
    const items = arrayItems(text);
    return items?.every((item) => holds({ kind, base, array: false }, item)) === true;
  }
  switch (kind) {
    case 'integer':
      return isWithin(INTEGERS.get(base), text);
    case 'numeric':
      return DECIMAL.test(text);
    case 'float':
      return DECIMAL.test(text) && isFloat(base, text);
    case 'boolean':
      return /^(true|false|t|f)$/.test(text);
    case 'uuid':
      return UUID.test(text);
    case 'bytea':
      return /^\\x([\da-f]{2})*$/i.test(text);
    case 'date':
      return NOT_FINITE.test(text) || isDay(text, 5_874_897);
    case 'timestamp':
    case 'timestamptz':
      return NOT_FINITE.test(text) || isDay(text, 294_276);
    case 'json':
    case 'jsonb':
      return isJson(text);
    case 'text':
    case 'padded':
    // Its labels are no part of what the catalogue tells: it is compared as text.
    case 'enum':
      return !text.includes('\0');
  }
}

function isWithin(range: readonly [bigint, bigint] | undefined, text: string): boolean {
  if (range === undefined || !WHOLE.test(text)) return false;
  const value = BigInt(text);
  return range[0] <= value && value <= range[1];
}

/** Neither beyond the type's range nor so small that it would become nothing, both of which Postgres refuses. */
function isFloat(base: string, text: string): boolean {
  if (!/\d/.test(text)) return true;
  const value = base === 'float4' ? Math.fround(Number(text)) : Number(text);
  return Number.isFinite(value) && (value !== 0 || !/[1-9]/.test(text));
}

/** A day of the calendar, with a time or without. */
function isDay(text: string, lastYear: number): boolean {
  const [, year, month, day, hour = '00', minute = '00', second = '00', before] = DAY.exec(text) ?? [];
  if (year === undefined || Number(year) < 1 || Number(year) > (before === undefined ? lastYear : 4_713))
    return false;
  // 4 BC was a leap year as 1 BC was: the calendar's years of 400, counted from one that is.
  const like =
    before === undefined ? 2000 + (Number(year) % 400) : 2000 + ((400 - ((Number(year) - 1) % 400)) % 400);
  const days = new Date(Date.UTC(like, Number(month), 0)).getUTCDate();
  return (
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= days &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !/\\u0000/i.test(text);
  } catch {
    return false;
  }
}
