/** The change log of a SQLite database: looked for, installed, taken away. */
import type { DatabaseSync } from 'node:sqlite';
import type { SqliteFacts } from '../../../core/change/sqlite/facts.ts';
import {
  createLog,
  createTriggers,
  dropLog,
  entry,
  isTriggerOf,
  type KeyColumn,
  type LoggedTable,
  literal,
  logTable,
  markTable,
  neededTriggers,
  quoted,
  tablesTable,
} from '../../../core/change/sqlite/log-schema.ts';
import { writing } from './database.ts';

/** About what a logged change takes on disk, for the limit that is declared in bytes. */
export const rowBytes = 1_024;

interface Trigger {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

export function readSqliteFacts(database: DatabaseSync, tables: readonly string[]): SqliteFacts {
  const namesOf = (type: 'table' | 'view') =>
    new Set(
      database
        .prepare('SELECT name FROM sqlite_schema WHERE type = ?')
        .all(type)
        .map(({ name }) => String(name)),
    );
  const names = namesOf('table');
  const there = tables.filter((table) => names.has(table)).map((table) => readTable(database, table));
  const hasLog = [logTable, markTable, tablesTable].every((table) => names.has(table));
  const triggers = readTriggers(database);
  const logged = new Map(
    (hasLog ? database.prepare(`SELECT name, columns FROM ${tablesTable}`).all() : [])
      .map(({ name, columns }): [string, string[]] => [String(name), String(columns).split('\n')])
      .filter(([name]) =>
        neededTriggers(name).every((needed) =>
          triggers.some((trigger) => trigger.name === needed && trigger.table === name),
        ),
      ),
  );
  const isOutdated = (table: LoggedTable) =>
    logged.get(table.name)?.join('\n') !== table.columns.join('\n') ||
    sqlOf(triggers.filter(({ name }) => isTriggerOf(table.name, name))) !==
      createTriggers(table).toSorted().join('\n');
  return {
    journalMode: String(database.prepare('PRAGMA journal_mode').get()?.journal_mode ?? ''),
    tables: there,
    missing: tables.filter((table) => !names.has(table)),
    views: namesOf('view'),
    hasLog,
    logged,
    outdated: new Set(
      there.filter((table) => logged.has(table.name) && isOutdated(table)).map(({ name }) => name),
    ),
  };
}

/** When the columns of a logged table were others last, by what the log still holds. */
export function columnsChangedAtMs(database: DatabaseSync): number | undefined {
  const at = database.prepare(`SELECT max(at) AS at FROM ${logTable} WHERE op = 'c'`).get()?.at;
  return at === null || at === undefined ? undefined : Number(at);
}

/**
 * Makes the log if there is none, and the triggers of these tables anew, in one transaction. A table that had triggers, and has lost them, is told to the
 * log's reader as a gap: a count without its row; so is one that has lost a unique key by which rows were noted that may have stayed.
 */
export function installLog(
  database: DatabaseSync,
  tables: readonly LoggedTable[],
  retainedMaxBytes: number,
): void {
  writing(database, () => {
    for (const statement of createLog) database.exec(statement);
    const { logged } = readSqliteFacts(database, []);
    const before = new Map(
      database
        .prepare(`SELECT name, columns FROM ${tablesTable}`)
        .all()
        .map(({ name, columns }) => [String(name), String(columns)]),
    );
    database
      .prepare(
        `INSERT INTO ${markTable} VALUES (1, 0, 0, $most) ON CONFLICT (id) DO UPDATE SET most = excluded.most`,
      )
      .run({ $most: Math.max(1_000, Math.floor(retainedMaxBytes / rowBytes)) });
    for (const table of tables) {
      const columns = table.columns.join('\n');
      const known = before.get(table.name);
      const isLost = known !== undefined && !logged.has(table.name);
      if (isLost || hasLostKey(database, table)) database.exec(`UPDATE ${markTable} SET seq = seq + 1`);
      if (known !== undefined && known !== columns)
        database.exec(entry(table.name, 'c', literal(known), literal(columns)));
      dropTriggers(database, table.name);
      for (const statement of createTriggers(table)) database.exec(statement);
      database
        .prepare(
          `INSERT INTO ${tablesTable} VALUES (?, ?) ON CONFLICT DO UPDATE SET columns = excluded.columns`,
        )
        .run(table.name, columns);
    }
  });
}

/** Triggers and log, and what it holds; true when there was one. */
export function removeLog(database: DatabaseSync): boolean {
  const { hasLog } = readSqliteFacts(database, []);
  if (!hasLog) return false;
  const logged = database.prepare(`SELECT name FROM ${tablesTable}`).all();
  writing(database, () => {
    for (const { name } of logged) dropTriggers(database, String(name));
    for (const statement of dropLog) database.exec(statement);
  });
  return true;
}

function dropTriggers(database: DatabaseSync, table: string): void {
  for (const { name } of readTriggers(database))
    if (isTriggerOf(table, name)) database.exec(`DROP TRIGGER ${quoted(name)}`);
}

/** Rows that were noted while the key was unique are gone where the log says so; since it is not, who knows. */
function hasLostKey(database: DatabaseSync, table: LoggedTable): boolean {
  const keys = (statements: readonly string[]) =>
    statements.map((sql) => / WHEN (.*?) BEGIN /s.exec(sql)?.[1]).filter((when) => when !== undefined);
  const now = new Set(keys(createTriggers(table)));
  const own = readTriggers(database).filter(({ name }) => isTriggerOf(table.name, name));
  if (keys(own.map(({ sql }) => sql)).every((when) => now.has(when))) return false;
  const noted = database.prepare(`SELECT 1 FROM ${logTable} WHERE tab = ? AND op = 'x' LIMIT 1`);
  return noted.get(table.name) !== undefined;
}

function readTriggers(database: DatabaseSync): Trigger[] {
  return database
    .prepare(`SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all()
    .map(({ name, tbl_name, sql }) => ({ name: String(name), table: String(tbl_name), sql: String(sql) }));
}

function sqlOf(triggers: readonly Trigger[]): string {
  return triggers
    .map(({ sql }) => sql)
    .toSorted()
    .join('\n');
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
    unique: readUniqueKeys(database, name),
  };
}

/** Those that a statement can look for by values: of columns, and of all rows. */
function readUniqueKeys(database: DatabaseSync, table: string): KeyColumn[][] {
  return database
    .prepare(`PRAGMA index_list(${quoted(table)})`)
    .all()
    .filter(({ unique, origin, partial }) => Number(unique) === 1 && origin !== 'pk' && Number(partial) === 0)
    .map(({ name }) =>
      database
        .prepare(`PRAGMA index_xinfo(${quoted(String(name))})`)
        .all()
        .filter(({ key }) => Number(key) === 1),
    )
    .filter((columns) => columns.every(({ cid }) => Number(cid) >= 0))
    .map((columns) => columns.map(({ name, coll }) => ({ name: String(name), collation: String(coll) })));
}
