import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { create, type JsonObject } from '@bufbuild/protobuf';
import { timestampNow } from '@bufbuild/protobuf/wkt';
import { PolicySchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { SealSchema } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution, Operation, type Vector } from '@chronos/proto/events/v1/state_update_pb.js';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { installTriggers, removeTriggers } from '../shell/attribution/install.ts';
import { type Rig, type Seen, startRig, until } from './rig.ts';

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

/** The writers' pace: what is tested is what gets lost, not how much a loaded machine carries. */
const writeEveryMs = 10;

/** What holds whoever reads the slots; each file of tests runs it for one of them. */
export function captureSuite(cdc: 'pgoutput' | 'debezium'): void {
  jest.setTimeout(90_000);

  // What does not depend on who reads the slot, and takes long by Debezium, is shown once.
  const largeTest: (name: string, run: () => Promise<void>) => void =
    cdc === 'pgoutput' ? test : () => undefined;

  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(entanglement, schema, cdc);
    await rig.start();
    await rig.streaming();
  }, 180_000);
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
    const write = async (
      url: (text: string) => Promise<unknown>,
      table: string,
      columns: [string, string],
    ) => {
      for (let i = 0; isWriting; i++) {
        const id = String(100_000 + (i % 300));
        const [key, amount] = columns;
        const sql =
          i % 7 === 6
            ? `DELETE FROM ${table} WHERE ${key} = '${id}'`
            : `INSERT INTO ${table} VALUES ('${id}', ${i}, 'x') ON CONFLICT (${key}) DO UPDATE SET ${amount} = ${i}`;
        // A database that is being restarted refuses; the next one goes through.
        await url(sql).catch(() => undefined);
        await delay(writeEveryMs);
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
    const sinceBegin = async () => (await rig.captures()).map(({ completeSince }) => completeSince);
    const since = await sinceBegin();
    try {
      await written(100);
      await rig.kill('SIGKILL');
      await written(100);
      await rig.start();
      await rig.streaming();
      await rig.restartKafka();
      await written(100);
      await rig.restartLegacy();
      await written(100);
      if (cdc === 'debezium') {
        // It comes back without connectors, as a supervised worker does.
        await rig.killConnect();
        await written(100);
        await rig.startConnect();
        await written(100);
      }
    } finally {
      isWriting = false;
      await Promise.all(writers);
    }

    // Requests of the time in which nobody read are judged late, not given up as unknown.
    await rig.streaming();
    expect(await sinceBegin()).toEqual(since);

    const rows = (await rig.legacy('SELECT nr, saldo, text FROM konto')).rows;
    const expected = new Map(
      rows.map(({ nr, saldo, text }) => [
        JSON.stringify([nr]),
        { id: nr, balance: String(Number(saldo) / 100), note: text ?? true },
      ]),
    );
    await until(
      'legacy, replayed, is what the table holds',
      async () => {
        expect(replay(await rig.read(), Universe.LEGACY)).toEqual(expected);
        return true;
      },
      60_000,
    );
    const modern = (await rig.modern('SELECT id, balance::float8 AS balance, note FROM accounts')).rows;
    await until(
      'modern, replayed, is what the table holds',
      async () => {
        const replayed = replay(await rig.read(), Universe.MODERN);
        expect([...replayed.keys()].sort()).toEqual(modern.map(({ id }) => JSON.stringify([id])).sort());
        return true;
      },
      60_000,
    );
  }, 180_000);

  largeTest('a large transaction travels in parts, one after another in one partition', async () => {
    const request = randomUUID();
    await rig.legacy(
      `BEGIN; SELECT pg_logical_emit_message(true, 'chronos', '${request}');
     INSERT INTO konto SELECT to_char(n, 'FM000000'), n, repeat('x', 100) FROM generate_series(200001, 220000) n; COMMIT;`,
    );
    const parts = await until('the last part', async () => {
      const found = transactions(await rig.read()).filter(({ requestId }) => requestId === request);
      return found.some(({ last }) => last) ? found : undefined;
    });
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, i) => i));
    expect(new Set(parts.map(({ partition }) => partition)).size).toBe(1);
    expect(parts.reduce((sum, { changes }) => sum + changes.length, 0)).toBe(20_000);
    expect(Math.max(...parts.map(({ changes }) => changes.length))).toBeLessThanOrEqual(500);
  });

  test('a service that was not changed is known by the comment of its SQL, through the trace of its request', async () => {
    const sql = new pg.Client({ connectionString: rig.legacyUrl });
    await sql.connect();
    await installTriggers(sql, [{ schema: 'public', name: 'konto' }], 'chronos-comment');
    await rig.kill('SIGTERM');
    await rig.start();
    await rig.streaming();
    const request = randomUUID();
    const trace = '0af7651916cd43dd8448eb211c80319c';
    await sql.query(
      `INSERT INTO konto VALUES ('000003', 1, '/*traceparent=''00-11111111111111111111111111111111-b7ad6b7169203331-01''*/') /*traceparent='00-${trace}-b7ad6b7169203331-01'*/`,
    );
    const producer = await rig.bus.producer();
    await producer.send('shadow-requests', [
      { key: request, value: new Uint8Array(), headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } },
    ]);
    const told = await until('the commented insert', async () =>
      transactions(await rig.read()).find(({ changes }) => changes[0]?.key === '["000003"]'),
    );
    expect(told).toMatchObject({ attribution: Attribution.COMMENT, requestId: request, key: request });
    expect(await removeTriggers(sql)).toBe(true);
    await sql.query(
      `UPDATE konto SET saldo = 2 WHERE nr = '000003' /*traceparent='00-${trace}-b7ad6b7169203331-01'*/`,
    );
    const untold = await until('the update after the removal', async () =>
      transactions(await rig.read()).find(
        ({ changes }) => changes[0]?.key === '["000003"]' && changes[0].op === Operation.UPDATE,
      ),
    );
    expect(untold.attribution).toBe(Attribution.NONE);
    await sql.end();
  });

  test('a table that changes while it is captured pauses the migration until people say how it goes on', async () => {
    await rig.legacy(
      "ALTER TABLE konto RENAME COLUMN text TO bemerkung; INSERT INTO konto VALUES ('000004', 1, 'after')",
    );
    const [reason] = await until('a pause', () =>
      rig.controlPlane.pauses.length > 0 ? rig.controlPlane.pauses : undefined,
    );
    expect(reason).toMatch(
      /legacy: table public.konto has changed .* column text is gone and bemerkung is new .* chronos resume books/,
    );
    await until('paused watermarks', async () =>
      (await rig.read()).some(
        ({ update }) =>
          update.what.case === 'watermark' && update.what.value.paused && update.universe === Universe.LEGACY,
      ),
    );
    // Resumed as it is: a field of the mapping has no column any more, and nothing goes on without it.
    rig.controlPlane.change((state) => {
      for (const group of state.groups) group.paused = false;
    });
    await until('a second pause', () => rig.controlPlane.pauses[1]);
    expect(rig.controlPlane.pauses[1]).toMatch(
      /^entanglement, legacy: entity account, field note, legacy: table public.konto has no column text \(it has nr, saldo, bemerkung\) → correct the entities of the migration file and chronos apply it/,
    );
    await rig.legacy('ALTER TABLE konto RENAME COLUMN bemerkung TO text');
    const pauses = rig.controlPlane.pauses.length;
    rig.controlPlane.change((state) => {
      for (const group of state.groups) group.paused = false;
    });
    await rig.streaming();
    const meanwhile = await until('what was written meanwhile', async () =>
      transactions(await rig.read()).find(({ changes }) => changes[0]?.key === '["000004"]'),
    );
    // People's word is taken once: it is not paused for the same again.
    expect(rig.controlPlane.pauses).toHaveLength(pauses);
    // Its table had no such column then: not known is not NULL.
    expect(meanwhile.changes[0]?.after?.fields.find(({ name }) => name === 'note')?.value.case).toBe(
      'unknown',
    );
  });

  largeTest(
    'a database that keeps too much WAL loses the slot, not its disk; the migration pauses',
    async () => {
      const pauses = rig.controlPlane.pauses.length;
      rig.controlPlane.change((state) => {
        state.revision += 1n;
        if (state.spec?.entanglement !== undefined) state.spec.entanglement.retainedWalMaxMib = 1;
      });
      const writing = setInterval(
        () =>
          void rig
            .legacy("SELECT pg_logical_emit_message(false, 'filler', repeat('x', 1000000))")
            .catch(() => undefined),
        50,
      );
      // A transaction that stays open holds the slot's start back, however quickly changes are read.
      const open = new pg.Client({ connectionString: rig.legacyUrl });
      await open.connect();
      await open.query("BEGIN; INSERT INTO konto VALUES ('000005', 1, 'open')");
      await until('a pause for WAL', () =>
        rig.controlPlane.pauses.slice(pauses).some((reason) => reason.includes('of WAL for slot')),
      );
      clearInterval(writing);
      await open.end();
      const { rows } = await rig.legacy('SELECT slot_name FROM pg_replication_slots');
      expect(rows).toEqual([]);
      await rig.legacy("UPDATE konto SET saldo = 3 WHERE nr = '000003'");
    },
  );

  test('sealed: the last requests are still read, then nothing of Chronos is left in either database', async () => {
    // As it would be without the tests before: nothing stands, and it streams.
    rig.controlPlane.change((state) => {
      state.revision += 1n;
      for (const group of state.groups) group.paused = false;
      if (state.spec?.entanglement !== undefined) state.spec.entanglement.retainedWalMaxMib = 1_024;
      if (state.spec !== undefined)
        state.spec.policy = create(PolicySchema, { joinDeadline: { seconds: 3n } });
    });
    await rig.legacy("INSERT INTO konto VALUES ('000006', 1, 'before')");
    await until('both captures stream', async () => {
      await rig.legacy("UPDATE konto SET saldo = saldo + 1 WHERE nr = '000006'");
      return transactions(await rig.read()).some(({ changes }) => changes[0]?.key === '["000006"]');
    });
    rig.controlPlane.change((state) => {
      state.sealed = create(SealSchema, { at: timestampNow(), capsule: 'x' });
    });
    const request = randomUUID();
    await rig.legacy(
      `BEGIN; SELECT pg_logical_emit_message(true, 'chronos', '${request}'); UPDATE konto SET saldo = 9 WHERE nr = '000006'; COMMIT;`,
    );
    await until('what the last request did', async () =>
      transactions(await rig.read()).some(({ requestId }) => requestId === request),
    );
    await until('no slot and no publication', async () => {
      for (const query of [rig.legacy, rig.modern]) {
        const { rows } = await query(
          'SELECT slot_name::text AS name FROM pg_replication_slots UNION SELECT pubname::text FROM pg_publication',
        );
        if (rows.length > 0) return undefined;
      }
      return true;
    });
  });
}
