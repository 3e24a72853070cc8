import { DatabaseSync } from 'node:sqlite';
import type { SourceEvent } from '../../../core/change/source-event.ts';
import type { ChangeLog } from './change-log.ts';
import { openSqlite } from './database.ts';
import { installLog, readSqliteFacts } from './install.ts';

/** A bank's file with two tables, in WAL mode. */
export function makeBank(path: string, encoding = 'UTF-8'): DatabaseSync {
  const bank = new DatabaseSync(path);
  bank.exec(`PRAGMA encoding = '${encoding}'; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
    CREATE TABLE konten (nr TEXT PRIMARY KEY NOT NULL, saldo TEXT, bild BLOB);
    CREATE TABLE post (id INTEGER PRIMARY KEY, wort TEXT UNIQUE)`);
  return bank;
}

/** The change log of these tables, and their triggers as they would be installed now. */
export function installOn(path: string, tables: readonly string[], limitBytes = 100 * 2 ** 20): void {
  const database = openSqlite(path);
  installLog(database, readSqliteFacts(database, tables).tables, limitBytes);
  database.close();
}

/** Transactions, each as its changes in words. */
export function told(from: ChangeLog): string[][] {
  const transactions: string[][] = [];
  for (const event of [...from.look()].flat()) {
    if (event.kind === 'begin') transactions.push([]);
    if (event.kind === 'change' || event.kind === 'message') transactions.at(-1)?.push(words(event));
  }
  return transactions;
}

function words(event: Extract<SourceEvent, { kind: 'change' | 'message' }>): string {
  if (event.kind === 'message') return `message ${event.prefix} ${event.content}`;
  const row = (values: object | null) => (values === null ? '' : Object.values(values).join('/'));
  return `${event.op} ${event.table.name} ${row(event.before)}→${row(event.after)}`;
}
