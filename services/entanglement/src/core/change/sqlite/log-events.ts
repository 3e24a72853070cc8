/** From rows of the change log to what every source tells. */
import type { Row, SourceEvent } from '../source-event.ts';
import { type LogOperation, readRowText } from './log-schema.ts';

export interface LogRow {
  readonly seq: number;
  /** Milliseconds since 1970, of the statement. */
  readonly at: number;
  readonly tab: string;
  readonly op: LogOperation;
  readonly old: string | null;
  readonly new: string | null;
}

/** Columns of the tables, as the triggers write them. */
export type LoggedColumns = ReadonlyMap<string, readonly string[]>;

/**
 * What a row of the log tells, given the row before it of the same table and transaction: an insert that follows the row which it was noted to replace is
 * that row's update; a row noted for an insert that did nothing, or updated, tells nothing, whatever is inserted next (INSERT OR IGNORE of several rows).
 * The values to be inserted are the same before and after, but for an id that SQLite makes: that one replaces no row.
 *
 * @throws RangeError when the row's values are not those of its table's columns
 */
export function eventOf(
  row: LogRow,
  previous: LogRow | undefined,
  columns: LoggedColumns,
): SourceEvent | undefined {
  const lsn = BigInt(row.seq);
  if (row.op === 'r') return undefined;
  if (row.op === 'm')
    return {
      kind: 'message',
      transactional: true,
      prefix: row.tab,
      content: row.new ?? '',
      lsn,
      position: lsn,
    };
  const names = columns.get(row.tab);
  if (names === undefined) return undefined;
  const read = (text: string | null): Row | null => (text === null ? null : readRowText(text, names));
  const replaced = row.op === 'i' && previous?.op === 'r' && previous.new === row.new;
  const before = read(replaced ? previous.old : row.old);
  const op = row.op === 'd' ? 'delete' : before === null ? 'insert' : 'update';
  return {
    kind: 'change',
    table: { schema: 'public', name: row.tab },
    op,
    before,
    after: read(row.new),
    lsn,
  };
}
