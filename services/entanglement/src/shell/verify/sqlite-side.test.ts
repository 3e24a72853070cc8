import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compileEntities } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { untoldColumns } from '../../core/mapping/generated-columns.ts';
import { entanglement, testCatalog, testTable } from '../../core/mapping/testing.ts';
import { sumOf } from '../../core/verify/row-hash.ts';
import { sqliteRange } from '../../core/verify/sqlite-range.ts';
import { catalogOf } from '../catalog-of.ts';
import { SqliteSide } from './sqlite-side.ts';

let dir: string;
let bank: DatabaseSync;
let entity: CompiledEntity;
let side: SqliteSide;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chronos-sqlite-'));
  const path = join(dir, 'books.db');
  bank = new DatabaseSync(path);
  bank.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE KONTEN (KTONR TEXT PRIMARY KEY NOT NULL, ART TEXT NOT NULL, SALDO TEXT, ALT INTEGER NOT NULL DEFAULT 0);
    INSERT INTO KONTEN (KTONR, ART, SALDO) VALUES ('0009', 'GK', '000005-'), ('0010', 'SP', '000150'), ('0002', 'XX', NULL);
    INSERT INTO KONTEN VALUES ('0011', 'GK', '000001', 1)`);
  const declared = entanglement([
    {
      name: 'account',
      legacy: { table: 'KONTEN', where: [{ column: 'ALT', values: ['0'] }] },
      modern: { table: 'accounts' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'KTONR', modern: 'id', old: { pad: '0', width: 4 } },
        { name: 'kind', legacy: 'ART', modern: 'kind', codes: { GK: 'current', SP: 'savings' } },
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
  const modern = testCatalog(testTable('accounts', { id: 'text', kind: 'text', balance: 'numeric?' }));
  const legacy = await catalogOf(`sqlite:${path}`, ['public.KONTEN']);
  [entity] = compileEntities(declared, { legacy, modern }, { mask: (text) => text }) as [CompiledEntity];
  side = new SqliteSide(path, 'legacy');
});

afterEach(() => {
  bank.close();
  rmSync(dir, { recursive: true, force: true });
});

const all = { from: undefined, to: undefined };
/** As Postgres hashes the other side's: balance, id, kind. */
const hash = (row: string) => createHash('md5').update(row).digest('hex');

describe('a SQLite file as a side of a verification', () => {
  test('its rows are hashed to what Postgres makes of theirs, in its order of keys', async () => {
    const hashes = { '["10"]': '(1.5,10,savings)', '["2"]': '(,2,?XX)', '["9"]': '(-0.05,9,current)' };
    expect(Object.fromEntries(await side.hashes(entity, all))).toEqual(
      Object.fromEntries(Object.entries(hashes).map(([key, row]) => [key, hash(row)])),
    );
    const sum = Object.values(hashes).reduce((total, row) => total + sumOf(hash(row)), 0n);
    expect(await side.checksum(entity, all)).toEqual({ rows: 3, sum: String(sum) });
    // By the bytes of the canonical text.
    expect((await side.page(entity, all, 9)).rows.map(({ values }) => values.get('id'))).toEqual([
      '10',
      '2',
      '9',
    ]);
    expect(await side.boundary(entity, all, 1)).toEqual(['2']);
    expect(await side.boundary(entity, all, 3)).toBeUndefined();
    expect((await side.checksum(entity, { from: ['2'], to: ['9'] })).rows).toBe(1);
    expect(await side.isFilled(entity)).toBe(true);
    expect(await side.estimate(entity)).toBe(4);
  });

  test('finds rows by their keys; their version changes with them', async () => {
    const keys = [['9'], ['77'], ['11'], ['12345']];
    const before = await side.rows(entity, keys);
    expect([...before.keys()]).toEqual(['["9"]']);
    expect(before.get('["9"]')?.values.get('balance')).toBe('-0.05');
    bank.exec(`UPDATE KONTEN SET SALDO = '000006' WHERE KTONR = '0009'`);
    const after = await side.rows(entity, keys);
    expect(after.get('["9"]')?.version).not.toBe(before.get('["9"]')?.version);
    expect(await side.hashesOf(entity, [['9']])).toEqual(new Map([['["9"]', hash('(0.06,9,current)')]]));
  });

  test('bytes where the column holds text could not be read: they are no text that looks like them', async () => {
    bank.exec(`CREATE TABLE T (ID INTEGER PRIMARY KEY, WORT TEXT, BILD BLOB);
      INSERT INTO T VALUES (1, x'4747', '\\x4747'), (2, '\\x4747', x'4747')`);
    const fields = ['ID', 'WORT', 'BILD'].map((name) => ({ name, legacy: name, modern: name }));
    const declared = entanglement([
      { name: 't', legacy: { table: 'T' }, modern: { table: 't' }, key: ['ID'], fields },
    ]);
    const modern = testCatalog(testTable('t', { ID: 'int8', WORT: 'text?', BILD: 'bytea?' }, ['ID']));
    const legacy = await catalogOf(`sqlite:${join(dir, 'books.db')}`, ['public.T']);
    const [t] = compileEntities(declared, { legacy, modern }, { mask: (text) => text });
    const { rows } = await side.page(t as CompiledEntity, all, 9);
    expect(rows.map(({ values }) => [values.get('WORT'), values.get('BILD')])).toEqual([
      ["?x'4747'", '??\\x4747'],
      ['\\x4747', '4747'],
    ]);
  });

  test('a generated column is compared, and known as one', async () => {
    bank.exec(`CREATE TABLE G (ID INTEGER PRIMARY KEY, WORT TEXT, GROSS TEXT GENERATED ALWAYS AS (upper(WORT)) STORED);
      INSERT INTO G (ID, WORT) VALUES (1, 'soll')`);
    const fields = ['ID', 'GROSS'].map((name) => ({ name, legacy: name, modern: name }));
    const declared = entanglement([
      { name: 'g', legacy: { table: 'G' }, modern: { table: 'g' }, key: ['ID'], fields },
    ]);
    const modern = testCatalog(testTable('g', { ID: 'int8', GROSS: 'text?' }, ['ID']));
    const legacy = await catalogOf(`sqlite:${join(dir, 'books.db')}`, ['public.G']);
    expect(untoldColumns(declared, 'legacy', legacy)).toHaveLength(1);
    const [g] = compileEntities(declared, { legacy, modern }, { mask: (text) => text }) as [CompiledEntity];
    expect((await side.page(g, all, 9)).rows.map(({ values }) => values.get('GROSS'))).toEqual(['SOLL']);
    expect(
      g.row(
        'legacy',
        new Map([
          ['ID', '1'],
          ['GROSS', 'HABEN'],
        ]),
      ),
    ).toEqual({ ID: '1' });
  });

  describe('goes by the index of a key that both sides have in the same order', () => {
    const keys = ['B 9', 'Z 1', 'a 9', 'a 9007199254740993', 'b 10', 'ä 1'].map((key) => key.split(' '));

    async function bookings(collation: string): Promise<CompiledEntity> {
      bank.exec(`CREATE TABLE BUCHUNG (KONTO TEXT ${collation} NOT NULL, NR INTEGER NOT NULL, ART TEXT, PRIMARY KEY (KONTO, NR));
        INSERT INTO BUCHUNG VALUES ('b', 10, 'x'), ('B', 9, 'x'), ('a', 9, 'x'), ('a', -1, 'y'), ('a', 9007199254740993, 'x'), ('ä', 1, 'x'), ('Z', 1, 'x')`);
      const declared = entanglement([
        {
          name: 'booking',
          legacy: { table: 'BUCHUNG', where: [{ column: 'ART', values: ['x'] }] },
          modern: { table: 'bookings' },
          key: ['account', 'nr'],
          fields: [
            { name: 'account', legacy: 'KONTO', modern: 'account' },
            { name: 'nr', legacy: 'NR', modern: 'nr' },
            { name: 'kind', legacy: 'ART', modern: 'kind' },
          ],
        },
      ]);
      const modern = testCatalog(
        testTable('bookings', { account: 'text', nr: 'int8', kind: 'text' }, ['account', 'nr']),
      );
      const legacy = await catalogOf(`sqlite:${join(dir, 'books.db')}`, ['public.BUCHUNG']);
      return compileEntities(declared, { legacy, modern }, { mask: (text) => text })[0] as CompiledEntity;
    }

    const rangeOf = (booking: CompiledEntity) =>
      sqliteRange(booking, 'legacy', { from: ['a', '9'], to: ['b', '10'] });

    test('a range is found without reading the rest of the table', async () => {
      const range = rangeOf(await bookings(''));
      const plan = bank
        .prepare(`EXPLAIN QUERY PLAN SELECT * FROM BUCHUNG${range?.sql}`)
        .all(...(range?.values ?? []));
      expect(plan.map(({ detail }) => detail)).toEqual([
        expect.stringMatching(/^SEARCH BUCHUNG USING INDEX .*\(KONTO,NR\)>\(\?,\?\) AND \(KONTO,NR\)</),
      ]);
    });

    test('not of another order: padded numbers, a collation of the column’s own', async () => {
      expect(rangeOf(await bookings('COLLATE NOCASE'))).toBeUndefined();
      expect(sqliteRange(entity, 'legacy', all)).toBeUndefined();
    });

    test.each(['', 'COLLATE NOCASE'])(
      'with or without it (%j) in the order of bytes and of whole numbers; rows of other entities are not counted',
      async (collation) => {
        const booking = await bookings(collation);
        const { rows: found } = await side.page(booking, all, 99);
        expect(found.map(({ values }) => [values.get('account'), values.get('nr')])).toEqual(keys);
        for (const [at, key] of keys.entries()) expect(await side.boundary(booking, all, at)).toEqual(key);
        expect(await side.boundary(booking, all, keys.length)).toBeUndefined();
        for (const [at, from] of keys.entries())
          expect((await side.checksum(booking, { from, to: keys[at + 2] })).rows).toBe(
            Math.min(2, keys.length - at),
          );
        const {
          rows: [next],
        } = await side.page(booking, { from: ['a', '10'], to: undefined }, 1);
        expect(next?.values.get('nr')).toBe('9007199254740993');
      },
    );
  });
});

test('what is read when it is cancelled ends soon; what is read afterwards is not touched by it', async () => {
  bank.exec(`WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 8999)
    INSERT INTO KONTEN (KTONR, ART, SALDO) SELECT i, 'GK', '000001' FROM n`);
  const reading = [side.checksum(entity, all), side.hashes(entity, all), side.boundary(entity, all, 7_000)];
  const ended = Promise.allSettled(reading);
  side.cancel();
  const outcomes = await ended;
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect((await side.checksum(entity, all)).rows).toBe(8_003);
});
