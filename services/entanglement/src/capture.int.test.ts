import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution, Operation, type Vector } from '@chronos/proto/events/v1/state_update_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Rig, type Seen, startRig, until } from './testing/rig.ts';

const entanglement: JsonObject = {
  entities: [
    {
      name: 'account',
      legacy: { table: 'konto' },
      modern: { table: 'accounts' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'nr', modern: 'id' },
        { name: 'balance', legacy: 'saldo', modern: 'balance', unit: 'UNIT_MINOR_UNITS' },
        { name: 'note', legacy: 'text', modern: 'note' },
      ],
    },
  ],
};
const schema = {
  legacy: 'CREATE TABLE konto (nr char(6) PRIMARY KEY, saldo numeric(15) NOT NULL, text text)',
  modern: 'CREATE TABLE accounts (id text PRIMARY KEY, balance numeric(12,2) NOT NULL, note text)',
};

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(entanglement, schema);
  await rig.start();
  await rig.streaming();
}, 90_000);
afterAll(() => rig?.close(), 30_000);

const transactions = (seen: readonly Seen[]) =>
  seen.flatMap(({ update, partition, key }) =>
    update.what.case === 'transaction'
      ? [{ ...update.what.value, universe: update.universe, partition, key }]
      : [],
  );
const texts = (vector: Vector | undefined) =>
  vector && Object.fromEntries(vector.fields.map(({ name, value }) => [name, value.value]));

/** What the transactions of a universe leave behind, when each part counts once and they are taken in the order of their commits. */
function replay(seen: readonly Seen[], universe: Universe): Map<string, unknown> {
  const parts = new Map(
    transactions(seen)
      .filter((transaction) => transaction.universe === universe)
      .map((transaction) => [`${transaction.commitLsn}/${transaction.part}`, transaction]),
  );
  const ordered = [...parts.values()].sort((a, b) => Number(a.commitLsn - b.commitLsn) || a.part - b.part);
  const rows = new Map<string, unknown>();
  for (const { changes } of ordered)
    for (const { key, op, after } of changes) {
      if (op === Operation.TRUNCATE) rows.clear();
      else if (after === undefined) rows.delete(key);
      else rows.set(key, texts(after));
    }
  return rows;
}

describe('a transaction', () => {
  test('travels with its request, its images and its place, the same from both universes', async () => {
    const request = randomUUID();
    await rig.legacy(`INSERT INTO konto VALUES ('000001', 100, 'a')`);
    await rig.modern(`INSERT INTO accounts VALUES ('000001', 1.00, 'a')`);
    await rig.legacy(
      `BEGIN; SELECT pg_logical_emit_message(true, 'chronos', '${request}'); UPDATE konto SET saldo = 1250 WHERE nr = '000001'; COMMIT;`,
    );
    await rig.modern(
      `BEGIN; SELECT pg_logical_emit_message(true, 'chronos', '${request}'); UPDATE accounts SET balance = 12.50 WHERE id = '000001'; COMMIT;`,
    );
    const tagged = await until('both tagged transactions', async () => {
      const found = transactions(await rig.read()).filter(({ requestId }) => requestId === request);
      return found.length >= 2 ? found : undefined;
    });
    expect(new Set(tagged.map(({ universe }) => universe))).toEqual(
      new Set([Universe.LEGACY, Universe.MODERN]),
    );
    expect(new Set(tagged.map(({ partition }) => partition)).size).toBe(1);
    for (const transaction of tagged) {
      expect(transaction).toMatchObject({
        key: request,
        attribution: Attribution.TAGGED,
        part: 0,
        last: true,
      });
      const [change] = transaction.changes;
      expect(change).toMatchObject({ entity: 'account', key: '["000001"]', op: Operation.UPDATE });
      expect(texts(change?.before)).toEqual({ id: '000001', balance: '1', note: 'a' });
      expect(texts(change?.after)).toEqual({ id: '000001', balance: '12.5', note: 'a' });
    }
  });

  test('is told before the watermarks that promise it, in every partition', async () => {
    const afterMs = Date.now();
    const seen = await until('watermarks of both universes everywhere', async () => {
      const all = await rig.read();
      const promised = new Set(
        all.flatMap(({ update, partition }) =>
          update.what.case === 'watermark' &&
          Number(update.what.value.emittedAt?.seconds ?? 0n) * 1000 > afterMs
            ? [`${update.universe}/${partition}`]
            : [],
        ),
      );
      return promised.size === 16 ? all : undefined;
    });
    for (const { update } of seen) {
      if (update.what.case !== 'watermark') continue;
      expect(update.what.value.paused).toBe(false);
      expect(update.what.value.completeSince).toBeDefined();
    }
  });

  test('that changes nothing declared is not told, and one that nobody tagged says so', async () => {
    await rig.legacy(
      "CREATE TABLE other (a int); INSERT INTO other VALUES (1); INSERT INTO konto VALUES ('000002', 5, NULL)",
    );
    const told = await until('the untagged insert', async () =>
      transactions(await rig.read()).find(({ changes }) => changes[0]?.key === '["000002"]'),
    );
    expect(told).toMatchObject({
      attribution: Attribution.NONE,
      requestId: '',
      key: `tx:books:${Universe.LEGACY}:${told.xid}`,
    });
    expect(told.changes).toHaveLength(1);
  });
});

test('killed at any moment, whoever it is: nothing is lost, and what comes twice is the same', async () => {
  let isWriting = true;
  const write = async (url: (text: string) => Promise<unknown>, table: string, columns: [string, string]) => {
    for (let i = 0; isWriting; i++) {
      const id = String(100_000 + (i % 300));
      const [key, amount] = columns;
      const sql =
        i % 7 === 6
          ? `DELETE FROM ${table} WHERE ${key} = '${id}'`
          : `INSERT INTO ${table} VALUES ('${id}', ${i}, 'x') ON CONFLICT (${key}) DO UPDATE SET ${amount} = ${i}`;
      // A database that is being restarted refuses; the next one goes through.
      await url(sql).catch(() => undefined);
    }
  };
  const writers = [
    write(rig.legacy, 'konto', ['nr', 'saldo']),
    write(rig.modern, 'accounts', ['id', 'balance']),
  ];
  const written = async (count: number) => {
    const start = (await rig.legacy('SELECT txid_current() AS id')).rows[0].id;
    await until(
      'more was written',
      async () => (await rig.legacy('SELECT txid_current() AS id')).rows[0].id - start > count,
    );
  };
  await written(100);
  await rig.kill('SIGKILL');
  await written(100);
  await rig.start();
  await rig.streaming();
  await rig.restartKafka();
  await written(100);
  await rig.restartLegacy();
  await written(100);
  isWriting = false;
  await Promise.all(writers);

  const rows = (await rig.legacy('SELECT nr, saldo, text FROM konto')).rows;
  const expected = new Map(
    rows.map(({ nr, saldo, text }) => [
      JSON.stringify([nr]),
      { id: nr, balance: String(Number(saldo) / 100), note: text ?? true },
    ]),
  );
  await until('legacy, replayed, is what the table holds', async () => {
    expect(replay(await rig.read(), Universe.LEGACY)).toEqual(expected);
    return true;
  });
  const modern = (await rig.modern('SELECT id, balance::float8 AS balance, note FROM accounts')).rows;
  await until('modern, replayed, is what the table holds', async () => {
    const replayed = replay(await rig.read(), Universe.MODERN);
    expect([...replayed.keys()].sort()).toEqual(modern.map(({ id }) => JSON.stringify([id])).sort());
    return true;
  });
}, 120_000);
