import { closeSync, openSync, readSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SourceEvent } from '../../../core/change/source-event.ts';
import { eventOf, type LoggedColumns, type LogRow } from '../../../core/change/sqlite/log-events.ts';
import { logTable, markTable } from '../../../core/change/sqlite/log-schema.ts';
import { markOf } from '../../../core/change/sqlite/mark-page.ts';
import { type ReadAt, WalCommits } from '../../../core/change/sqlite/wal-commits.ts';
import { isBusy, openSqlite, writing } from './database.ts';

/** Events handed out at once, however large a transaction is. */
const batchMax = 500;
/** Rows removed in one transaction: the application's writers wait for it. */
const prunedAtOnce = 2_000;

/** Rows that triggers should have written are not there. */
export class LogGap extends Error {
  override readonly name = 'LogGap';
}

/**
 * Reads a SQLite database's change log in the order of its commits. Where transactions end is told by the write-ahead log's own file. Between two looks a
 * read transaction stays open: SQLite then does not begin its log anew over frames that were not seen. What was committed while nobody looked (this process
 * was away, and the log has begun anew since) is handed out as one transaction.
 */
export class ChangeLog {
  readonly #reader: DatabaseSync;
  readonly #writer: DatabaseSync;
  readonly #walPath: string;
  readonly #columns: LoggedColumns;
  readonly #rows: StatementSync;
  readonly #mark: StatementSync;
  readonly #commits = new WalCommits();
  /** Counts at which transactions ended that are not handed out yet, ascending. */
  #ends: number[] = [];
  #last: number;

  constructor(path: string, columns: LoggedColumns) {
    this.#reader = openSqlite(path);
    this.#writer = openSqlite(path);
    this.#walPath = `${path}-wal`;
    this.#columns = columns;
    this.#rows = this.#reader.prepare(
      `SELECT seq, at, tab, op, old, new FROM ${logTable} WHERE seq > ? AND seq <= ? ORDER BY seq`,
    );
    this.#mark = this.#reader.prepare(
      `SELECT seq, pruned, (SELECT rootpage FROM sqlite_schema WHERE name = '${markTable}') AS page FROM ${markTable}`,
    );
    this.#last = Number(this.#mark.get()?.pruned ?? 0);
  }

  /**
   * Takes a new view of the database: all that was committed before the call stands in it. Hands out its transactions, whole, in batches.
   *
   * @throws LogGap when changes were not logged, or are gone
   */
  *look(): Generator<SourceEvent[]> {
    if (this.#reader.isTransaction) this.#reader.exec('COMMIT');
    this.#reader.exec('BEGIN');
    const mark = this.#mark.get();
    const seen = Number(mark?.seq ?? 0);
    this.#noteEnds(Number(mark?.page ?? 0), seen);
    const ends = this.#ends.filter((end) => end <= seen);
    this.#ends = this.#ends.filter((end) => end > seen);
    for (const end of ends) yield* this.#transaction(end);
  }

  /** Schema as of the view; changes with each change of it. */
  schemaVersion(): number {
    return Number(this.#reader.prepare('PRAGMA schema_version').get()?.schema_version ?? 0);
  }

  /** Rows that wait for their removal. */
  waiting(): number {
    const mark = this.#mark.get();
    return Number(mark?.seq ?? 0) - Number(mark?.pruned ?? 0);
  }

  /** Removes rows up to this count; false when somebody else writes just now, or there are more: ask again. */
  prune(upTo: number): boolean {
    try {
      return writing(this.#writer, () => {
        const from = Number(this.#writer.prepare(`SELECT pruned FROM ${markTable}`).get()?.pruned ?? 0);
        const to = Math.min(upTo, from + prunedAtOnce);
        if (to <= from) return true;
        this.#writer.prepare(`DELETE FROM ${logTable} WHERE seq <= ?`).run(to);
        this.#writer.prepare(`UPDATE ${markTable} SET pruned = ?`).run(to);
        return to === upTo;
      });
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  }

  close(): void {
    this.#reader.close();
    this.#writer.close();
  }

  /** A view shows whole transactions only, so its own mark is an end, too. */
  #noteEnds(page: number, seen: number): void {
    const file = openSync(this.#walPath, 'r');
    try {
      const readAt: ReadAt = (offset, length) => {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
      };
      const marks = this.#commits.read(readAt, page).map(markOf);
      const known = [...marks.filter((mark) => mark !== undefined), ...this.#ends, seen];
      this.#ends = [...new Set(known)].filter((end) => end > this.#last).sort((a, b) => a - b);
    } finally {
      closeSync(file);
    }
  }

  *#transaction(end: number): Generator<SourceEvent[]> {
    const last = this.#reader.prepare(`SELECT at FROM ${logTable} WHERE seq = ?`).get(end);
    let expected = this.#last;
    let previous: LogRow | undefined;
    let batch: SourceEvent[] = [
      {
        kind: 'begin',
        xid: end,
        commitLsn: BigInt(end),
        committedAtUs: BigInt(Number(last?.at ?? 0)) * 1_000n,
      },
    ];
    for (const found of this.#rows.iterate(this.#last, end)) {
      const row = logRow(found);
      expected += 1;
      if (row.seq !== expected) break;
      const event = eventOf(row, previous, this.#columns);
      if (event !== undefined) batch.push(event);
      previous = row;
      if (batch.length < batchMax) continue;
      yield batch;
      batch = [];
    }
    if (expected !== end || previous?.seq !== end)
      throw new LogGap(`changes ${(previous?.seq ?? this.#last) + 1} to ${end} were not logged, or are gone`);
    this.#last = end;
    yield [...batch, { kind: 'commit', position: BigInt(end) }];
  }
}

function logRow(found: Readonly<Record<string, unknown>>): LogRow {
  const text = (value: unknown) => (value === null ? null : String(value));
  return {
    seq: Number(found.seq),
    at: Number(found.at),
    tab: String(found.tab),
    op: String(found.op) as LogRow['op'],
    old: text(found.old),
    new: text(found.new),
  };
}
