/** A range of keys as SQLite finds it by an index of its own. */
import { quoted } from '../change/sqlite/log-schema.ts';
import type { Universe } from '../mapping/catalog.ts';
import type { CompiledEntity } from '../mapping/entity.ts';
import { type KeyOrder, keyOrders, orderValues } from './key-order.ts';
import type { KeyRange } from './statements.ts';

export interface SqliteRange {
  /** WHERE and ORDER BY; the conditions are on the key's columns alone. */
  readonly sql: string;
  readonly values: readonly (string | null)[];
}

/**
 * Undefined where SQLite's order of the key's columns is another than the one in which both sides are gone through: numbers that are padded text here, say.
 * Its BINARY order is that of bytes, which is the canonical texts' in a file of UTF-8 (https://sqlite.org/datatype3.html, section 7).
 */
export function sqliteRange(
  entity: CompiledEntity,
  universe: Universe,
  { from, to }: KeyRange,
): SqliteRange | undefined {
  const orders = keyOrders(entity, universe);
  if (!orders.every((order) => isSqliteOrder(order, universe))) return undefined;
  const columns = orders.map(({ field }) => quoted(field[universe].column.name)).join(', ');
  const values: (string | null)[] = [];
  const bound = (operator: string, key: readonly string[] | undefined): string[] => {
    if (key === undefined) return [];
    const own = orderValues(entity, orders, universe, key);
    values.push(...own);
    return [`(${columns}) ${operator} (${own.map(() => '?').join(', ')})`];
  };
  const bounds = [...bound('>=', from), ...bound('<', to)];
  return {
    sql: `${bounds.length === 0 ? '' : ` WHERE ${bounds.join(' AND ')}`} ORDER BY ${columns}`,
    values,
  };
}

/** Whole numbers where the columns' own order counts; texts that no conversion changes. */
function isSqliteOrder({ field, native }: KeyOrder, universe: Universe): boolean {
  const { column, steps } = field[universe];
  if (column.kind === 'integer') return native;
  return column.kind === 'text' && steps.length === 1 && column.collation === 'sqlite:BINARY';
}
