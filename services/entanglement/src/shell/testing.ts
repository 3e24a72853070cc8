import { create } from '@bufbuild/protobuf';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import { type Entanglement, EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import pg from 'pg';
import { compileEntities, tablesOf } from '../core/mapping/compile.ts';
import type { CompiledEntity } from '../core/mapping/entity.ts';
import { readCatalog } from './catalog.ts';
import { entityPool, PostgresSide } from './verify/postgres-side.ts';

/** A little shop kept in two databases of one cluster, in different representations: owners have accounts, accounts have entries. */
export interface Shop {
  readonly postgres: TestPostgres;
  readonly legacy: pg.Pool;
  readonly modern: pg.Pool;
  readonly urls: { readonly legacy: string; readonly modern: string };
  readonly sides: { readonly legacy: PostgresSide; readonly modern: PostgresSide };
  readonly entanglement: Entanglement;
  entities(): Promise<CompiledEntity[]>;
  dispose(): Promise<void>;
}

const LEGACY = `
  CREATE TABLE states (id integer PRIMARY KEY, code char(1) NOT NULL UNIQUE);
  INSERT INTO states VALUES (1, 'A'), (2, 'S');
  CREATE TABLE owner (nr char(8) PRIMARY KEY, name char(30) NOT NULL, born integer NOT NULL);
  CREATE TABLE account (id integer PRIMARY KEY, owner_nr char(8) NOT NULL REFERENCES owner, state integer NOT NULL REFERENCES states, cents bigint NOT NULL);
  CREATE TABLE entry (id serial PRIMARY KEY, account integer NOT NULL REFERENCES account, cents bigint NOT NULL, note text)`;
const MODERN = `
  CREATE TABLE owners (nr text PRIMARY KEY, name text NOT NULL, born date NOT NULL);
  CREATE TABLE accounts (id bigint PRIMARY KEY, owner text NOT NULL REFERENCES owners, state text NOT NULL, balance numeric(18,2) NOT NULL, source text NOT NULL);
  CREATE TABLE entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account bigint NOT NULL REFERENCES accounts, amount numeric(18,2) NOT NULL, note text)`;

export async function withShop(): Promise<Shop> {
  const postgres = await withPostgres({ database: 'legacy' });
  const admin = new pg.Client({ connectionString: postgres.superUrl });
  await admin.connect();
  await admin.query('CREATE DATABASE modern OWNER test');
  await admin.end();
  const urls = { legacy: postgres.url, modern: postgres.url.replace(/\/legacy$/, '/modern') };
  const legacy = entityPool(urls.legacy);
  const modern = entityPool(urls.modern);
  await legacy.query(LEGACY);
  await modern.query(MODERN);
  const entanglement = shopEntanglement();
  return {
    postgres,
    legacy,
    modern,
    urls,
    sides: { legacy: new PostgresSide(legacy, 'legacy'), modern: new PostgresSide(modern, 'modern') },
    entanglement,
    async entities() {
      const catalogs = {
        legacy: await readCatalog(legacy, tablesOf(entanglement, 'legacy')),
        modern: await readCatalog(modern, tablesOf(entanglement, 'modern')),
      };
      return compileEntities(entanglement, catalogs, { mask: (text) => `masked ${text.length}` });
    },
    async dispose() {
      await legacy.end();
      await modern.end();
      await postgres.dispose();
    },
  };
}

function shopEntanglement(): Entanglement {
  return create(EntanglementSchema, {
    entities: [
      {
        name: 'owner',
        legacy: { table: 'owner' },
        modern: { table: 'owners' },
        key: ['nr'],
        fields: [
          { name: 'nr', legacy: 'nr', modern: 'nr', old: { pad: '0', width: 8 } },
          { name: 'name', legacy: 'name', modern: 'name', sensitive: true },
          {
            name: 'born',
            legacy: 'born',
            modern: 'born',
            date: { legacy: 'YYYYMMDD', modern: 'YYYY-MM-DD' },
          },
        ],
      },
      {
        name: 'account',
        legacy: { table: 'account', lookups: [{ name: 'state', table: 'states', on: { state: 'id' } }] },
        modern: { table: 'accounts', fill: [{ column: 'source', value: 'chronos' }] },
        key: ['id'],
        dependsOn: ['owner'],
        fields: [
          { name: 'id', legacy: 'id', modern: 'id' },
          { name: 'owner', legacy: 'owner_nr', modern: 'owner', old: { pad: '0', width: 8 } },
          { name: 'state', legacy: 'state.code', modern: 'state', codes: { A: 'active', S: 'blocked' } },
          { name: 'balance', legacy: 'cents', modern: 'balance', unit: Unit.MINOR_UNITS },
        ],
      },
      {
        name: 'entry',
        legacy: { table: 'entry' },
        modern: { table: 'entries' },
        key: ['id'],
        dependsOn: ['account'],
        fields: [
          { name: 'id', legacy: 'id', modern: 'id' },
          { name: 'account', legacy: 'account', modern: 'account' },
          { name: 'amount', legacy: 'cents', modern: 'amount', unit: Unit.MINOR_UNITS },
          { name: 'note', legacy: 'note', modern: 'note' },
        ],
      },
    ],
  });
}

/** Owners, accounts and entries in legacy alone, or in both. */
export async function fillShop(shop: Shop, accounts: number, where: 'legacy' | 'both'): Promise<void> {
  const numbers = `generate_series(1, ${accounts}) n`;
  await shop.legacy.query(`INSERT INTO owner SELECT lpad(n::text, 8, '0'), 'Owner ' || n, 19700101 + n % 28 FROM ${numbers};
    INSERT INTO account SELECT n, lpad(n::text, 8, '0'), 1 + n % 2, n * 101 FROM ${numbers};
    INSERT INTO entry (account, cents, note) SELECT n, n * 101, CASE WHEN n % 3 > 0 THEN 'note ' || n END FROM ${numbers}; ANALYZE`);
  if (where === 'legacy') return;
  await shop.modern.query(`INSERT INTO owners SELECT n::text, 'Owner ' || n, '1970-01-01'::date + n % 28 FROM ${numbers};
    INSERT INTO accounts SELECT n, n::text, CASE n % 2 WHEN 0 THEN 'active' ELSE 'blocked' END, n * 1.01, 'test' FROM ${numbers};
    INSERT INTO entries OVERRIDING SYSTEM VALUE SELECT n, n, n * 1.01, CASE WHEN n % 3 > 0 THEN 'note ' || n END FROM ${numbers}; ANALYZE`);
}
