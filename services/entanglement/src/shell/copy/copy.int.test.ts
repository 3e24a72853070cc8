import { setTimeout as delay } from 'node:timers/promises';
import { clone } from '@bufbuild/protobuf';
import { type Copy, CopySchema, JobState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { prefixesOf } from '../../core/change/tags.ts';
import { inDependencyOrder } from '../../core/mapping/compile.ts';
import { directRepair } from '../api/start-verification.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import type { JobPosition } from '../store/job-store.ts';
import { fillShop, type Shop, withShop } from '../testing.ts';
import { VerificationJob } from '../verify/verification-job.ts';
import { ChangeFollower } from './change-follower.ts';
import { CopyJob, type CopyOptions, type SaveCopy } from './copy-job.ts';
import { refuseFilled } from './refuse-filled.ts';

const ACCOUNTS = 900;
let shop: Shop;
jest.setTimeout(60_000);

beforeAll(async () => {
  shop = await withShop();
});
afterAll(() => shop.dispose());

beforeEach(async () => {
  await shop.legacy.query('TRUNCATE owner, account, entry RESTART IDENTITY');
  await shop.modern.query('TRUNCATE owners, accounts, entries RESTART IDENTITY');
  await fillShop(shop, ACCOUNTS, 'legacy');
});

const nothing = async () => {};

async function verification(withRepair: boolean, signal: AbortSignal) {
  const job = new VerificationJob(
    inDependencyOrder(await shop.entities()),
    shop.sides,
    {
      migration: 'shop',
      rowsPerSecond: 0,
      times: { quietMs: 200, givenUpAfterMs: 3_000 },
      ...(withRepair &&
        directRepair(
          {
            pools: { legacy: shop.legacy, modern: shop.modern },
            sides: shop.sides,
            pairs: noPairs,
            prefixes: prefixesOf('bank7'),
          },
          'legacy',
        )),
    },
    nothing,
  );
  await job.run(signal);
  return job.state;
}

async function copyJob(
  options: Partial<CopyOptions> = {},
  save: SaveCopy = nothing,
  resumed?: { job: Copy; position: JobPosition },
): Promise<CopyJob> {
  return new CopyJob(
    inDependencyOrder(await shop.entities()),
    shop.sides,
    {
      migration: 'shop',
      target: shop.modern,
      prefix: 'bank7-copy',
      rowsPerSecond: 0,
      intoFilled: false,
      chunkRows: 150,
      catchUp: (signal) => verification(true, signal),
      ...options,
    },
    save,
    resumed,
  );
}

describe('copy', () => {
  test('fills an empty modern database under live traffic; ids go on behind the largest; its writes are marked', async () => {
    await shop.modern.query(`SELECT pg_create_logical_replication_slot('marks', 'test_decoding')`);
    const stop = new AbortController();
    const traffic = liveTraffic(stop.signal);
    const job = await copyJob();
    const running = job.run(new AbortController().signal);
    await delay(300).then(() => stop.abort());
    const last = await traffic;
    await running;
    expect(job.state.failure).toBe('');
    expect(job.state.state).toBe(JobState.CLEAN);
    expect((await verification(false, new AbortController().signal)).state).toBe(JobState.CLEAN);
    const { rows } = await shop.modern.query(
      'INSERT INTO entries (account, amount) VALUES (1, 1) RETURNING id',
    );
    expect(Number(rows[0].id)).toBeGreaterThan(last);
    const marks = await shop.modern.query(
      `SELECT DISTINCT data FROM pg_logical_slot_peek_changes('marks', NULL, NULL) WHERE data LIKE '%bank7-copy%'`,
    );
    expect(marks.rows[0].data).toContain(job.state.id);
    await shop.modern.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1');
    await verification(true, new AbortController().signal);
    const messages = await shop.modern.query<{ data: string }>(
      `SELECT data FROM pg_logical_slot_get_changes('marks', NULL, NULL) WHERE data LIKE 'message: %'`,
    );
    expect(messages.rows.at(-1)?.data).toContain('prefix: bank7-repair');
    expect(messages.rows.filter(({ data }) => !data.includes('prefix: bank7-'))).toEqual([]);
    await shop.modern.query(`SELECT pg_drop_replication_slot('marks')`);
  });

  test('refuses a database with rows, naming the tables, unless told', async () => {
    await shop.modern.query(
      `INSERT INTO owners VALUES ('1', 'Wrong', '1999-01-01'), ('extra', 'Own', '1999-01-01')`,
    );
    const refused = refuseFilled(
      inDependencyOrder(await shop.entities()),
      shop.sides.modern,
      async () => new Map(),
    );
    await expect(refused).rejects.toThrow(/^modern has rows already in public\.owners: /);
    const told = await copyJob({ intoFilled: true, catchUp: (signal) => verification(false, signal) });
    await told.run(new AbortController().signal);
    const { rows } = await shop.modern.query(
      `SELECT name FROM owners WHERE nr IN ('1', 'extra') ORDER BY nr`,
    );
    expect(rows).toEqual([{ name: 'Owner 1' }, { name: 'Own' }]);
  });

  test('texts that look like what Chronos itself writes of unreadable bytes are copied and repaired', async () => {
    await shop.legacy.query(`UPDATE entry SET note = '?x''00''' WHERE id <= 340`);
    const job = await copyJob();
    await job.run(new AbortController().signal);
    expect([job.state.failure, job.state.state]).toEqual(['', JobState.CLEAN]);
    await shop.modern.query(`UPDATE entries SET note = 'other' WHERE id <= 3`);
    expect((await verification(true, new AbortController().signal)).state).toBe(JobState.CLEAN);
    const { rows } = await shop.modern.query(
      `SELECT count(*)::int AS n FROM entries WHERE note = '?x''00'''`,
    );
    expect(rows).toEqual([{ n: 340 }]);
  });

  test('stopped in the middle, it goes on from there', async () => {
    const stop = new AbortController();
    let last: { job: Copy; position: JobPosition } | undefined;
    const filled: boolean[] = [];
    const first = await copyJob({}, async (job, position) => {
      last = { job: clone(CopySchema, job), position };
      const [owner] = await shop.entities();
      if (owner !== undefined) filled.push(await shop.sides.modern.isFilled(owner));
      if (position.entity === 1 && position.from !== null) stop.abort();
    });
    await first.run(stop.signal);
    expect(first.state.state).toBe(JobState.STOPPED);
    // Before its first row: one whose process dies then can be resumed.
    expect(filled.slice(0, 2)).toEqual([false, true]);
    const second = await copyJob({}, nothing, last);
    await second.run(new AbortController().signal);
    expect(second.state.state).toBe(JobState.CLEAN);
    expect(second.state.entities.map(({ rowsWritten }) => rowsWritten)).toEqual([900n, 900n, 900n]);
  });

  test('rows of one chunk may refer to each other, where the database checks that at the end', async () => {
    await shop.legacy.query('TRUNCATE owner, account, entry RESTART IDENTITY');
    await fillShop(shop, 2_300, 'legacy');
    await shop.legacy.query('UPDATE entry SET account = 2300 WHERE id = 1');
    await shop.modern.query(
      'ALTER TABLE entries ADD CONSTRAINT circle FOREIGN KEY (account) REFERENCES entries (id) DEFERRABLE',
    );
    try {
      const job = await copyJob({ chunkRows: 2_500 });
      await job.run(new AbortController().signal);
      expect(job.state.entities.map(({ rowsWritten }) => rowsWritten)).toEqual([2_300n, 2_300n, 2_300n]);
      expect(job.state.state).toBe(JobState.CLEAN);
    } finally {
      await shop.modern.query('ALTER TABLE entries DROP CONSTRAINT circle');
    }
  });

  test('ids go on behind rows that came after their entity was through, also when the process that wrote them is gone', async () => {
    const made: number[] = [];
    const follow: CopyOptions['follow'] = (id) => {
      const changes = new ChangeFollower(entities, shop.sides.legacy, {
        pool: shop.modern,
        universe: 'modern',
        prefix: 'bank7-copy',
        id,
      });
      return {
        drain: () => changes.drain(),
        async told() {
          if (made.length > 0) return;
          const { rows } = await shop.legacy.query<{ id: number }>(
            'INSERT INTO entry (account, cents) SELECT account, 5 FROM entry ORDER BY id LIMIT 3 RETURNING id',
          );
          made.push(...rows.map((row) => row.id));
          changes.take(made.map((id) => ({ entity: 'entry', key: JSON.stringify([String(id)]) })));
          await changes.drain();
        },
      };
    };
    const entities = inDependencyOrder(await shop.entities());
    let last: { job: Copy; position: JobPosition } | undefined;
    const stop = new AbortController();
    const first = await copyJob(
      { follow, catchUp: () => Promise.reject(stop.abort()) },
      async (job, position) => {
        last = { job: clone(CopySchema, job), position };
      },
    );
    await first.run(stop.signal);
    const insert = () =>
      shop.modern.query<{ id: string }>('INSERT INTO entries (account, amount) VALUES (1, 1) RETURNING id');
    // Already here: a migration may start before its copy has ended.
    const { rows: own } = await insert();
    expect(Number(own[0]?.id)).toBeGreaterThan(Math.max(...made));
    await shop.modern.query('ALTER TABLE entries ALTER COLUMN id RESTART WITH 1');
    const second = await copyJob({ follow, intoFilled: true }, nothing, last);
    await second.run(new AbortController().signal);
    const { rows } = await insert();
    expect(Number(rows[0]?.id)).toBeGreaterThan(Math.max(...made));
  });

  test('rows that modern does not take are named, the others are there', async () => {
    await shop.legacy.query(`UPDATE owner SET born = 20261399 WHERE nr = '00000007'`);
    const job = await copyJob();
    await job.run(new AbortController().signal);
    expect(job.state.state).toBe(JobState.DIFFERENT);
    expect(job.state.failure).toMatch(
      /owner\.born: legacy's value "\?20261399" could not be read|accounts_owner_fkey/,
    );
    const { rows } = await shop.modern.query('SELECT count(*)::int AS n FROM owners');
    expect(rows).toEqual([{ n: ACCOUNTS - 1 }]);
  });
});

/** Entries on hot and cold accounts of legacy, and new accounts; resolves to the largest id of an entry. */
async function liveTraffic(signal: AbortSignal): Promise<number> {
  for (let count = 1; ; count += 1) {
    const account = 1 + ((count * 997) % ACCOUNTS);
    await shop.legacy.query(
      'WITH a AS (UPDATE account SET cents = cents + 7 WHERE id = $1 RETURNING id) INSERT INTO entry (account, cents) SELECT id, 7 FROM a',
      [account],
    );
    const nr = String(50_000 + count).padStart(8, '0');
    await shop.legacy.query(`INSERT INTO owner VALUES ($1, 'New', 20000101)`, [nr]);
    await shop.legacy.query('INSERT INTO account VALUES ($1, $2, 1, 0)', [50_000 + count, nr]);
    if (signal.aborted) return (await shop.legacy.query('SELECT max(id) AS id FROM entry')).rows[0].id;
  }
}
