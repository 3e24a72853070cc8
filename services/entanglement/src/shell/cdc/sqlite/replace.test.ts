import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkSqlite } from './by-hand.ts';
import { ChangeLog, LogGap } from './change-log.ts';
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

const install = () => installOn(path, ['konten', 'post']);

function open(): ChangeLog {
  log = new ChangeLog(path, () => () => undefined);
  return log;
}

const wanted = (names: readonly string[]) => ({
  migration: 'bank',
  universe: 'legacy',
  slot: 's',
  publication: 'p',
  tables: names.map((name) => ({ schema: 'public', name })),
});

describe('REPLACE in a SQLite file', () => {
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

  test('rows that an insert leaves alone are not those that its other rows replace', () => {
    install();
    bank.exec(
      `CREATE TRIGGER spur BEFORE INSERT ON post BEGIN INSERT INTO konten VALUES (hex(randomblob(8)), '', NULL); END`,
    );
    bank.exec(`INSERT INTO post VALUES (1, 'a'), (-1, 'haus')`);
    bank.exec('DELETE FROM konten');
    const from = open();
    told(from);
    bank.exec(`INSERT OR IGNORE INTO post VALUES (1, 'x'), (2, 'b')`);
    bank.exec(
      `BEGIN; INSERT INTO post VALUES (2, 'y') ON CONFLICT DO NOTHING; INSERT INTO post VALUES (3, 'c'); COMMIT`,
    );
    bank.exec(`INSERT INTO post (wort) VALUES ('neu')`);
    bank.exec(`REPLACE INTO post VALUES ('3', 'd')`);
    bank.exec(`REPLACE INTO post VALUES (-1, 'hof')`);
    const changes = [...told(from)].map((words) => words.filter((word) => word.includes(' post ')));
    expect(changes.filter((words) => words.length > 0)).toEqual([
      ['insert post →2/b'],
      ['insert post →3/c'],
      ['insert post →4/neu'],
      ['update post 3/c→3/d'],
      ['update post -1/haus→-1/hof'],
    ]);
  });

  describe('rows that REPLACE removes by other unique keys', () => {
    beforeEach(() => {
      bank.exec(
        `CREATE TABLE kunde (id INTEGER PRIMARY KEY, mail TEXT COLLATE NOCASE UNIQUE, tel TEXT, land TEXT, bank TEXT REFERENCES kunde (mail) ON DELETE CASCADE, UNIQUE (land, tel))`,
      );
      installOn(path, ['kunde']);
    });
    const add = (id: number | null, mail: string, tel: string | null, verb = 'INSERT') =>
      bank.exec(
        `${verb} INTO kunde VALUES (${id}, '${mail}', ${tel === null ? null : `'${tel}'`}, 'DE', NULL)`,
      );

    test('are told as removed: by one key, by several, by an id that SQLite makes, by an UPDATE', () => {
      const from = open();
      for (const [i, each] of ['a', 'b', 'c', 'd'].entries()) add(i + 1, `${each}@x`, `${i}`);
      told(from);
      add(9, 'A@X', '77', 'REPLACE');
      add(2, 'c@x', '3', 'REPLACE');
      add(null, 'c@x', '8', 'REPLACE');
      add(20, 'e@x', '5');
      bank.exec(`UPDATE OR REPLACE kunde SET mail = 'A@x', tel = '8' WHERE id = 20`);
      add(21, 'f@x', null);
      add(22, 'g@x', null);
      bank.exec('UPDATE OR REPLACE kunde SET id = 22 WHERE id = 21');
      expect(told(from)).toEqual([
        ['delete kunde 1/a@x/0/DE/→', 'insert kunde →9/A@X/77/DE/'],
        ['delete kunde 3/c@x/2/DE/→', 'delete kunde 4/d@x/3/DE/→', 'update kunde 2/b@x/1/DE/→2/c@x/3/DE/'],
        ['delete kunde 2/c@x/3/DE/→', 'insert kunde →10/c@x/8/DE/'],
        ['insert kunde →20/e@x/5/DE/'],
        [
          'delete kunde 9/A@X/77/DE/→',
          'delete kunde 10/c@x/8/DE/→',
          'update kunde 20/e@x/5/DE/→20/A@x/8/DE/',
        ],
        ['insert kunde →21/f@x//DE/'],
        ['insert kunde →22/g@x//DE/'],
        ['delete kunde 22/g@x//DE/→', 'update kunde 21/f@x//DE/→22/f@x//DE/'],
      ]);
    });

    test('are told once where the service has recursive triggers, and with what falls with them', () => {
      bank.exec('PRAGMA foreign_keys = ON');
      const from = open();
      add(1, 'a@x', '1');
      bank.exec(`INSERT INTO kunde VALUES (2, 'b@x', '2', 'DE', 'a@x')`);
      told(from);
      add(3, 'a@x', '3', 'REPLACE');
      bank.exec('PRAGMA recursive_triggers = ON');
      add(4, 'a@x', '4', 'REPLACE');
      const [first, ...others] = told(from).map((each) => each.toSorted());
      expect(first).toEqual([
        'delete kunde 1/a@x/1/DE/→',
        'delete kunde 2/b@x/2/DE/a@x→',
        'insert kunde →3/a@x/3/DE/',
      ]);
      expect(others).toEqual([['delete kunde 3/a@x/3/DE/→', 'insert kunde →4/a@x/4/DE/']]);
    });

    test('are not those that an insert or an update leaves alone', () => {
      const from = open();
      add(1, 'a@x', '1');
      add(2, 'b@x', '2');
      told(from);
      add(3, 'a@x', '3', 'INSERT OR IGNORE');
      add(null, 'a@x', '3', 'INSERT OR IGNORE');
      bank.exec(
        `BEGIN; INSERT OR IGNORE INTO kunde VALUES (NULL, 'b@x', '9', 'DE', NULL); UPDATE kunde SET mail = 'c@x' WHERE id = 2; INSERT INTO kunde VALUES (NULL, 'b@x', '9', 'DE', NULL); COMMIT`,
      );
      bank.exec(`UPDATE OR IGNORE kunde SET mail = 'a@x' WHERE id = 2`);
      bank.exec(
        `INSERT INTO kunde VALUES (5, 'a@x', '5', 'DE', NULL) ON CONFLICT (mail) DO UPDATE SET id = excluded.id, tel = excluded.tel`,
      );
      expect(told(from).filter((each) => each.length > 0)).toEqual([
        ['update kunde 2/b@x/2/DE/→2/c@x/2/DE/', 'insert kunde →3/b@x/9/DE/'],
        ['update kunde 1/a@x/1/DE/→5/a@x/5/DE/'],
      ]);
    });

    test('are unknown, a gap, where the key is gone since they were noted', () => {
      bank.exec('CREATE UNIQUE INDEX wohnt ON kunde (land)');
      installOn(path, ['kunde']);
      const from = open();
      add(1, 'a@x', '1');
      bank.exec('DROP INDEX wohnt');
      add(2, 'b@x', '2');
      installOn(path, ['kunde']);
      expect(() => told(from)).toThrow(LogGap);
    });
  });

  test('a row that REPLACE removes by what an expression or a part of the rows makes unique is warned of, and told with recursive triggers', () => {
    bank.exec('CREATE UNIQUE INDEX klein ON post (lower(wort))');
    install();
    const from = open();
    const { warnings } = checkSqlite(path, wanted(['konten', 'post']));
    expect(warnings).toEqual([
      expect.stringMatching(
        /^table post has unique keys of expressions .*\(klein\).* PRAGMA recursive_triggers = ON/,
      ),
    ]);
    bank.exec(`PRAGMA recursive_triggers = ON; INSERT INTO post VALUES (1, 'a'), (2, 'b')`);
    bank.exec(`REPLACE INTO post VALUES (3, 'A')`);
    bank.exec(`UPDATE OR REPLACE post SET wort = 'B' WHERE id = 3`);
    expect(told(from).slice(1)).toEqual([
      ['delete post 1/a→', 'insert post →3/A'],
      ['delete post 2/b→', 'update post 3/A→3/B'],
    ]);
  });
});
