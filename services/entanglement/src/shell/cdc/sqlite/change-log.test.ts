import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { outdated, sqliteProblems } from '../../../core/change/sqlite/facts.ts';
import { UnreadableRow } from '../../../core/change/sqlite/log-events.ts';
import { entry } from '../../../core/change/sqlite/log-schema.ts';
import type { NativeKind } from '../../../core/mapping/catalog.ts';
import { ChangeLog, LogGap } from './change-log.ts';
import { readSqliteFacts, removeLog } from './install.ts';
import { installOn, makeBank, told } from './testing.ts';

let dir: string;
let path: string;
let bank: DatabaseSync;
let log: ChangeLog | undefined;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-sqlite-'));
  path = join(dir, 'books.db');
  bank = makeBank(path);
});

afterEach(() => {
  log?.close();
  log = undefined;
  bank.close();
  rmSync(dir, { recursive: true, force: true });
});

const kinds: Readonly<Record<string, NativeKind>> = { saldo: 'text', bild: 'bytea' };
const kindsOf = () => (column: string) => kinds[column];

const install = (limitBytes?: number) => installOn(path, ['konten', 'post'], limitBytes);

function open(): ChangeLog {
  log = new ChangeLog(path, kindsOf);
  return log;
}

const outdatedOnes = () => outdated(readSqliteFacts(bank, ['konten', 'post'])).map(({ name }) => name);

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

  test('bytes in a column of text are no text, and text in one of bytes is none, though each looks like the other', () => {
    install();
    const from = open();
    bank.exec(`INSERT INTO konten VALUES ('1', x'4142', '\\x4142'), ('2', '\\x4142', x'4142')`);
    expect(told(from)).toEqual([[`insert konten →1/?x'4142'/?\\x4142`, `insert konten →2/\\x4142/\\x4142`]]);
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

  test.each(['UTF-8', 'UTF-16le', 'UTF-16be'])(
    'texts that are none are told by their bytes (%s)',
    (encoding) => {
      bank.close();
      rmSync(path);
      bank = makeBank(path, encoding);
      install();
      const from = open();
      bank.exec(`INSERT INTO post VALUES (1, 'x' || char(0) || 'y')`);
      bank.exec(`INSERT INTO post VALUES (2, 'Müller''s ' || char(65533))`);
      const nul = Buffer.from('x\0y', encoding === 'UTF-8' ? 'utf8' : 'utf16le');
      if (encoding === 'UTF-16be') nul.swap16();
      expect(told(from)).toEqual([
        [`insert post →1/?x'${nul.toString('hex')}'`],
        ["insert post →2/Müller's \uFFFD"],
      ]);
    },
  );

  test('text of another encoding is told by its bytes, and its changes as such', () => {
    install();
    const from = open();
    bank.exec(`INSERT INTO post VALUES (3, CAST(x'4dfc27276c' AS TEXT))`);
    bank.exec(`UPDATE post SET wort = CAST(x'4de427276c' AS TEXT)`);
    expect(told(from)).toEqual([
      ["insert post →3/?x'4dfc27276c'"],
      ["update post 3/?x'4dfc27276c'→3/?x'4de427276c'"],
    ]);
  });

  test('columns that come, go and change their names: each row is told as it was written', () => {
    install();
    bank.exec(`INSERT INTO post VALUES (1, 'a')`);
    bank.exec('ALTER TABLE post ADD COLUMN seit TEXT');
    bank.exec(`INSERT INTO post VALUES (2, 'b', '1990')`);
    install();
    bank.exec(`INSERT INTO post VALUES (3, 'c', '1991')`);
    bank.exec('ALTER TABLE post RENAME COLUMN wort TO text');
    bank.exec(`INSERT INTO post VALUES (4, 'd', '1992')`);
    install();
    bank.exec(`INSERT INTO post VALUES (5, 'e', '1993')`);
    const rows = [...open().look()].flat().flatMap((event) => (event.kind === 'change' ? [event.after] : []));
    expect(rows).toEqual([
      { id: '1', wort: 'a' },
      { id: '2', wort: 'b' },
      { id: '3', wort: 'c', seit: '1991' },
      { id: '4', wort: 'd', seit: '1992' },
      { id: '5', text: 'e', seit: '1993' },
    ]);
  });

  test('a row that does not say what its columns should is no row of others', () => {
    install();
    const from = open();
    bank.exec(`INSERT INTO post VALUES (1, 'a'); UPDATE chronos_log SET new = '1'`);
    expect(() => told(from)).toThrow(
      new UnreadableRow(`a row of post: the log's row has fewer values than columns`),
    );
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

  describe('the write-ahead log', () => {
    const walMax = 64 * 1_024;
    /** SQLite never shortens the file. */
    const largest = () => statSync(`${path}-wal`).size / walMax;
    const book = (i: number) => bank.exec(`INSERT INTO post VALUES (${i}, '${i}${'x'.repeat(2_500)}')`);
    const openSmall = () => {
      install();
      log = new ChangeLog(path, kindsOf, walMax);
      return log;
    };
    const inserts = (transactions: readonly string[][]) =>
      transactions.map((words) => words.map((word) => Number(/→([0-9]+)/.exec(word)?.[1])));

    test('stays bounded while it is read, and each transaction is told as it was', () => {
      const from = openSmall();
      const seen: string[][] = [];
      for (let i = 0; i < 200; i += 1) {
        book(i);
        if (i % 3 === 0) seen.push(...told(from));
      }
      seen.push(...told(from));
      expect(inserts(seen)).toEqual(Array.from({ length: 200 }, (_, i) => [i]));
      expect(largest()).toBeLessThan(6);
    });

    test('stays bounded while what was read is not taken from us (Kafka is away), nor is a transaction lost', () => {
      const from = openSmall();
      book(0);
      book(1);
      const waiting = from.look();
      const taken = [...(waiting.next().value ?? [])];
      for (let i = 2; i < 200; i += 1) {
        book(i);
        from.note();
      }
      expect(largest()).toBeLessThan(6);
      taken.push(...[...waiting].flat());
      const events = [...taken, ...[...from.look()].flat()];
      expect(events.filter(({ kind }) => kind === 'commit')).toHaveLength(200);
      expect(from.retainedBytes).toBeGreaterThanOrEqual(200 * 1_024);
    });

    test('that another reader holds begins anew once it has ended', () => {
      const from = openSmall();
      const report = new DatabaseSync(path);
      report.exec('BEGIN; SELECT count(*) FROM post');
      const bookAndLook = (first: number) => {
        for (let i = first; i < first + 100; i += 1) {
          book(i);
          told(from);
        }
      };
      bookAndLook(0);
      const held = largest();
      expect(held).toBeGreaterThan(6);
      report.close();
      for (let i = 100; i < 400; i += 100) bookAndLook(i);
      expect(largest()).toBeLessThan(held + 6);
    });

    test('is let go of when others write whenever it is asked for', () => {
      const from = openSmall();
      const others = new DatabaseSync(path);
      const seen: string[][] = [];
      for (let i = 0; i < 40; i += 1) {
        book(i);
        others.exec('BEGIN IMMEDIATE');
        seen.push(...told(from));
        others.exec('COMMIT');
      }
      others.close();
      expect(largest()).toBeLessThan(12);
      expect(inserts([[...seen, ...told(from)].flat()])).toEqual([Array.from({ length: 40 }, (_, i) => i)]);
    });
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
    expect(outdatedOnes()).toEqual([]);
    bank.exec('ALTER TABLE konten ADD COLUMN seit TEXT');
    bank.exec('CREATE UNIQUE INDEX wieder ON post (wort)');
    expect(outdatedOnes()).toEqual(['konten', 'post']);
    install();
    expect(outdatedOnes()).toEqual([]);
    const { sql } = bank.prepare(`SELECT sql FROM sqlite_schema WHERE name = 'chronos_post_i'`).get() ?? {};
    bank.exec(
      `DROP TRIGGER chronos_post_i; ${String(sql).replace('BEGIN', 'BEGIN /* of an earlier version */')}`,
    );
    expect(outdatedOnes()).toEqual(['post']);
    bank.exec('DROP INDEX wieder');
    expect(removeLog(bank)).toBe(true);
    expect(removeLog(bank)).toBe(false);
    expect(bank.prepare('SELECT name FROM sqlite_schema ORDER BY name').all()).toEqual(before);
  });
});
