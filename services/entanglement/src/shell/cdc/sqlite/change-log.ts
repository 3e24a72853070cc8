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
 * Reads a SQLite database's change log in the order of its commits. Where transactions end is told by the write-ahead log's own file. Some read transaction
 * is always open, the next begun before the last ends: SQLite then does not begin its log anew over frames that were not seen. What was committed while
 * nobody looked (this process was away, and the log has begun anew since) is handed out as one transaction.
 */
export class ChangeLog {
  readonly #views: readonly [View, View];
  readonly #writer: DatabaseSync;
  readonly #walPath: string;
  readonly #columns: LoggedColumns;
  readonly #commits = new WalCommits();
  /** Counts at which transactions ended that are not handed out yet, ascending. */
  #ends: number[] = [];
  #last: number;
  #looks = 0;

  constructor(path: string, columns: LoggedColumns) {
    this.#views = [new View(path), new View(path)];
    this.#writer = openSqlite(path);
    this.#walPath = `${path}-wal`;
    this.#columns = columns;
    this.#last = this.#views[0].mark().pruned;
  }

  /**
   * Takes a new view of the database: all that was committed before the call stands in it. Hands out its transactions, whole, in batches.
   *
   * @throws LogGap when changes were not logged, or are gone
   */
  *look(): Generator<SourceEvent[]> {
    this.#looks += 1;
    const [view, before] = this.#looks % 2 === 0 ? this.#views : this.#views.toReversed();
    if (view === undefined || before === undefined) return;
    view.begin();
    const { seq, page } = view.mark();
    this.#noteEnds(page, seq);
    before.end();
    const ends = this.#ends.filter((end) => end <= seq);
    this.#ends = this.#ends.filter((end) => end > seq);
    for (const end of ends) yield* this.#transaction(view, end);
  }

  /** Schema as of the last look; changes with each change of it. */
  schemaVersion(): number {
    return this.#views[this.#looks % 2 === 0 ? 0 : 1].schemaVersion();
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
    for (const view of this.#views) view.close();
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

  *#transaction(view: View, end: number): Generator<SourceEvent[]> {
    let expected = this.#last;
    let previous: LogRow | undefined;
    let batch: SourceEvent[] = [
      {
        kind: 'begin',
        xid: end,
        commitLsn: BigInt(end),
        committedAtUs: BigInt(view.atMs(end)) * 1_000n,
      },
    ];
    for (const row of view.rows(this.#last, end)) {
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

/** One connection, and what the database was at its {@link begin}. */
class View {
  readonly #database: DatabaseSync;
  readonly #rows: StatementSync;
  readonly #mark: StatementSync;
  readonly #at: StatementSync;

  constructor(path: string) {
    this.#database = openSqlite(path);
    this.#rows = this.#database.prepare(
      `SELECT seq, at, tab, op, old, new FROM ${logTable} WHERE seq > ? AND seq <= ? ORDER BY seq`,
    );
    this.#mark = this.#database.prepare(
      `SELECT seq, pruned, (SELECT rootpage FROM sqlite_schema WHERE name = '${markTable}') AS page FROM ${markTable}`,
    );
    this.#at = this.#database.prepare(`SELECT at FROM ${logTable} WHERE seq = ?`);
  }

  /** What follows sees the database as of its first question. */
  begin(): void {
    this.#database.exec('BEGIN');
  }

  end(): void {
    if (this.#database.isTransaction) this.#database.exec('COMMIT');
  }

  /** The count of changes, how many of them were removed, and the page on which this stands. */
  mark(): { readonly seq: number; readonly pruned: number; readonly page: number } {
    const found = this.#mark.get();
    return {
      seq: Number(found?.seq ?? 0),
      pruned: Number(found?.pruned ?? 0),
      page: Number(found?.page ?? 0),
    };
  }

  *rows(after: number, to: number): Generator<LogRow> {
    for (const found of this.#rows.iterate(after, to)) yield logRow(found);
  }

  atMs(seq: number): number {
    return Number(this.#at.get(seq)?.at ?? 0);
  }

  schemaVersion(): number {
    return Number(this.#database.prepare('PRAGMA schema_version').get()?.schema_version ?? 0);
  }

  close(): void {
    this.#database.close();
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
