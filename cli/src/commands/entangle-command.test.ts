import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Problem } from '@chronos/entanglement/core/change/preflight.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseMigrationFile } from '../core/migration-file/parse.ts';
import { runCli } from '../program.ts';
import { type Hands, installInAll } from './entangle-install.ts';
import { testIo } from './testing.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chronos-entangle-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const yaml = (databases: { legacy: string; modern: string }) => `
name: books
listen: 127.0.0.1:8080
legacy:
  address: 127.0.0.1:1
  database: ${databases.legacy}
modern:
  address: 127.0.0.1:2
  database: ${databases.modern}
routes:
  - name: all
    match: [{ prefix: / }]
entanglement:
  entities:
    - name: account
      legacy: { table: konto }
      modern: { table: accounts }
      key: [id]
      fields:
        - { name: id, legacy: id, modern: id }
        - { name: cents, legacy: cents, modern: cents }
`;

const files = yaml({ legacy: '{ sqlite: { file: old.db } }', modern: '{ sqlite: { file: new.db } }' });

async function chronos(text: string, ...args: string[]) {
  const file = join(folder, 'books.yaml');
  const io = testIo({ files: { [file]: text } });
  const code = await runCli(['entangle', ...args, '-f', file], io);
  return { code, out: io.stdout(), err: io.stderr() };
}

function sqlite(name: string, sql: string): DatabaseSync {
  const database = new DatabaseSync(join(folder, name));
  database.exec(`PRAGMA journal_mode = WAL; ${sql}`);
  return database;
}

const logged = (database: DatabaseSync) =>
  database.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'chronos%'`).all().length > 0;

describe('install', () => {
  test('where one database refuses, all that stands in the way is told and neither is altered', async () => {
    const legacy = sqlite('old.db', 'CREATE TABLE konto (id INTEGER PRIMARY KEY, cents INTEGER)');
    const modern = sqlite('new.db', 'CREATE TABLE other (id INTEGER PRIMARY KEY)');
    const { code, out, err } = await chronos(files, 'install', '--change-log');
    expect(code).toBe(1);
    expect(out).toMatch(/^modern: there is no table accounts\n {2}→ create it/);
    expect(err).toContain('1 in the way; nothing was changed');
    expect(logged(legacy)).toBe(false);
    modern.exec('CREATE TABLE accounts (id INTEGER PRIMARY KEY, cents INTEGER)');
    expect(await chronos(files, 'install', '--change-log')).toMatchObject({
      code: 0,
      out: 'legacy: done change log, written by triggers: konto\nmodern: done change log, written by triggers: accounts\n',
    });
    expect([legacy, modern].map(logged)).toEqual([true, true]);
    for (const database of [legacy, modern]) database.close();
  });

  test('a database that is not named yet is found missing before the other is altered', async () => {
    const legacy = sqlite('old.db', 'CREATE TABLE konto (id INTEGER PRIMARY KEY, cents INTEGER)');
    const text = yaml({ legacy: '{ sqlite: { file: old.db } }', modern: '{ url_env: NOT_SET_ANYWHERE }' });
    const { code, err } = await chronos(text, 'install', '--change-log');
    expect(code).toBe(2);
    expect(err).toContain('environment variable NOT_SET_ANYWHERE is not set');
    expect(logged(legacy)).toBe(false);
    legacy.close();
  });

  const both = [
    { universe: 'legacy' as const, url: 'postgres://legacy' },
    { universe: 'modern' as const, url: 'postgres://modern' },
  ];
  const options = { triggers: false, fullIdentity: true, changeLog: false };

  async function install(hands: Partial<Hands>) {
    const parsed = parseMigrationFile(files);
    if (!parsed.ok || parsed.migration.entanglement === undefined) throw new Error('the file is one');
    const { migration } = parsed;
    return await installInAll(both, migration, parsed.migration.entanglement, options, {
      checkInstall: async () => [],
      installInto: async (url) => [url],
      ...hands,
    });
  }

  test('the problems of both are told together, and nothing is done', async () => {
    const problem = (url: string): Problem => ({ code: 'rights', message: url, remedy: 'r', passing: false });
    const installed: string[] = [];
    const outcomes = await install({
      checkInstall: async (url) => [problem(url)],
      installInto: async (url) => {
        installed.push(url);
        return [];
      },
    });
    expect(outcomes).toEqual(
      both.map(({ universe, url }) => ({
        universe,
        problems: [{ code: 'rights', message: url, remedy: 'r' }],
      })),
    );
    expect(installed).toEqual([]);
  });

  test('what fails in spite of that leaves told what was done before it', async () => {
    const outcomes = await install({
      installInto: async (url) => {
        if (url.endsWith('modern')) throw new Error('the server has gone');
        return ['REPLICA IDENTITY FULL: public.konto'];
      },
    });
    expect(outcomes).toEqual([
      { universe: 'legacy', done: ['REPLICA IDENTITY FULL: public.konto'] },
      { universe: 'modern', failed: 'not done: the server has gone' },
    ]);
  });

  test('a database that cannot be asked ends it before anything is done', async () => {
    const asked = install({
      checkInstall: async (url) => {
        if (url.endsWith('modern')) throw new Error('connection refused');
        return [];
      },
      installInto: async () => {
        throw new Error('must not be called');
      },
    });
    await expect(asked).rejects.toThrow("modern's database: connection refused; nothing was changed");
  });
});

