/** Keys in the order in which {@link orderSql} has Postgres compare them, compared here. */
import type { KeyOrder } from './key-order.ts';
import type { Key, KeyRange } from './statements.ts';

export function compareKeys(orders: readonly KeyOrder[], a: Key, b: Key): number {
  for (const [at, { field, native }] of orders.entries()) {
    const [left = '', right = ''] = [a[at], b[at]];
    const isNumber =
      native && (field.legacy.column.kind === 'integer' || field.modern.column.kind === 'integer');
    const order = isNumber ? compareNumbers(left, right) : compareBytes(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

export function isWithin(orders: readonly KeyOrder[], key: Key, { from, to }: KeyRange): boolean {
  return (
    (from === undefined || compareKeys(orders, key, from) >= 0) &&
    (to === undefined || compareKeys(orders, key, to) < 0)
  );
}

/** What is no number stands behind all that are, as SQLite and {@link keyBound} have it. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined)
    return left === right ? compareBytes(a, b) : left === undefined ? 1 : -1;
  const digits = Math.max(left.digits, right.digits);
  const difference = scaled(left, digits) - scaled(right, digits);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A decimal without its point, and the digits that stood behind it. */
interface Decimal {
  readonly whole: bigint;
  readonly digits: number;
}

function partsOf(text: string): Decimal | undefined {
  const [, before, behind = ''] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return before === undefined ? undefined : { whole: BigInt(before + behind), digits: behind.length };
}

function scaled({ whole, digits }: Decimal, to: number): bigint {
  return whole * 10n ** BigInt(to - digits);
}

/** By UTF-8 bytes, which is by code points: UTF-16 units would put what lies beyond the first plane before U+E000. */
function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
