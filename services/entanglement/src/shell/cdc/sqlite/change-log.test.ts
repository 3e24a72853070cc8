import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SourceEvent } from '../../../core/change/source-event.ts';
import { sqliteProblems, unlogged } from '../../../core/change/sqlite/facts.ts';
import { entry } from '../../../core/change/sqlite/log-schema.ts';
import { ChangeLog, LogGap } from './change-log.ts';
import { openSqlite } from './database.ts';
import { installLog, readSqliteFacts, removeLog } from './install.ts';

const MIB = 2 ** 20;
let dir: string;
let path: string;
let bank: DatabaseSync;
let log: ChangeLog | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-sqlite-'));
  path = join(dir, 'books.db');
  bank = new DatabaseSync(path);
  bank.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE konten (nr TEXT PRIMARY KEY NOT NULL, saldo TEXT, bild BLOB);
    CREATE TABLE post (id INTEGER PRIMARY KEY, wort TEXT UNIQUE)`);
});

afterEach(() => {
  log?.close();
  log = undefined;
  bank.close();
  rmSync(dir, { recursive: true, force: true });
});

function install(limitBytes = 100 * MIB): void {
  const database = openSqlite(path);
  const { tables } = readSqliteFacts(database, ['konten', 'post']);
  installLog(database, tables, limitBytes);
  database.close();
}

function open(): ChangeLog {
  const database = openSqlite(path);
  const { logged } = readSqliteFacts(database, ['konten', 'post']);
  database.close();
  log = new ChangeLog(path, logged);
  return log;
}

/** Transactions, each as its changes in words. */
function told(from: ChangeLog): string[][] {
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

describe('the change log of a SQLite database', () => {
  test('transactions as they were committed, however many there are between two looks', () => {
    install();
    const from = open();
    bank.exec(`INSERT INTO konten VALUES ('1', '10', x'00ff'), ('2', 'O''Neill, ''x''', NULL)`);
    bank.exec(
      `BEGIN; UPDATE konten SET saldo = '9' WHERE nr = '1'; INSERT INTO post VALUES (7, 'ab'); COMMIT`,
    );
    bank.exec(`DELETE FROM konten WHERE nr = '2'`);
    expect(told(from)).toEqual([
      [`insert konten →1/10/\\x00ff`, `insert konten →2/O'Neill, 'x'/`],
      [`update konten 1/10/\\x00ff→1/9/\\x00ff`, 'insert post →7/ab'],
      [`delete konten 2/O'Neill, 'x'/→`],
    ]);
    expect(told(from)).toEqual([]);
  });

  test('what is rolled back, or not committed yet, is not told', () => {
    install();
    const from = open();
    bank.exec(`BEGIN; INSERT INTO konten VALUES ('1', '10', NULL); ROLLBACK`);
    bank.exec(`BEGIN; INSERT INTO konten VALUES ('2', '10', NULL)`);
    expect(told(from)).toEqual([]);
    bank.exec('COMMIT');
    expect(told(from)).toEqual([['insert konten →2/10/']]);
  });

  test('what a process had not committed when it was killed is not told', () => {
    install();
    const from = open();
    const { signal } = spawnSync(process.execPath, [
      '-e',
      `const { DatabaseSync } = require('node:sqlite');
       const bank = new DatabaseSync(process.argv[1]);
       bank.exec("INSERT INTO konten VALUES ('1', '10', NULL)");
       bank.exec("BEGIN; PRAGMA cache_size = 1; INSERT INTO konten VALUES ('2', '10', NULL)");
       process.kill(process.pid, 'SIGKILL')`,
      path,
    ]);
    expect(signal).toBe('SIGKILL');
    bank.exec(`INSERT INTO konten VALUES ('3', '10', NULL)`);
    expect(told(from)).toEqual([['insert konten →1/10/'], ['insert konten →3/10/']]);
  });

  test('REPLACE is an update, an ignored insert nothing, an upsert its update', () => {
    install();
    const from = open();
    bank.exec(`INSERT INTO konten VALUES ('1', '10', NULL)`);
    bank.exec(`INSERT OR REPLACE INTO konten VALUES ('1', '11', NULL)`);
    bank.exec(`INSERT OR IGNORE INTO konten VALUES ('1', '12', NULL)`);
    bank.exec(`INSERT INTO konten VALUES ('1', '', NULL) ON CONFLICT (nr) DO UPDATE SET saldo = '13'`);
    expect(told(from)).toEqual([
      ['insert konten →1/10/'],
      ['update konten 1/10/→1/11/'],
      [],
      ['update konten 1/11/→1/13/'],
    ]);
  });

  test('SQLite may begin its log anew as often as it likes', () => {
    install();
    bank.exec('PRAGMA wal_autocheckpoint = 4');
    const from = open();
    const seen: string[][] = [];
    for (let i = 0; i < 400; i += 1) {
      bank.exec(`INSERT INTO konten VALUES ('${i}', '0', NULL)`);
      if (i % 3 === 0) bank.exec(`BEGIN; UPDATE konten SET saldo = '1'; ROLLBACK`);
      if (i % 7 === 0) seen.push(...told(from));
      if (i % 50 === 0) from.prune(i - 10);
    }
    seen.push(...told(from));
    expect(seen).toEqual(Array.from({ length: 400 }, (_, i) => [`insert konten →${i}/0/`]));
  });

  test.each([0, 126, 32_766, 8_388_606, 2 ** 31 - 2, 2 ** 47 - 2])('counts on beyond %i', (count) => {
    install();
    bank.exec(`UPDATE chronos_mark SET seq = ${count}, pruned = ${count}`);
    const from = open();
    for (const id of [1, 2, 3]) bank.exec(`INSERT INTO post VALUES (${id}, 'w${id}')`);
    expect(told(from)).toEqual([['insert post →1/w1'], ['insert post →2/w2'], ['insert post →3/w3']]);
    expect(from.prune(count + 3)).toBe(true);
  });

  test('a large transaction comes in batches; what nobody read while away comes as one', () => {
    install();
    bank.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
      INSERT INTO post SELECT i, 'w' || i FROM n`);
    const first = open();
    const batches = [...first.look()];
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 202]);
    expect(first.prune(1_200)).toBe(true);
    first.close();
    bank.exec(`DELETE FROM post WHERE id < 3`);
    bank.exec(`DELETE FROM post WHERE id = 3`);
    bank.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(told(open())).toEqual([['delete post 1/w1→', 'delete post 2/w2→', 'delete post 3/w3→']]);
  });

  test('a mark of our own comes with its transaction', () => {
    install();
    const from = open();
    bank.exec(
      `BEGIN; ${entry('chronos-repair', 'm', 'NULL', "'case-1'")} INSERT INTO post VALUES (1, 'a'); COMMIT`,
    );
    expect(told(from)).toEqual([['message chronos-repair case-1', 'insert post →1/a']]);
  });

  test('beyond its limit the log stops growing, the bank goes on, and the gap is noticed', () => {
    install(0);
    const from = open();
    bank.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
      INSERT INTO post SELECT i, 'w' || i FROM n`);
    expect(bank.prepare('SELECT count(*) AS n FROM post').get()).toEqual({ n: 1_500 });
    expect(bank.prepare('SELECT count(*) AS n FROM chronos_log').get()).toEqual({ n: 1_000 });
    expect(() => told(from)).toThrow(LogGap);
  });

  test('is installed once, seen when a table has changed, and taken away without a trace', () => {
    bank.exec('PRAGMA journal_mode = DELETE; CREATE TABLE ohne (a TEXT)');
    const before = bank.prepare('SELECT name FROM sqlite_schema ORDER BY name').all();
    const facts = readSqliteFacts(bank, ['konten', 'ohne', 'nirgends']);
    expect(sqliteProblems(facts).map(({ code }) => code)).toEqual([
      'table-missing',
      'wal-level',
      'table-without-key',
    ]);
    bank.exec('PRAGMA journal_mode = WAL');
    install();
    install();
    expect(unlogged(readSqliteFacts(bank, ['konten', 'post']))).toEqual([]);
    bank.exec('ALTER TABLE konten ADD COLUMN seit TEXT');
    expect(unlogged(readSqliteFacts(bank, ['konten', 'post'])).map(({ name }) => name)).toEqual(['konten']);
    expect(removeLog(bank)).toBe(true);
    expect(removeLog(bank)).toBe(false);
    expect(bank.prepare('SELECT name FROM sqlite_schema ORDER BY name').all()).toEqual(before);
  });
});
