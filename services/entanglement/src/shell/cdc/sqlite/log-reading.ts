/** The connections by which a change log is read. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LoggedColumns, LogRow } from '../../../core/change/sqlite/log-events.ts';
import { logTable, markTable, tablesTable } from '../../../core/change/sqlite/log-schema.ts';
import { openSqlite } from './database.ts';
import { type RowDecoder, rowDecoder } from './exact-text.ts';

/** What stands in the mark's only row, and the page on which it stands. */
export interface Mark {
  /** Count of changes, and how many of them were removed. */
  readonly seq: number;
  readonly pruned: number;
  /** So many that are not removed are logged, no more. */
  readonly most: number;
  readonly page: number;
}

/** What the database was at its {@link begin} and the first question after it. */
export class View {
  readonly #database: DatabaseSync;
  readonly #mark: StatementSync;

  constructor(path: string) {
    this.#database = openSqlite(path);
    this.#mark = this.#database.prepare(
      `SELECT seq, pruned, most, (SELECT rootpage FROM sqlite_schema WHERE name = '${markTable}') AS page FROM ${markTable}`,
    );
  }

  begin(): void {
    this.#database.exec('BEGIN');
  }

  end(): void {
    if (this.#database.isTransaction) this.#database.exec('COMMIT');
  }

  mark(): Mark {
    const found = this.#mark.get();
    return {
      seq: Number(found?.seq ?? 0),
      pruned: Number(found?.pruned ?? 0),
      most: Number(found?.most ?? 0),
      page: Number(found?.page ?? 0),
    };
  }

  schemaVersion(): number {
    return Number(this.#database.prepare('PRAGMA schema_version').get()?.schema_version ?? 0);
  }

  /** While no transaction of this connection is open. */
  checkpoint(): void {
    checkpoint(this.#database);
  }

  close(): void {
    this.#database.close();
  }
}

/** Rows that were committed and are not removed: they never change, so that each question may see the database as it is then. */
export class LogRows {
  readonly #database: DatabaseSync;
  readonly #rows: StatementSync;
  readonly #at: StatementSync;
  readonly #decode: RowDecoder;

  constructor(path: string) {
    this.#database = openSqlite(path);
    this.#decode = rowDecoder(this.#database);
    this.#rows = this.#database.prepare(
      `SELECT seq, at, tab, op, CAST(old AS BLOB) AS old, CAST(new AS BLOB) AS new FROM ${logTable} WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    );
    this.#at = this.#database.prepare(`SELECT at FROM ${logTable} WHERE seq = ?`);
  }

  /** Columns of the tables where the log begins: those before the first change of them that it tells. */
  columns(): LoggedColumns {
    const now = this.#database.prepare(`SELECT name, columns FROM ${tablesTable}`);
    const before = this.#database.prepare(
      `SELECT tab AS name, old AS columns FROM ${logTable} WHERE op = 'c' ORDER BY seq DESC`,
    );
    this.#database.exec('BEGIN');
    const found = [...now.all(), ...before.all()];
    this.#database.exec('COMMIT');
    return new Map(found.map(({ name, columns }) => [String(name), String(columns).split('\n')]));
  }

  rows(after: number, to: number, limit: number): LogRow[] {
    return this.#rows.all(after, to, limit).map((found) => logRow(found, this.#decode));
  }

  atMs(seq: number): number {
    return Number(this.#at.get(seq)?.at ?? 0);
  }

  close(): void {
    this.#database.close();
  }
}

/** Brings into the database what no reader's view needs from the write-ahead log; waits for nobody. */
export function checkpoint(database: DatabaseSync): void {
  database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
}

function logRow(found: Readonly<Record<string, unknown>>, decode: RowDecoder): LogRow {
  const text = (value: unknown) => (value === null ? null : decode(value));
  return {
    seq: Number(found.seq),
    at: Number(found.at),
    tab: String(found.tab),
    op: String(found.op) as LogRow['op'],
    old: text(found.old),
    new: text(found.new),
  };
}
