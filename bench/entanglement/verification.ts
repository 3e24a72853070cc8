import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import { compileEntities, tablesOf } from '@chronos/entanglement/core/mapping/compile.ts';
import type { CompiledEntity } from '@chronos/entanglement/core/mapping/entity.ts';
import { readCatalog } from '@chronos/entanglement/shell/catalog.ts';
import { entityPool, isSameRow, PostgresSide } from '@chronos/entanglement/shell/verify/postgres-side.ts';
import { keyText } from '@chronos/entanglement/shell/verify/side.ts';
import { VerificationJob } from '@chronos/entanglement/shell/verify/verification-job.ts';
import { withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { JobState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type pg from 'pg';
import { cpuMs } from '../capture/child.ts';
import { table } from '../table.ts';
import { postmasterOf, treeCpuMs } from './cpu.ts';

const pageRows = 2_000;
/** Rows that differ: they are found, and their search is part of the time. */
const planted = [17, 1_234, 40_000];

export const declared: JsonObject = {
  entities: [
    {
      name: 'account',
      legacy: { table: 'konto' },
      modern: { table: 'accounts' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'nr', modern: 'id' },
        { name: 'owner', legacy: 'inhaber', modern: 'owner', old: { pad: '0', width: 10 } },
        { name: 'status', legacy: 'status', modern: 'status', codes: { A: 'active', S: 'blocked' } },
        { name: 'balance', legacy: 'saldo', modern: 'balance', unit: 'UNIT_MINOR_UNITS' },
        {
          name: 'opened',
          legacy: 'eroeffnet',
          modern: 'opened',
          date: { legacy: 'YYYYMMDD', modern: 'YYYY-MM-DD' },
        },
      ],
    },
  ],
};

/** The same rows, as each universe keeps them. */
export const tables = {
  legacy: (rows: number) =>
    `CREATE TABLE konto (nr bigint PRIMARY KEY, inhaber char(10) NOT NULL, status char(1) NOT NULL, saldo bigint NOT NULL, eroeffnet integer NOT NULL);
     INSERT INTO konto SELECT n, lpad((n % 900000)::text, 10, '0'), CASE n % 3 WHEN 0 THEN 'S' ELSE 'A' END, n * 37 % 100000000, 20200101 + n % 28 FROM generate_series(1, ${rows}) n`,
  modern: (rows: number) =>
    `CREATE TABLE accounts (id bigint PRIMARY KEY, owner text NOT NULL, status text NOT NULL, balance numeric(18,2) NOT NULL, opened date NOT NULL);
     INSERT INTO accounts SELECT n, (n % 900000)::text, CASE n % 3 WHEN 0 THEN 'blocked' ELSE 'active' END, (n * 37 % 100000000) / 100.0, '2020-01-01'::date + (n % 28)::int FROM generate_series(1, ${rows}::bigint) n`,
};

export interface VerificationSpeed {
  readonly way: string;
  readonly rows: number;
  readonly seconds: number;
  readonly rows_per_second: number;
  readonly differing: number;
  /** CPU for a million rows, seconds. */
  readonly cpu_a_million: { readonly legacy: number; readonly modern: number; readonly chronos: number };
}

export interface VerificationOptions {
  readonly rows: number;
  /** The naive comparison is cut off after so long: its rate is what is told. */
  readonly naiveSeconds: number;
  readonly note: (line: string) => void;
}

interface Shop {
  readonly entity: CompiledEntity;
  readonly sides: { readonly legacy: PostgresSide; readonly modern: PostgresSide };
  /** Legacy's, modern's. */
  readonly postmasters: readonly [number, number];
}

/** The same table in two clusters, in different representations, compared in three ways that all read canonical values. */
export async function benchVerification(options: VerificationOptions): Promise<VerificationSpeed[]> {
  const { rows, naiveSeconds, note } = options;
  const settings = { shared_buffers: '512MB', max_wal_size: '4GB', autovacuum: 'off' };
  const clusters = await Promise.all([withPostgres({ settings }), withPostgres({ settings })]);
  const [legacy, modern] = clusters.map(({ url }) => entityPool(url)) as [pg.Pool, pg.Pool];
  try {
    note(`fills two tables of ${rows} rows`);
    for (const [pool, fill, name] of [
      [legacy, tables.legacy, 'konto'],
      [modern, tables.modern, 'accounts'],
    ] as const) {
      await pool.query(fill(rows));
      await pool.query(`VACUUM ANALYZE ${name}`);
    }
    await modern.query('UPDATE accounts SET balance = balance + 0.01 WHERE id = ANY($1)', [planted]);
    const spec = fromJson(EntanglementSchema, declared);
    const catalogs = {
      legacy: await readCatalog(legacy, tablesOf(spec, 'legacy')),
      modern: await readCatalog(modern, tablesOf(spec, 'modern')),
    };
    const [entity] = compileEntities(spec, catalogs, { mask: (text) => text });
    if (entity === undefined) throw new Error('the entity is not there');
    const shop: Shop = {
      entity,
      sides: { legacy: new PostgresSide(legacy, 'legacy'), modern: new PostgresSide(modern, 'modern') },
      postmasters: [await postmasterOf(clusters[0].url), await postmasterOf(clusters[1].url)],
    };
    note('verifies');
    const results = [await measured(shop, 'chronos verify (checksums of chunks)', () => verify(shop))];
    note('reads both in order');
    results.push(
      await measured(shop, 'rows of both read in order, compared in process', () =>
        merge(shop, naiveSeconds),
      ),
    );
    note('compares row by row');
    results.push(await measured(shop, 'row by row, by key', () => rowByRow(shop, naiveSeconds)));
    return results;
  } finally {
    await Promise.all([legacy.end(), modern.end()]);
    await Promise.all(clusters.map((cluster) => cluster.dispose()));
  }
}

/** What a way of comparing did. */
interface Done {
  readonly rows: number;
  readonly differing: number;
}

async function measured(shop: Shop, way: string, compare: () => Promise<Done>): Promise<VerificationSpeed> {
  const used = () => Promise.all([...shop.postmasters.map(treeCpuMs), cpuMs(process.pid)]);
  const before = await used();
  const begunMs = performance.now();
  const { rows, differing } = await compare();
  const seconds = (performance.now() - begunMs) / 1_000;
  const [legacy = 0, modern = 0, chronos = 0] = (await used()).map(
    (ms, at) => ((ms - (before[at] ?? 0)) / rows) * 1_000,
  );
  return {
    way,
    rows,
    seconds,
    rows_per_second: Math.round(rows / seconds),
    differing,
    cpu_a_million: { legacy, modern, chronos },
  };
}

async function verify({ entity, sides }: Shop): Promise<Done> {
  const times = { quietMs: 1, givenUpAfterMs: 10_000 };
  const job = new VerificationJob(
    [entity],
    sides,
    { migration: 'books', rowsPerSecond: 0, times },
    async () => {},
  );
  await job.run(new AbortController().signal);
  if (job.state.state !== JobState.DIFFERENT)
    throw new Error(`the verification ended otherwise: ${job.state.failure}`);
  return { rows: Number(job.state.rowsRead), differing: job.state.differences.length };
}

async function merge({ entity, sides }: Shop, seconds: number): Promise<Done> {
  const untilMs = performance.now() + seconds * 1_000;
  const done = { rows: 0, differing: 0 };
  for (let from: readonly string[] | undefined; performance.now() < untilMs; ) {
    const range = { from, to: undefined };
    const [left, right] = await Promise.all([
      sides.legacy.page(entity, range, pageRows),
      sides.modern.page(entity, range, pageRows),
    ]);
    for (let at = 0; at < left.rows.length; at += 1) {
      const [a, b] = [left.rows[at]?.values, right.rows[at]?.values];
      if (a === undefined || b === undefined || !isSameRow(entity, a, b)) done.differing += 1;
      done.rows += 1;
    }
    if (left.next === undefined) break;
    from = left.next;
  }
  return done;
}

async function rowByRow({ entity, sides }: Shop, seconds: number): Promise<Done> {
  const untilMs = performance.now() + seconds * 1_000;
  const done = { rows: 0, differing: 0 };
  for (let id = 1; performance.now() < untilMs; id += 1) {
    const key = [String(id)];
    const [left, right] = await Promise.all([
      sides.legacy.rows(entity, [key]),
      sides.modern.rows(entity, [key]),
    ]);
    const [a, b] = [left.get(keyText(key))?.values, right.get(keyText(key))?.values];
    if (a === undefined || b === undefined) break;
    if (!isSameRow(entity, a, b)) done.differing += 1;
    done.rows += 1;
  }
  return done;
}

export function verificationTable(results: readonly VerificationSpeed[]): string {
  const header = [
    'way',
    'rows',
    'seconds',
    'rows/s',
    'differing',
    'CPU s a million rows: legacy',
    'modern',
    'process',
  ];
  const rows = results.map((each) => [
    each.way,
    each.rows,
    each.seconds.toFixed(1),
    each.rows_per_second,
    each.differing,
    each.cpu_a_million.legacy.toFixed(2),
    each.cpu_a_million.modern.toFixed(2),
    each.cpu_a_million.chronos.toFixed(2),
  ]);
  return table(header, rows);
}
