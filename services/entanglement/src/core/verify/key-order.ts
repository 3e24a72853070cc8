import { hasMatchedKey } from '../identifiers/matched-rows.ts';
import type { NativeKind, Universe } from '../mapping/catalog.ts';
import type { CompiledEntity, CompiledField, FieldSide } from '../mapping/entity.ts';

/** How the rows of an entity are ordered by a key field, so that a range of keys holds the same rows in both databases. */
export interface KeyOrder {
  readonly field: CompiledField;
  /** The column's own order is the same on both sides: an index of it serves. Otherwise the canonical text is ordered byte by byte. */
  readonly native: boolean;
}

/** Kinds among which equal values stand in the same order. */
const ORDERS: Readonly<Partial<Record<NativeKind, string>>> = {
  integer: 'number',
  numeric: 'number',
  float: 'number',
  text: 'text',
  padded: 'text',
  uuid: 'uuid',
  date: 'date',
  timestamp: 'instant',
  timestamptz: 'instant',
  bytea: 'bytes',
};

/** `universe`: whose order counts where keys are matched through pairs; a range of them holds other rows in the other database. */
export function keyOrders(entity: CompiledEntity, universe: Universe): KeyOrder[] {
  const isOwn = hasMatchedKey(entity);
  return entity.keyFields.map((name) => {
    const field = entity.field(name);
    if (field === undefined) throw new Error(`entity ${entity.name} has no field ${name}`);
    return { field, native: isOwn ? isOrdered(field[universe]) : isSameOrder(field) };
  });
}

/** True if chunks of the entity are found by an index on either side. */
export function isIndexed(orders: readonly KeyOrder[]): boolean {
  return orders.every(({ native }) => native);
}

function isOrdered({ column, steps }: FieldSide): boolean {
  return steps.length === 1 && !column.array && column.kind !== undefined && column.kind in ORDERS;
}

function isSameOrder({ legacy, modern }: CompiledField): boolean {
  const left = legacy.column;
  const right = modern.column;
  // More than the native step is a conversion, which need not keep the order.
  if (legacy.steps.length !== 1 || modern.steps.length !== 1 || left.array || right.array) return false;
  const order = left.kind && ORDERS[left.kind];
  if (order === undefined || right.kind === undefined || ORDERS[right.kind] !== order) return false;
  return (
    order !== 'text' ||
    (left.collation !== undefined && textOrder(left.collation) === textOrder(right.collation))
  );
}

/** Byte by byte, in Postgres (`C`, and all of its builtin provider, manual 23.1.4) and in SQLite; else a collation's own order. */
function textOrder(collation: string | undefined): string | undefined {
  return /^(c:(C|POSIX):|b:|sqlite:BINARY$)/.test(collation ?? '') ? 'bytes' : collation;
}

export function orderSql(orders: readonly KeyOrder[], universe: Universe): string[] {
  return orders.map(({ field, native }) =>
    native
      ? `t."${field[universe].column.name.replaceAll('"', '""')}"`
      : `(${field[universe].sql}) COLLATE "C"`,
  );
}

/** A canonical key as the universe's order compares it. @throws UnwritableValueError where the universe has no such key. */
export function orderValues(
  entity: CompiledEntity,
  orders: readonly KeyOrder[],
  universe: Universe,
  key: readonly string[],
): (string | null)[] {
  return orders.map(({ field, native }, at) => {
    const text = key[at] ?? null;
    return native ? entity.written(universe, field, text) : text;
  });
}
