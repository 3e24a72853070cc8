/** The change log of a SQLite database: looked for, installed, taken away. */
import type { DatabaseSync } from 'node:sqlite';
import type { SqliteFacts } from '../../../core/change/sqlite/facts.ts';
import {
  createLog,
  createTriggers,
  dropLog,
  type LoggedTable,
  logTable,
  markTable,
  quoted,
  tablesTable,
  triggerNames,
} from '../../../core/change/sqlite/log-schema.ts';
import { writing } from './database.ts';

/** About what a logged change takes on disk, for the limit that is declared in bytes. */
export const rowBytes = 1_024;

export function readSqliteFacts(database: DatabaseSync, tables: readonly string[]): SqliteFacts {
  const names = new Set(
    database
      .prepare(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'trigger')`)
      .all()
      .map(({ name }) => String(name)),
  );
  const there = tables.filter((table) => names.has(table)).map((table) => readTable(database, table));
  const hasLog = [logTable, markTable, tablesTable].every((table) => names.has(table));
  const logged = new Map(
    (hasLog ? database.prepare(`SELECT name, columns FROM ${tablesTable}`).all() : [])
      .map(({ name, columns }): [string, string[]] => [String(name), String(columns).split('\n')])
      .filter(([name]) => triggerNames({ name }).every((trigger) => names.has(trigger))),
  );
  return {
    journalMode: String(database.prepare('PRAGMA journal_mode').get()?.journal_mode ?? ''),
    tables: there,
    missing: tables.filter((table) => !names.has(table)),
    hasLog,
    logged,
  };
}

/**
 * Makes the log if there is none, and the triggers of these tables anew, in one transaction. A table that had triggers, and has lost them, is told to the
 * log's reader as a gap: a count without its row.
 */
export function installLog(
  database: DatabaseSync,
  tables: readonly LoggedTable[],
  retainedMaxBytes: number,
): void {
  const { hasLog, logged } = readSqliteFacts(database, []);
  const had = hasLog ? database.prepare(`SELECT name FROM ${tablesTable}`).all() : [];
  const lost = new Set(had.map(({ name }) => String(name)).filter((name) => !logged.has(name)));
  writing(database, () => {
    if (tables.some(({ name }) => lost.has(name))) database.exec(`UPDATE ${markTable} SET seq = seq + 1`);
    if (!hasLog) for (const statement of createLog) database.exec(statement);
    database
      .prepare(
        `INSERT INTO ${markTable} VALUES (1, 0, 0, $most) ON CONFLICT (id) DO UPDATE SET most = excluded.most`,
      )
      .run({ $most: Math.max(1_000, Math.floor(retainedMaxBytes / rowBytes)) });
    for (const table of tables) {
      for (const name of triggerNames(table)) database.exec(`DROP TRIGGER IF EXISTS ${quoted(name)}`);
      for (const statement of createTriggers(table)) database.exec(statement);
      database
        .prepare(
          `INSERT INTO ${tablesTable} VALUES (?, ?) ON CONFLICT DO UPDATE SET columns = excluded.columns`,
        )
        .run(table.name, table.columns.join('\n'));
    }
  });
}

/** Triggers and log, and what it holds; true when there was one. */
export function removeLog(database: DatabaseSync): boolean {
  const { hasLog } = readSqliteFacts(database, []);
  if (!hasLog) return false;
  const logged = database.prepare(`SELECT name FROM ${tablesTable}`).all();
  writing(database, () => {
    for (const { name } of logged)
      for (const trigger of triggerNames({ name: String(name) }))
        database.exec(`DROP TRIGGER IF EXISTS ${quoted(trigger)}`);
    for (const statement of dropLog) database.exec(statement);
  });
  return true;
}

function readTable(database: DatabaseSync, name: string): LoggedTable {
  // Hidden columns are computed ones.
  const columns = database.prepare(`PRAGMA table_info(${quoted(name)})`).all();
  return {
    name,
    columns: columns.map((column) => String(column.name)),
    key: columns
      .filter(({ pk }) => Number(pk) > 0)
      .toSorted((a, b) => Number(a.pk) - Number(b.pk))
      .map((column) => String(column.name)),
  };
}
