import type { Universe } from '../mapping/catalog.ts';
import { type CompiledEntity, UnwritableValueError } from '../mapping/entity.ts';
import { holds } from '../mapping/holds.ts';
import { type KeyOrder, orderSql } from './key-order.ts';

interface Bounding {
  readonly entity: CompiledEntity;
  readonly universe: Universe;
  readonly orders: readonly KeyOrder[];
  /** Of the statement; those of the bound are added. */
  readonly values: (string | null)[];
}

const NUMBERS: ReadonlySet<string | undefined> = new Set(['integer', 'numeric', 'float']);

/**
 * SQL that is true of the keys on one side of this one, which may be one that only the other universe's type can hold: a number is then compared as a
 * numeric (which no index serves), and whatever else has no place in the order stands behind all that have one.
 */
export function keyBound(
  { entity, universe, orders, values }: Bounding,
  operator: '>=' | '<',
  key: readonly string[],
): string {
  const columns = orderSql(orders, universe);
  const left: string[] = [];
  const right: string[] = [];
  for (const [at, order] of orders.entries()) {
    const { column } = order.field[universe];
    const text = ownText(entity, universe, order, key[at] ?? null);
    const isHeld = text !== undefined && (!order.native || holds(column, text));
    const isNumber = !isHeld && text !== undefined && isDecimal(column.kind, text);
    if (!isHeld && !isNumber) return beyond(left, right, operator);
    left.push(isNumber ? `${columns[at]}::text::numeric` : `${columns[at]}`);
    right.push(`$${values.push(text)}${isNumber ? '::numeric' : ''}`);
  }
  return `(${left.join(', ')}) ${operator} (${right.join(', ')})`;
}

/** The key begins as these parts do, and stands behind all that do. */
function beyond(left: readonly string[], right: readonly string[], operator: '>=' | '<'): string {
  if (left.length === 0) return operator === '<' ? 'true' : 'false';
  return `(${left.join(', ')}) ${operator === '<' ? '<=' : '>'} (${right.join(', ')})`;
}

function isDecimal(kind: string | undefined, text: string | null): boolean {
  return NUMBERS.has(kind) && holds({ kind: 'numeric', base: 'numeric', array: false }, text);
}

/** As the universe's order compares it; undefined where it cannot be said there at all. */
function ownText(
  entity: CompiledEntity,
  universe: Universe,
  { field, native }: KeyOrder,
  text: string | null,
): string | null | undefined {
  if (!native) return text;
  try {
    return entity.written(universe, field, text);
  } catch (error) {
    if (error instanceof UnwritableValueError) return undefined;
    throw error;
  }
}
