import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MarkedKeys } from '../../core/identifiers/marked-keys.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { compileEntities } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { entanglement } from '../../core/mapping/testing.ts';
import { caseOfRows, type Home } from '../../core/repair/case-of-change.ts';
import { OpenRows } from '../../core/repair/open-rows.ts';
import { Reconciler } from '../../core/repair/reconciler.ts';
import { TIMINGS } from '../../core/repair/timings.ts';
import { catalogOf } from '../catalog-of.ts';
import { installLog, readSqliteFacts } from '../cdc/sqlite/install.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import { carryOver } from './entity-repairs.ts';
import { repairDatabase } from './repair-database.ts';
import type { StoredCase } from './repair-store.ts';
import { type RoundPorts, round } from './rounds.ts';
import { settleRows } from './settle-rows.ts';

const tables = `PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;
  CREATE TABLE customers (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE CHECK (name <> 'nobody'));
  CREATE TABLE accounts (id TEXT PRIMARY KEY NOT NULL, customer TEXT NOT NULL REFERENCES customers);`;
const declared = entanglement([
  {
    name: 'customer',
    legacy: { table: 'customers' },
    modern: { table: 'customers' },
    key: ['id'],
    fields: ['id', 'name'].map((name) => ({ name, legacy: name, modern: name })),
  },
  {
    name: 'account',
    legacy: { table: 'accounts' },
    modern: { table: 'accounts' },
    key: ['id'],
    dependsOn: ['customer'],
    fields: ['id', 'customer'].map((name) => ({ name, legacy: name, modern: name })),
  },
]);

let dir: string;
let banks: Record<Universe, DatabaseSync>;
let entities: readonly CompiledEntity[];
const urlOf = (universe: Universe) => `sqlite:${join(dir, `${universe}.db`)}`;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-entities-'));
  const open = (universe: Universe) => {
    const bank = new DatabaseSync(join(dir, `${universe}.db`));
    bank.exec(tables);
    installLog(bank, readSqliteFacts(bank, ['customers', 'accounts']).tables, 2 ** 24);
    return bank;
  };
  banks = { legacy: open('legacy'), modern: open('modern') };
  const names = ['public.customers', 'public.accounts'];
  const catalogs = {
    legacy: await catalogOf(urlOf('legacy'), names),
    modern: await catalogOf(urlOf('modern'), names),
  };
  entities = compileEntities(declared, catalogs, { mask: (text) => text });
});

afterEach(() => {
  banks.legacy.close();
  banks.modern.close();
  rmSync(dir, { recursive: true, force: true });
});

