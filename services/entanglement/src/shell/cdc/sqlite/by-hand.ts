/** What people do to a SQLite file before and after its capture. */
import type { DatabaseSync } from 'node:sqlite';
import type { Wanted } from '../../../core/change/preflight.ts';
import type { TableName } from '../../../core/change/source-event.ts';
import { notInstalled, sqliteProblems, unlogged } from '../../../core/change/sqlite/facts.ts';
import { quoted } from '../../../core/change/sqlite/log-schema.ts';
import type { Checked } from '../../prepare-by-hand.ts';
import { Stopped } from '../stopped.ts';
import { isBusy, openSqlite } from './database.ts';
import { installLog, readSqliteFacts, removeLog } from './install.ts';

const lockWithinMs = 3_000;
const heldByWriter = `another process holds the file's only right to write for more than ${lockWithinMs / 1_000} s; nothing was changed → try again when its transaction is over`;

export function checkSqlite(path: string, { tables }: Wanted): Checked {
  return withDatabase(path, (database) => {
    const facts = readSqliteFacts(database, namesOf(tables));
    const open = unlogged(facts).map(({ name }) => name);
    const problems = [...sqliteProblems(facts), ...(open.length > 0 ? [notInstalled(open)] : [])];
    const warnings = facts.tables.flatMap(({ name }) => alsoUnique(database, name));
    return { problems, warnings };
  });
}

/** REPLACE fires no trigger for the rows that it removes; those that an expression or a part of the rows makes unique are not noted before. */
function alsoUnique(database: DatabaseSync, table: string): string[] {
  const indexes = database
    .prepare(`PRAGMA index_list(${quoted(table)})`)
    .all()
    .filter(({ unique }) => Number(unique) === 1)
    .filter(({ name, partial }) => Number(partial) === 1 || isOfExpressions(database, String(name)))
    .map(({ name }) => String(name));
  return indexes.length === 0
    ? []
    : [
        `table ${table} has unique keys of expressions or of some rows only (${indexes.join(', ')}): a row that INSERT OR REPLACE or UPDATE OR REPLACE removes by one of them is not told → PRAGMA recursive_triggers = ON in the service's connections, if it uses them`,
      ];
}

function isOfExpressions(database: DatabaseSync, index: string): boolean {
  const columns = database.prepare(`PRAGMA index_xinfo(${quoted(index)})`).all();
  return columns.some(({ key, cid }) => Number(key) === 1 && Number(cid) < 0);
}

/** @throws Stopped with what stands in the way; nothing is installed then */
export function installSqlite(
  path: string,
  tables: readonly TableName[],
  retainedMaxBytes: number,
): string[] {
  return withDatabase(path, (database) => {
    const facts = readSqliteFacts(database, namesOf(tables));
    const problems = sqliteProblems(facts);
    if (problems.length > 0) throw new Stopped(problems);
    installLog(database, facts.tables, retainedMaxBytes);
    return [`change log, written by triggers: ${namesOf(tables).join(', ')}`];
  });
}

export function removeSqlite(path: string): string[] {
  return withDatabase(path, (database) => (removeLog(database) ? ['change log and its triggers'] : []));
}

function withDatabase<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = openSqlite(path);
  // By hand there is time: it is this process' only work.
  database.exec(`PRAGMA busy_timeout = ${lockWithinMs}`);
  try {
    return work(database);
  } catch (error) {
    throw isBusy(error) ? new Error(heldByWriter, { cause: error }) : error;
  } finally {
    database.close();
  }
}

function namesOf(tables: readonly TableName[]): string[] {
  return tables.map(({ name }) => name);
}