test('an option that is for another kind of database is told so, not passed over', async () => {
  sqlite('old.db', 'CREATE TABLE konto (id INTEGER PRIMARY KEY, cents INTEGER)').close();
  expect(await chronos(files, 'install', '--replica-identity-full', '--universe', 'legacy')).toMatchObject({
    code: 0,
    out: 'legacy: left alone, only --change-log is for a SQLite file\n',
  });
});

test('what could not be removed from one database does not keep the other from being cleaned', async () => {
  const modern = sqlite('new.db', 'CREATE TABLE accounts (id INTEGER PRIMARY KEY, cents INTEGER)');
  sqlite('old.db', 'CREATE TABLE konto (id INTEGER PRIMARY KEY, cents INTEGER)').close();
  expect((await chronos(files, 'install', '--change-log')).code).toBe(0);
  await rm(join(folder, 'old.db'));
  await rm(join(folder, 'old.db-wal'), { force: true });
  const { code, out, err } = await chronos(files, 'remove');
  expect(code).toBe(1);
  expect(out).toMatch(/^legacy: not done: .*\nmodern: removed change log and its triggers\n$/);
  expect(err).toContain('not done in legacy; in modern it was, as told above');
  expect(logged(modern)).toBe(false);
  expect((await chronos(files, 'remove', '--universe', 'modern')).out).toBe(
    'modern: nothing to remove: nothing that Chronos made is there\n',
  );
  modern.close();
});

test('a file whose only right to write is held is told so, and a view is no table', async () => {
  const legacy = sqlite(
    'old.db',
    'CREATE TABLE k (id INTEGER PRIMARY KEY, cents INTEGER); CREATE VIEW konto AS SELECT * FROM k',
  );
  const modern = sqlite(
    'new.db',
    'CREATE TABLE accounts (id INTEGER PRIMARY KEY, cents INTEGER); BEGIN IMMEDIATE',
  );
  const { out } = await chronos(files, 'install', '--change-log');
  expect(out).toBe(
    'legacy: konto is a view: it has no changes of its own\n  → name the table behind it in the migration file\n',
  );
  const held = await chronos(files, 'install', '--change-log', '--universe', 'modern');
  expect(held.out).toContain(
    "not done: another process holds the file's only right to write for more than 3 s",
  );
  for (const database of [legacy, modern]) database.close();
});

describe('check', () => {
  const konto = 'CREATE TABLE konto (id INTEGER PRIMARY KEY, saldo INTEGER)';

  test('names what of the entities does not fit the one database, though the other one is not ready', async () => {
    const legacy = sqlite('old.db', konto);
    const modern = sqlite('new.db', 'CREATE TABLE other (id INTEGER PRIMARY KEY)');
    const { code, out, err } = await chronos(files, 'check');
    expect(code).toBe(1);
    expect(out).toContain('modern: there is no table accounts');
    expect(out).toMatch(
      /^both: entity account, field cents, legacy: .* no column cents \(it has id, saldo\)$/m,
    );
    expect(out).toMatch(/^ {2}→ correct the entities of the migration file/m);
    // What is said of a table is said once.
    expect(out).not.toContain('that Chronos may read');
    expect(err).toContain('3 in the way');
    for (const database of [legacy, modern]) database.close();
  });

  test('and though the other one cannot be read at all', async () => {
    const legacy = sqlite('old.db', konto);
    const { code, out, err } = await chronos(files, 'check');
    expect(code).toBe(1);
    expect(out).toMatch(/^modern: cannot be read: there is no file .*new\.db$/m);
    expect(out).toMatch(/^legacy: entity account, field cents, legacy: /m);
    expect(err).toContain('could not be read: modern; nothing was changed');
    legacy.close();
  });

  test('a single universe is checked for its own side of the entities', async () => {
    const legacy = sqlite('old.db', konto);
    const { out } = await chronos(files, 'check', '--universe', 'legacy');
    expect(out).toMatch(/^legacy: entity account, field cents, legacy: /m);
    legacy.close();
  });
});

test.each([
  ['check', 'out', 'modern: cannot be read: '],
  ['remove', 'out', 'modern: not done: '],
  ['install', 'err', "modern's database: "],
] as const)(
  '%s of a database that is down says how its URL is given and what to do',
  async (action, where, said) => {
    process.env.BOOKS_DOWN = 'postgres://nobody@127.0.0.1:1/none';
    const legacy = sqlite('old.db', 'CREATE TABLE konto (id INTEGER PRIMARY KEY, cents INTEGER)');
    try {
      const text = yaml({ legacy: '{ sqlite: { file: old.db } }', modern: '{ url_env: BOOKS_DOWN }' });
      const ran = await chronos(
        text,
        action,
        ...(action === 'install' ? ['--change-log', '--replica-identity-full'] : []),
      );
      expect(ran.code).toBe(1);
      expect(ran[where]).toContain(said);
      expect(ran[where]).toMatch(
        /ECONNREFUSED.*\n {2}→ start it, or correct its URL, which environment variable BOOKS_DOWN gives/,
      );
      if (action === 'install') expect(logged(legacy)).toBe(false);
    } finally {
      delete process.env.BOOKS_DOWN;
      legacy.close();
    }
  },
);