function fill(universe: Universe, customers: number, accounts: number, name = 'c'): void {
  banks[universe].exec(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${customers})
       INSERT INTO customers SELECT printf('%05d', i), '${name}' || i FROM n;
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${accounts})
       INSERT INTO accounts SELECT printf('%05d', i), printf('%05d', 1 + i % ${customers}) FROM n`,
  );
}

const rowsOf = (universe: Universe, table: string) =>
  banks[universe]
    .prepare(`SELECT * FROM ${table} ORDER BY id`)
    .all()
    .map((row) => ({ ...row }));

/** The entities differ as a whole; rounds go on beside, as in the process. */
async function carriedOver(
  names: readonly string[],
  {
    home = { universe: 'legacy', both: false },
    stopAt,
    from,
    mayWrite = true,
  }: { home?: Home; mayWrite?: boolean; stopAt?: RegExp; from?: StoredCase | undefined } = {},
) {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }), {
    ...TIMINGS,
    patienceMs: 0,
    retryMs: 1,
  });
  const stored = new Map<string, StoredCase>();
  const texts: string[] = [];
  const refused: string[] = [];
  const stopped = new AbortController();
  const store = {
    saveCases: async (current: () => readonly StoredCase[]) => {
      for (const each of current()) {
        stored.set(each.case.id, each);
        if (each.reason !== '') texts.push(each.reason);
        if (stopAt?.test(each.reason) === true) stopped.abort();
      }
    },
    intend: async () => undefined,
    conclude: async (_id: string, _state: string, current: () => readonly StoredCase[]) =>
      store.saveCases(current),
    intents: async () => [],
  };
  const databases = {
    legacy: repairDatabase(urlOf('legacy'), 'legacy'),
    modern: repairDatabase(urlOf('modern'), 'modern'),
  };
  const ports = {
    reconciler,
    store,
    watermarks: { passed: async () => true },
    databases,
    entities,
    pairs: noPairs,
    keys: new MarkedKeys(),
    prefix: 'chronos-repair',
    both: () => false,
    mayWrite: () => mayWrite,
    count: () => undefined,
    log: () => undefined,
    refused: (line: string) => refused.push(line),
  } as unknown as RoundPorts;
  const settle = settleRows({
    reconciler,
    take: (said) => void reconciler.take(said, Date.now()),
    withdrawn: () => undefined,
    save: async () => undefined,
  });
  const rows = names.map((entity) => ({ entity, key: '' }));
  if (from === undefined) reconciler.take(caseOfRows('tx:legacy:7', rows, 'legacy', Date.now()), Date.now());
  else reconciler.restore(from.case, from.reason, Date.now());
  const running = carryOver(
    { ...ports, home: () => home, settle, store: store as never },
    stopped.signal,
  ).finally(() => stopped.abort());
  running.catch(() => undefined);
  while (!stopped.signal.aborted) {
    await round(ports, stopped.signal);
    await new Promise((wake) => setTimeout(wake, 1));
  }
  await running.catch(() => undefined);
  await round(ports, new AbortController().signal);
  return { reconciler, texts, stored, refused: refused.filter((line) => line.includes('refuses')) };
}

describe('an entity that differs as a whole', () => {
  test('tables that were emptied, one of which refers to the other: empty in both, children first', async () => {
    fill('modern', 300, 4_100);
    const { reconciler, texts, refused } = await carriedOver(['customer', 'account']);
    expect(refused).toEqual([]);
    expect([rowsOf('modern', 'customers'), rowsOf('modern', 'accounts')]).toEqual([[], []]);
    expect(reconciler.cases).toEqual([]);
    expect(texts).toContain(
      'account: an emptied table or partition is carried over: 48 % (4,000 rows looked at, 4,000 differed)',
    );
  });

  test('emptied and filled anew in one batch: unique names of rows that are gone stand in no way', async () => {
    fill('modern', 300, 500);
    fill('legacy', 600, 900, 'd');
    // The row that has it in modern is gone in legacy.
    banks.legacy.exec(`UPDATE customers SET name = 'c7' WHERE id = '00222'`);
    banks.modern.exec(`PRAGMA foreign_keys = OFF; UPDATE customers SET id = 'x' || id WHERE name = 'c7'`);
    const { reconciler, refused } = await carriedOver(['account', 'customer']);
    expect(refused).toEqual([]);
    expect(rowsOf('modern', 'customers')).toEqual(rowsOf('legacy', 'customers'));
    expect(rowsOf('modern', 'accounts')).toEqual(rowsOf('legacy', 'accounts'));
    expect(reconciler.cases).toEqual([]);
  });

  test('rows that a database refuses are found, named and left; all others are written', async () => {
    fill('legacy', 300, 0);
    banks.legacy.exec(
      `PRAGMA ignore_check_constraints = ON; UPDATE customers SET name = 'nobody' WHERE id = '00133'`,
    );
    const { reconciler } = await carriedOver(['customer']);
    expect(rowsOf('modern', 'customers')).toEqual(
      rowsOf('legacy', 'customers').filter(({ id }) => id !== '00133'),
    );
    expect(reconciler.cases.map(({ case: each }) => [each.cause, [...each.rows.keys()]])).toEqual([
      ['entity', ['customer\n["00133"]']],
    ]);
  });

  test('a process that ends in the middle: the next one goes on from there', async () => {
    fill('legacy', 4_600, 0);
    const { stored } = await carriedOver(['customer'], {
      stopAt: /\(4,000 rows looked at, 4,000 differed\)/,
    });
    expect(rowsOf('modern', 'customers')).toHaveLength(4_000);
    const { texts, reconciler } = await carriedOver([], { from: stored.get('tx:legacy:7') });
    expect(texts[0]).toMatch(/\(4,000 rows looked at, 4,000 differed\)/);
    expect(texts.at(-1)).toMatch(/\(4,600 rows looked at, 4,600 differed\)/);
    expect(rowsOf('modern', 'customers')).toEqual(rowsOf('legacy', 'customers'));
    expect(reconciler.cases).toEqual([]);
  });

  test('a migration that asks for no repairs any more: nothing is written, and nothing settled', async () => {
    fill('modern', 10, 0);
    const { reconciler } = await carriedOver(['customer'], { mayWrite: false });
    expect(rowsOf('modern', 'customers')).toHaveLength(10);
    expect(reconciler.hasWholeEntities).toBe(true);
  });

  test('while both universes answer clients nothing is written, and it is said whose word is needed', async () => {
    fill('modern', 10, 0);
    const { reconciler } = await carriedOver(['customer'], { home: { universe: 'legacy', both: true } });
    expect(rowsOf('modern', 'customers')).toHaveLength(10);
    expect(reconciler.standing('tx:legacy:7')?.outstanding).toMatch(
      /while both universes answer clients → say whose rows are right: chronos verify --repair --entity customer/,
    );
  });
});
