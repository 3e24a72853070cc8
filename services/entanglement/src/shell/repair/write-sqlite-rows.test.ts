import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type IdPair, Partners } from '../../core/identifiers/partners.ts';
import { compileEntities } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { entanglement, testCatalog, testTable } from '../../core/mapping/testing.ts';
import type { Write } from '../../core/repair/plan.ts';
import { catalogOf } from '../catalog-of.ts';
import { ChangeLog } from '../cdc/sqlite/change-log.ts';
import { installLog, readSqliteFacts } from '../cdc/sqlite/install.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { CommonNames } from '../verify/common-names.ts';
import { SqliteSide } from '../verify/sqlite-side.ts';
import type { WriteJob } from './write-rows.ts';
import { sqliteFateOf, writeSqliteRows } from './write-sqlite-rows.ts';

let dir: string;
let path: string;
let bank: DatabaseSync;
let entity: CompiledEntity;
let side: SqliteSide;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-sqlite-'));
  path = join(dir, 'books.db');
  bank = new DatabaseSync(path);
  bank.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE KONTEN (KTONR TEXT PRIMARY KEY NOT NULL, SALDO TEXT NOT NULL CHECK (SALDO <> '000666'), BILD BLOB, BUDAT TEXT);
    INSERT INTO KONTEN VALUES ('1', '000100', x'00ff', '19900101'), ('2', '000200', NULL, '19900101')`);
  installLog(bank, readSqliteFacts(bank, ['KONTEN']).tables, 2 ** 20);
  const declared = entanglement([
    {
      name: 'account',
      legacy: { table: 'KONTEN', fill: [{ column: 'BUDAT', value: '19900105' }] },
      modern: { table: 'accounts' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'KTONR', modern: 'id' },
        { name: 'photo', legacy: 'BILD', modern: 'photo' },
        {
          name: 'balance',
          legacy: 'SALDO',
          modern: 'balance',
          unit: Unit.MINOR_UNITS,
          old: { pad: '0', width: 6, trailingSign: true },
        },
      ],
    },
  ]);
  const modern = testCatalog(testTable('accounts', { id: 'text', photo: 'bytea?', balance: 'numeric' }));
  const legacy = await catalogOf(`sqlite:${path}`, ['public.KONTEN']);
  [entity] = compileEntities(declared, { legacy, modern }, { mask: (text) => text }) as [CompiledEntity];
  side = new SqliteSide(path, 'legacy');
});

afterEach(() => {
  bank.close();
  rmSync(dir, { recursive: true, force: true });
});

const rows = () => bank.prepare('SELECT KTONR, SALDO, hex(BILD) AS BILD, BUDAT FROM KONTEN ORDER BY 1').all();

async function job(writes: readonly Write[], intend: WriteJob['intend'] = async () => undefined) {
  return writeSqliteRows(path, {
    universe: 'legacy',
    entities: [entity],
    writes,
    pairs: noPairs,
    id: 'repair-1',
    prefix: 'chronos-repair',
    intend,
  });
}

/** Makes the row of this key the given one, if it still is what it is now. */
async function row(id: string, after: Readonly<Record<string, string | null>> | undefined): Promise<Write> {
  const key = JSON.stringify([id]);
  const now = (await side.rows(entity, [[id]])).get(key);
  return {
    kind: 'row',
    entity: 'account',
    key,
    version: now?.version,
    before: now?.values,
    after: after && new Map(Object.entries({ id, ...after })),
  };
}

describe('a repair in a SQLite file', () => {
  test("holds up the service's writers no longer than Chronos' own database is quick", async () => {
    const never = new Promise<never>(() => undefined);
    await expect(job([await row('2', undefined)], () => never)).rejects.toThrow(
      "Chronos' own database did not answer within",
    );
    bank.exec(`INSERT INTO KONTEN VALUES ('4', '000001', NULL, '19900101')`);
    expect(rows().map(({ KTONR }) => KTONR)).toEqual(['1', '2', '4']);
    expect(sqliteFateOf(path, 'repair-1')).toBe('aborted');
  });

  test('inserts, updates, deletes and adds in one marked transaction, in the file’s own notation', async () => {
    const log = new ChangeLog(path, () => () => undefined);
    const writes = [
      await row('1', { photo: null, balance: '-0.05' }),
      await row('2', undefined),
      await row('3', { photo: 'beef', balance: '7' }),
    ];
    const intended: unknown[] = [];
    expect(
      await job(writes, async (xid, changes) => {
        intended.push(xid, changes.length);
      }),
    ).toEqual({ type: 'done' });
    expect(intended).toEqual(['repair-1', 3]);
    expect(rows()).toEqual([
      { KTONR: '1', SALDO: '000005-', BILD: '', BUDAT: '19900101' },
      { KTONR: '3', SALDO: '000700', BILD: 'BEEF', BUDAT: '19900105' },
    ]);
    const events = [...log.look()].flat();
    log.close();
    expect(events.filter(({ kind }) => kind === 'commit')).toHaveLength(1);
    expect(events[1]).toMatchObject({ kind: 'message', prefix: 'chronos-repair', content: 'repair-1' });
    expect(sqliteFateOf(path, 'repair-1')).toBe('committed');

    const add = {
      kind: 'add',
      entity: 'account',
      key: '["1"]',
      add: new Map([['balance', '1.00']]),
    } as const;
    bank.exec(`UPDATE KONTEN SET SALDO = '000010' WHERE KTONR = '1'`);
    expect(
      await writeSqliteRows(path, {
        universe: 'legacy',
        entities: [entity],
        writes: [add],
        pairs: noPairs,
        id: 'repair-2',
        prefix: 'chronos-repair',
        intend: async () => undefined,
      }),
    ).toEqual({ type: 'done' });
    expect(rows()[0]).toMatchObject({ SALDO: '000110' });
  });

  test('never overwrites a newer change, gives way to a writer, and leaves nothing behind', async () => {
    const stale = await row('1', { photo: null, balance: '5' });
    bank.exec(`UPDATE KONTEN SET SALDO = '000101' WHERE KTONR = '1'`);
    expect(await job([stale])).toEqual({ type: 'changed' });
    const fresh = await row('1', { photo: null, balance: '5' });
    bank.exec(`BEGIN IMMEDIATE`);
    expect(await job([fresh])).toEqual({ type: 'changed' });
    bank.exec('COMMIT');
    await expect(job([fresh], () => Promise.reject(new Error('no journal')))).rejects.toThrow('no journal');
    expect(rows()[0]).toMatchObject({ SALDO: '000101' });
    expect(sqliteFateOf(path, 'repair-1')).toBe('aborted');
  });

  test('a row that a trigger of the file’s own does not let go is told of', async () => {
    bank.exec('CREATE TRIGGER stay BEFORE DELETE ON KONTEN BEGIN SELECT RAISE(IGNORE); END');
    expect(await job([await row('2', undefined)])).toMatchObject({
      type: 'refused',
      reason: expect.stringContaining('account ["2"]: legacy does not let the row go'),
    });
    bank.exec('DROP TRIGGER stay');
    expect(await job([await row('2', undefined)])).toEqual({ type: 'done' });
    expect(rows().map(({ KTONR }) => KTONR)).toEqual(['1']);
  });

  test('what the file does not take is refused with the reason', async () => {
    expect(await job([await row('1', { photo: null, balance: '6.66' })])).toEqual({
      type: 'refused',
      reason: expect.stringContaining('CHECK constraint failed'),
    });
    expect(await job([await row('1', { photo: null, balance: '12345678' })])).toEqual({
      type: 'refused',
      reason: expect.stringContaining('longer than 6 characters'),
    });
    expect(rows()[0]).toMatchObject({ SALDO: '000100' });
  });
});

describe('rows whose ids the file makes by itself', () => {
  let known: Partners;
  let learned: IdPair[];
  const pairs: PairSource = {
    partners: async () => known,
    async learn(made) {
      learned.push(...made);
      return true;
    },
  };
  let entities: CompiledEntity[];

  beforeEach(async () => {
    known = new Partners([{ bijection: 'orders', legacy: '1', modern: 'aa' }]);
    learned = [];
    bank.exec(`CREATE TABLE BESTELLUNG (NR INTEGER PRIMARY KEY, WARE TEXT NOT NULL);
      CREATE TABLE ZAHLUNG (NR TEXT PRIMARY KEY NOT NULL, BESTELLUNG INTEGER NOT NULL);
      CREATE TABLE BRIEF (NR TEXT PRIMARY KEY NOT NULL);
      INSERT INTO BESTELLUNG VALUES (1, 'lamp'), (7, 'chair')`);
    const orders = (name: string, column: string) => ({
      name,
      legacy: column,
      modern: name,
      identifiers: 'orders',
    });
    const declared = entanglement([
      {
        name: 'order',
        legacy: { table: 'BESTELLUNG' },
        modern: { table: 'orders' },
        key: ['id'],
        fields: [orders('id', 'NR'), { name: 'item', legacy: 'WARE', modern: 'item' }],
      },
      {
        name: 'payment',
        legacy: { table: 'ZAHLUNG' },
        modern: { table: 'payments' },
        key: ['id'],
        dependsOn: ['order'],
        fields: [{ name: 'id', legacy: 'NR', modern: 'id' }, orders('order', 'BESTELLUNG')],
      },
      {
        name: 'letter',
        legacy: { table: 'BRIEF' },
        modern: { table: 'letters' },
        key: ['id'],
        fields: [orders('id', 'NR')],
      },
    ]);
    const modern = testCatalog(
      testTable('orders', { id: 'uuid', item: 'text' }),
      testTable('payments', { id: 'text', order: 'uuid' }),
      testTable('letters', { id: 'uuid' }),
    );
    const legacy = await catalogOf(
      `sqlite:${path}`,
      ['BESTELLUNG', 'ZAHLUNG', 'BRIEF'].map((name) => `public.${name}`),
    );
    entities = compileEntities(declared, { legacy, modern }, { mask: (text) => text });
  });

  const common = () => new CommonNames(new SqliteSide(path, 'legacy'), 'legacy', pairs);
  const made = (entity: string, values: Record<string, string>): Write => ({
    kind: 'row',
    entity,
    key: JSON.stringify([values.id]),
    version: undefined,
    before: undefined,
    after: new Map(Object.entries(values)),
  });
  const write = (...writes: Write[]) =>
    writeSqliteRows(path, {
      universe: 'legacy',
      entities,
      writes,
      pairs,
      id: 'repair-3',
      prefix: 'chronos-repair',
      intend: async () => undefined,
    });

  test('a new one gets the next, what names it names that, and the pair is learned; once more it is the same row', async () => {
    const writes = [
      made('payment', { id: 'P1', order: '⟨modern:bb⟩' }),
      made('order', { id: '⟨modern:bb⟩', item: 'sofa' }),
    ];
    expect(await write(...writes)).toEqual({ type: 'done' });
    expect(learned).toEqual([{ bijection: 'orders', legacy: '8', modern: 'bb' }]);
    expect(bank.prepare('SELECT * FROM BESTELLUNG WHERE NR > 7').all()).toEqual([{ NR: 8, WARE: 'sofa' }]);
    expect(bank.prepare('SELECT * FROM ZAHLUNG').all()).toEqual([{ NR: 'P1', BESTELLUNG: 8 }]);
    expect(await write(...writes)).toEqual({ type: 'changed' });
  });

  test('those that are there are found, compared, changed and deleted by the name that both universes have', async () => {
    const [order] = entities as [CompiledEntity];
    const found = await common().rows(order, [['⟨modern:aa⟩'], ['7'], ['⟨modern:zz⟩']]);
    expect([...found].map(([key, { values }]) => [key, values.get('id')])).toEqual([
      ['["⟨modern:aa⟩"]', '1'],
      ['["7"]', '7'],
    ]);
    const hash = (item: string, id: string) =>
      JSON.stringify([createHash('md5').update(`(${item})`).digest('hex'), id]);
    const all = { from: undefined, to: undefined };
    const expected = new Map([
      ['["1"]', hash('lamp', '1')],
      ['["7"]', hash('chair', '7')],
    ]);
    expect(await common().hashes(order, all)).toEqual(expected);
    expect(await common().hashesOf(order, [['1'], ['7']])).toEqual(expected);
    expect(await common().alike(order, new Map([['item', 'lamp']]), 9)).toMatchObject([
      { values: new Map(Object.entries({ id: '1', item: 'lamp' })) },
    ]);
    const now = await common().rows(order, [['1'], ['7']]);
    const was = (key: string) => ({
      kind: 'row' as const,
      entity: 'order',
      key,
      version: now.get(key)?.version,
      before: now.get(key)?.values,
    });
    const after = new Map([
      ['id', '1'],
      ['item', 'desk'],
    ]);
    expect(await write({ ...was('["1"]'), after }, { ...was('["7"]'), after: undefined })).toEqual({
      type: 'done',
    });
    expect(bank.prepare('SELECT * FROM BESTELLUNG').all()).toEqual([{ NR: 1, WARE: 'desk' }]);
  });

  test('where the file makes none, the row is refused with the remedy', async () => {
    expect(await write(made('letter', { id: '⟨modern:cc⟩' }))).toEqual({
      type: 'refused',
      reason:
        "letter.id: legacy's file gives a new row no NR of its own: make it INTEGER PRIMARY KEY, or give it a DEFAULT",
    });
  });
});
