/** The bank's file maps both books onto each other: proven on both banks after the same operations, in both directions of repair. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { population } from '@chronos/bank-data/population.ts';
import { parseMigrationFile } from '@chronos/cli/core/migration-file/parse.ts';
import type { Universe } from '@chronos/entanglement/core/mapping/catalog.ts';
import { compileEntities, inDependencyOrder, tablesOf } from '@chronos/entanglement/core/mapping/compile.ts';
import { readCatalog } from '@chronos/entanglement/shell/catalog.ts';
import { entityPool, PostgresSide } from '@chronos/entanglement/shell/verify/postgres-side.ts';
import { repairRow } from '@chronos/entanglement/shell/verify/repair-row.ts';
import { VerificationJob } from '@chronos/entanglement/shell/verify/verification-job.ts';
import { startBank as startLegacy } from '@chronos/legacy-bank/server.ts';
import { withPostgres } from '@chronos/local/testing.ts';
import { BUILDS } from '@chronos/modern-bank/core/builds.ts';
import { startBank as startModern } from '@chronos/modern-bank/server.ts';
import { JobState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { afterEach, expect, jest, test } from '@jest/globals';
import { BankClient, randomNumbers, randomOperation } from '../services/modern-bank/test/operations.ts';

jest.setTimeout(90_000);

const jwtKey = 'a key that both universes have, 32+';
const customers = population().slice(0, 20);
const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end();
});

test('after the same operations both books are equal; what is changed behind their backs is found and repaired', async () => {
  const databases = await Promise.all([withPostgres(), withPostgres()]);
  cleanUp.push(() => Promise.all(databases.map((database) => database.dispose())));
  const urls = { legacy: databases[0].url, modern: databases[1].url };
  const legacy = await startLegacy({ port: 0, databaseUrl: urls.legacy, jwtKey });
  const modern = await startModern({ build: BUILDS.v2, port: 0, databaseUrl: urls.modern, jwtKey });
  cleanUp.push(
    () => legacy.close(),
    () => modern.close(),
  );
  const clients = [new BankClient(legacy.address), new BankClient(modern.address)];
  const random = randomNumbers(7);
  for (let i = 0; i < 200; i += 1) {
    const operation = randomOperation(customers, random, `key-${i - (i % 13 === 12 ? 1 : 0)}`);
    await Promise.all(clients.map((client) => client.do(operation)));
  }

  const pools = { legacy: entityPool(urls.legacy), modern: entityPool(urls.modern) };
  cleanUp.push(() => Promise.all([pools.legacy.end(), pools.modern.end()]));
  const verify = await verification(pools);
  const first = await verify();
  expect(first.differences).toEqual([]);
  expect(first.state).toBe(JobState.CLEAN);
  expect(first.entities.every(({ note, rowsLegacy }) => note === '' && rowsLegacy > 0n)).toBe(true);

  // Modern loses an interest booking, a refused order and an answered one; legacy's are right.
  await pools.modern.query(`DELETE FROM entries WHERE kind = 'interest' AND (account_id, number) IN (SELECT account_id, max(number) FROM entries GROUP BY 1);
    DELETE FROM answered_requests WHERE refusal IS NOT NULL; UPDATE answered_requests SET answer = NULL WHERE answer IS NOT NULL`);
  const second = await verify('legacy');
  expect(second.differences.map(({ repairFailure }) => repairFailure).filter((text) => text !== '')).toEqual(
    [],
  );
  expect(new Set(second.differences.map(({ entity }) => entity))).toEqual(new Set(['entry', 'order']));
  expect(second.state).toBe(JobState.CLEAN);

  // Two bookings have changed places, and modern's own check ties what it alone keeps of an interest to its kind.
  const { rows: crossed } = await pools.modern.query<{ account: string; interest: string; transfer: string }>(
    `SELECT a.account_id AS account, a.number AS interest, b.number AS transfer
     FROM entries a JOIN entries b USING (account_id) WHERE a.kind = 'interest' AND b.kind LIKE 'transfer%' LIMIT 1`,
  );
  expect(crossed).toHaveLength(1);
  for (const { account, interest, transfer } of crossed)
    for (const [from, to] of [
      [interest, '-1'],
      [transfer, interest],
      ['-1', transfer],
    ])
      await pools.modern.query('UPDATE entries SET number = $3 WHERE account_id = $1 AND number = $2', [
        account,
        from,
        to,
      ]);
  const third = await verify('legacy');
  expect(third.differences.map(({ repairFailure }) => repairFailure)).toEqual(['', '']);
  expect(third.state).toBe(JobState.CLEAN);

  // The other way round, as after the hot-swap.
  await pools.legacy.query(
    `DELETE FROM auftrag; UPDATE ktostam SET ktosal = ktosal + 1, ktosta = 'S' WHERE ktonr = '1000011'`,
  );
  expect((await verify('modern')).state).toBe(JobState.CLEAN);
  expect((await verify()).state).toBe(JobState.CLEAN);

  // A customer's retry still gets its first answer from either.
  const again = randomOperation(customers, randomNumbers(7), 'key-0');
  const [a, b] = await Promise.all(clients.map((client) => client.do(again)));
  expect(a).toEqual(b);
});

/** Verifies both databases; with an authority, repairs the other one. */
async function verification(pools: Record<Universe, ReturnType<typeof entityPool>>) {
  const text = await readFile(join(import.meta.dirname, '../deploy/migrations/bank.yaml'), 'utf8');
  const parsed = parseMigrationFile(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { entanglement } = parsed.migration;
  if (entanglement === undefined) throw new Error('bank.yaml declares no entities');
  const catalogs = {
    legacy: await readCatalog(pools.legacy, tablesOf(entanglement, 'legacy')),
    modern: await readCatalog(pools.modern, tablesOf(entanglement, 'modern')),
  };
  const entities = inDependencyOrder(compileEntities(entanglement, catalogs, { mask: () => 'masked' }));
  const sides = {
    legacy: new PostgresSide(pools.legacy, 'legacy'),
    modern: new PostgresSide(pools.modern, 'modern'),
  };
  return async (authority?: Universe) => {
    const other = authority === 'legacy' ? 'modern' : 'legacy';
    const job = new VerificationJob(
      entities,
      sides,
      {
        migration: 'bank',
        rowsPerSecond: 0,
        times: { quietMs: 100, givenUpAfterMs: 5_000 },
        ...(authority && {
          repair: async (row) => {
            const { outcome } = await repairRow({
              entity: row.entity,
              key: row.key,
              authority: { universe: authority, pool: pools[authority] },
              target: { universe: other, pool: pools[other] },
              prefix: 'chronos-repair',
              id: 'test',
              targetVersion: row[other]?.version,
            });
            return outcome === 'repaired';
          },
        }),
      },
      async () => {},
    );
    await job.run(new AbortController().signal);
    return job.state;
  };
}
