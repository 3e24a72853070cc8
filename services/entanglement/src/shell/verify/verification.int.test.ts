import { setTimeout as delay } from 'node:timers/promises';
import { clone } from '@bufbuild/protobuf';
import {
  JobState,
  type Verification,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { JobPosition } from '../store/job-store.ts';
import { fillShop, type Shop, withShop } from '../testing.ts';
import { repairRow } from './repair-row.ts';
import type { Repair } from './row-repairs.ts';
import { VerificationJob, type VerificationOptions } from './verification-job.ts';

const ACCOUNTS = 1_200;
const times = { quietMs: 400, givenUpAfterMs: 5_000 };
let shop: Shop;
jest.setTimeout(60_000);

beforeAll(async () => {
  shop = await withShop();
});
afterAll(() => shop.dispose());

beforeEach(async () => {
  await shop.legacy.query('TRUNCATE owner, account, entry RESTART IDENTITY');
  await shop.modern.query('TRUNCATE owners, accounts, entries RESTART IDENTITY');
  await fillShop(shop, ACCOUNTS, 'both');
});

const nothing = async () => {};

async function verify(options: Partial<VerificationOptions> = {}): Promise<Verification> {
  const job = new VerificationJob(
    await shop.entities(),
    shop.sides,
    { migration: 'shop', rowsPerSecond: 0, times, chunkRows: 200, ...options },
    nothing,
  );
  await job.run(new AbortController().signal);
  return job.state;
}

const repair: Repair = async ({ entity, key, modern }) => {
  const { outcome } = await repairRow({
    entity,
    key,
    authority: { universe: 'legacy', pool: shop.legacy },
    target: { universe: 'modern', pool: shop.modern },
    prefix: 'chronos-repair',
    id: 'test',
    targetVersion: modern?.version,
  });
  return outcome === 'repaired';
};

const found = ({ differences }: Verification) =>
  differences.map(({ entity, key, fields }) => `${entity} ${key} ${fields.join(',')}`).sort();

describe('verification', () => {
  test('equal databases in different representations are clean, every row counted', async () => {
    const { state, entities, failure } = await verify();
    expect(failure).toBe('');
    expect(state).toBe(JobState.CLEAN);
    expect(entities.map(({ entity, rowsLegacy, rowsModern }) => [entity, rowsLegacy, rowsModern])).toEqual(
      ['owner', 'account', 'entry'].map((name) => [name, BigInt(ACCOUNTS), BigInt(ACCOUNTS)]),
    );
  });

  test('finds what differs, is missing or is surplus, shows it masked, and repairs it', async () => {
    await shop.modern.query(`UPDATE accounts SET balance = balance + 0.01 WHERE id = 77;
      UPDATE accounts SET state = 'active' WHERE id = 1199;
      UPDATE owners SET name = 'Somebody else' WHERE nr = '5';
      DELETE FROM entries WHERE id = 1050;
      UPDATE entries SET note = '' WHERE id = 3`);
    await shop.modern.query(
      'INSERT INTO entries (id, account, amount) OVERRIDING SYSTEM VALUE VALUES (900000, 1, 2)',
    );
    const expected = [
      'account ["1199"] state',
      'account ["77"] balance',
      'entry ["1050"] ',
      'entry ["3"] note',
      'entry ["900000"] ',
      'owner ["5"] name',
    ];
    const first = await verify();
    expect(found(first)).toEqual(expected);
    expect(first.state).toBe(JobState.DIFFERENT);
    const owner = first.differences.find(({ entity }) => entity === 'owner');
    expect(JSON.stringify(owner?.legacy?.fields)).toContain('masked');
    expect(JSON.stringify(owner?.modern?.fields)).not.toContain('Somebody');

    const second = await verify({ repair });
    expect(
      second.differences.map(({ repairFailure }) => repairFailure).filter((text) => text !== ''),
    ).toEqual([]);
    expect(second.state).toBe(JobState.CLEAN);
    expect((await verify()).state).toBe(JobState.CLEAN);
    // The row that was missing got what only modern has, and its identity goes on behind the largest id.
    const { rows } = await shop.modern.query('SELECT source FROM accounts WHERE id = 77');
    expect(rows).toEqual([{ source: 'test' }]);
    const inserted = await shop.modern.query(
      'INSERT INTO entries (account, amount) VALUES (1, 1) RETURNING id',
    );
    expect(Number(inserted.rows[0].id)).toBeGreaterThan(ACCOUNTS);
  });

  test('a repair writes through lookups and fills what only one side has', async () => {
    await shop.modern.query(`INSERT INTO owners VALUES ('9001', 'New', '2000-02-03');
      INSERT INTO accounts VALUES (9001, '9001', 'blocked', 12.34, 'modern')`);
    const toLegacy: Repair = async ({ entity, key, legacy }) => {
      const { outcome } = await repairRow({
        entity,
        key,
        authority: { universe: 'modern', pool: shop.modern },
        target: { universe: 'legacy', pool: shop.legacy },
        prefix: 'chronos-repair',
        id: 'test',
        targetVersion: legacy?.version,
      });
      return outcome === 'repaired';
    };
    expect((await verify({ repair: toLegacy })).state).toBe(JobState.CLEAN);
    const { rows } = await shop.legacy.query('SELECT owner_nr, state, cents FROM account WHERE id = 9001');
    expect(rows).toEqual([{ owner_nr: '00009001', state: 2, cents: '1234' }]);
  });

  test('never overwrites a row that changed since it was read', async () => {
    const [, account] = await shop.entities();
    const read = (await shop.sides.modern.rows(account!, [['77']])).get('["77"]');
    await shop.modern.query('UPDATE accounts SET balance = 5 WHERE id = 77');
    const never = new AbortController().signal;
    const row = { entity: account!, key: ['77'], legacy: undefined, modern: read };
    expect(await repair(row, never)).toBe(false);
    const { rows } = await shop.modern.query('SELECT balance FROM accounts WHERE id = 77');
    expect(rows).toEqual([{ balance: '5.00' }]);
  });

  test('what modern cannot hold is refused with the reason, and nothing is written', async () => {
    await shop.legacy.query(`UPDATE owner SET born = 20261399 WHERE nr = '00000007'`);
    const { state, differences } = await verify({ repair });
    expect(state).toBe(JobState.DIFFERENT);
    expect(differences.map(({ repairFailure }) => repairFailure)).toEqual([
      `owner.born: legacy's value "?20261399" could not be read`,
    ]);
  });

  test('under live traffic only what is planted is found', async () => {
    await shop.modern.query('UPDATE accounts SET balance = balance + 1 WHERE id = 1134');
    const stop = new AbortController();
    const traffic = liveTraffic(stop.signal);
    const result = await verify({ chunkRows: 100 });
    stop.abort();
    const changes = await traffic;
    expect(found(result)).toEqual(['account ["1134"] balance']);
    expect(changes).toBeGreaterThan(20);
    expect(result.entities.reduce((sum, { unsettled }) => sum + unsettled, 0n)).toBe(0n);
  });

  test('stopped in the middle, it goes on where all before was settled', async () => {
    await shop.modern.query('DELETE FROM entries WHERE id = 10');
    const saved: { job: Verification; position: JobPosition }[] = [];
    const save = async (job: Verification, position: JobPosition) => {
      saved.push({ job: clone(VerificationSchema, job), position });
      if (position.entity === 1 && position.from !== null) stop.abort();
    };
    const stop = new AbortController();
    const options = { migration: 'shop', rowsPerSecond: 0, times, chunkRows: 200 };
    const first = new VerificationJob(await shop.entities(), shop.sides, options, save);
    await first.run(stop.signal);
    expect(first.state.state).toBe(JobState.STOPPED);
    const last = saved.at(-1)!;
    const second = new VerificationJob(await shop.entities(), shop.sides, options, nothing, last);
    await second.run(new AbortController().signal);
    expect(second.state.id).toBe(first.state.id);
    expect(second.state.state).toBe(JobState.DIFFERENT);
    expect(found(second.state)).toEqual(['entry ["10"] ']);
    expect(second.state.entities.map(({ rowsLegacy }) => rowsLegacy)).toEqual([1_200n, 1_200n, 1_200n]);
  });
});

/** Transfers between accounts, first in legacy, a moment later in modern; resolves to their number. */
async function liveTraffic(signal: AbortSignal): Promise<number> {
  let count = 0;
  const pending: Promise<unknown>[] = [];
  while (!signal.aborted) {
    const account = 1 + ((count * 37) % 50);
    const cents = 1 + (count % 900);
    count += 1;
    await shop.legacy.query(
      `WITH a AS (UPDATE account SET cents = cents + $2 WHERE id = $1 RETURNING id) INSERT INTO entry (id, account, cents) SELECT $3, id, $2 FROM a`,
      [account, cents, 100_000 + count],
    );
    const id = 100_000 + count;
    pending.push(
      delay(30).then(() =>
        shop.modern.query(
          `WITH a AS (UPDATE accounts SET balance = balance + $2 / 100.0 WHERE id = $1 RETURNING id)
           INSERT INTO entries (id, account, amount) OVERRIDING SYSTEM VALUE SELECT $3, id, $2 / 100.0 FROM a`,
          [account, cents, id],
        ),
      ),
    );
    await delay(5);
  }
  await Promise.all(pending);
  return count;
}
