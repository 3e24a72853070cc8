import { create } from '@bufbuild/protobuf';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ExchangeParts } from '../testing/exchanges.ts';
import { batch, half, modern, record, World } from '../testing/partition-world.ts';
import { change, rulesMessage, transaction, watermark } from '../testing/two-databases.ts';
import type { PartitionWorker } from './partition-worker.ts';

let world: World;
beforeEach(() => {
  world = new World();
});

describe('one partition', () => {
  test('commits up to the oldest request that still waits', async () => {
    const worker = world.worker();
    await worker.batch(batch([half('a', 0, 0), half('b', 1, 0), half('a', 2, 0, modern)]));
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL']);
    expect(world.commits).toEqual([1n]);
    await worker.batch(batch([half('b', 3, 0, modern)]));
    await worker.tick();
    await worker.tick();
    expect(world.commits).toEqual([1n, 4n]);
  });

  test('a successor reads again and writes nothing twice', async () => {
    await world.worker().batch(batch([half('a', 0, 0), half('a', 1, 0, modern)]));
    const successor = world.worker();
    await successor.batch(
      batch([half('a', 0, 0), half('a', 1, 0, modern), half('b', 2, 0), half('b', 3, 0, modern)]),
    );
    expect(world.written).toEqual(['a IDENTICAL', 'b IDENTICAL']);
  });

  test('while the reader lags the clock is the log, so that lag is never taken for a missing half', async () => {
    const worker = world.worker();
    world.now = 1_000_000;
    await worker.batch(batch([half('a', 0, 0)], 100n));
    await worker.tick();
    expect(world.written).toEqual([]);
    await worker.batch(batch([half('a', 1, 9_000, modern), half('b', 2, 9_000)]));
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL', 'b shadow-not-captured']);
  });

  test('while nothing can be read (a rebalance, no CPU) no half is missing, though the end was reached before', async () => {
    const worker = world.worker();
    await worker.batch(batch([half('a', 0, 0)]));
    [world.now, world.readToMs] = [1_000_000, 5_000];
    await worker.tick();
    expect(world.written).toEqual([]);
    await worker.batch(batch([half('a', 1, 1_000, modern), half('b', 2, 1_000)]));
    world.readToMs = 999_000;
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL', 'b shadow-not-captured']);
  });

  test('a send that failed is sent again without what was written after all', async () => {
    const worker = world.worker();
    world.onSend = (records) => {
      world.onSend = (again) => world.write(again);
      world.write(records.slice(0, 1));
      throw new Error('no acknowledgement');
    };
    const records = [half('a', 0, 0), half('a', 1, 0, modern), half('b', 2, 0), half('b', 3, 0, modern)];
    await expect(worker.batch(batch(records))).rejects.toThrow('no acknowledgement');
    expect(world.commits).toEqual([]);
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL', 'b IDENTICAL']);
    expect(world.commits).toEqual([4n]);
  });

  test('a stopped worker writes and commits nothing', async () => {
    const worker = world.worker();
    await worker.batch(batch([half('a', 0, 0)]));
    await worker.stop();
    world.now = 1_000_000;
    await worker.tick();
    await worker.batch(batch([half('a', 1, 0, modern)]));
    expect([world.written, world.commits]).toEqual([[], []]);
  });

  test('a record that is no exchange, or stands under another key, is counted and passed over', async () => {
    const worker = world.worker();
    const foreign = { ...half('a', 1, 0), key: 'b' };
    await worker.batch(
      batch([record('x', Uint8Array.of(0xff), 0), foreign, half('c', 2, 0), half('c', 3, 0, modern)]),
    );
    await worker.tick();
    expect(world.unreadable).toBe(2);
    expect(world.written).toEqual(['c IDENTICAL']);
    expect(world.commits).toEqual([4n]);
  });
});

describe('with what the databases did', () => {
  const both = (id: string, offset: number) => [half(id, offset, 1_000), half(id, offset + 1, 1_000, modern)];
  const balance = (
    universe: 'legacy' | 'modern',
    lsn: number,
    from: number,
    to: number,
    committedMs = 1_001,
  ) => {
    const row = (amount: number) => ({ id: 'A', balance: amount, bookings: 1, status: 'open' });
    const changes = [change('account', ['A'], row(from), row(to))];
    return transaction({ universe, lsn, changes, request: 'a', committedMs });
  };
  const passed = (ms: number) => [watermark('legacy', ms), watermark('modern', ms)];

  beforeEach(() => {
    world.rules = rulesMessage();
  });

  test('a request is judged once both streams have passed its end, and its offset is kept until then', async () => {
    const worker = world.worker();
    world.now = 1_500;
    world.changes.came(balance('legacy', 1, 10, 7), watermark('legacy', 5_000), watermark('modern', 1_003));
    await worker.batch(batch(both('a', 0)));
    await worker.tick();
    expect([world.written, world.commits, worker.pending]).toEqual([[], [0n], 1]);
    world.changes.came(balance('modern', 1, 10, 7), watermark('modern', 1_053));
    await worker.tick();
    expect([world.written, world.commits]).toEqual([['a IDENTICAL'], [0n, 2n]]);
  });

  test('answers that agree while the books differ are a mismatch', async () => {
    world.changes.came(balance('legacy', 1, 10, 7), balance('modern', 1, 10, 8), ...passed(2_000));
    await world.worker().batch(batch(both('a', 0)));
    expect(world.written).toEqual(['a MISMATCH']);
  });

  test('what nobody tagged and another request may have done is left to that for a while', async () => {
    const names: ExchangeParts = {
      requestHeaders: [['content-type', 'application/json']],
      requestBody: '{"of":"A"}',
    };
    const row = (amount: number) => ({ id: 'A', balance: amount, bookings: 1, status: 'open' });
    const loose = (universe: 'legacy' | 'modern', to: number) =>
      transaction({ universe, lsn: 1, changes: [change('account', ['A'], row(10), row(to))] });
    const worker = world.worker();
    world.now = 2_000;
    world.changes.came(loose('legacy', 7), loose('modern', 8), ...passed(9_000));
    await worker.batch(batch([half('a', 0, 1_000, names), half('a', 1, 1_000, { ...modern, ...names })]));
    world.now = 4_000;
    await worker.tick();
    expect([world.written, worker.pending]).toEqual([[], 1]);
    world.now = 4_500;
    await worker.tick();
    expect([world.written, worker.pending]).toEqual([['a MISMATCH'], 0]);
  });

  test('a stream that stands still makes it lost at the deadline, never agreement', async () => {
    const worker = world.worker();
    world.changes.came(watermark('legacy', 60_000));
    await worker.batch(batch(both('a', 0)));
    world.now = 13_000;
    await worker.tick();
    expect([world.written, world.commits]).toEqual([['a effects-unknown'], [2n]]);
  });

  test('while changes are read with a lag their silence says nothing', async () => {
    const worker = world.worker();
    await worker.batch(batch(both('a', 0)));
    world.now = 60_000;
    world.changes.readToMs = 5_000;
    await worker.tick();
    expect(world.written).toEqual([]);
    world.changes.readToMs = Number.POSITIVE_INFINITY;
    world.changes.came(...passed(60_000));
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL']);
  });

  test('a change after the verdict re-opens it, once; also after a restart', async () => {
    const worker = world.worker();
    world.changes.came(...passed(2_000));
    await worker.batch(batch(both('a', 0)));
    await worker.tick();
    world.changes.came(balance('legacy', 5, 10, 7, 2_500));
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL']);
    world.changes.came(...passed(4_000));
    await worker.tick();
    await worker.tick();
    expect(world.written).toEqual(['a IDENTICAL', 'a MISMATCH']);
    expect(world.log.map(({ headers }) => headers?.['chronos-revision'])).toEqual([undefined, '1']);

    const successor = world.worker();
    world.changes.came(balance('modern', 5, 10, 7, 4_500), ...passed(6_000));
    await successor.batch(batch([half('b', 2, 5_000)]));
    await successor.tick();
    expect(world.written).toEqual(['a IDENTICAL', 'a MISMATCH', 'a IDENTICAL']);
  });

  test('killed while it holds a request: its successor reads it again and judges it once', async () => {
    await world.worker().batch(batch(both('a', 0)));
    expect(world.commits).toEqual([]);
    world.changes.came(...passed(2_000));
    await world.worker().batch(batch(both('a', 0)));
    await world.worker().batch(batch(both('a', 0)));
    expect(world.written).toEqual(['a IDENTICAL']);
  });
});

describe('identifiers', () => {
  const answer = (id: string): ExchangeParts => ({ body: JSON.stringify({ of: id }) });

  /** Both answers, which name an order by ids of which no pair is known. */
  async function ended(): Promise<PartitionWorker> {
    world.rules = create(JudgingRulesSchema, {
      spec: { name: 'm', identifiers: { bijections: [{ name: 'orders', made: [{ at: 'body.id' }] }] } },
    });
    const worker = world.worker();
    const answers = [answer('ORDER-17'), { ...modern, ...answer('9f3c-77aa') }] as const;
    await worker.batch(batch([half('a', 0, 0, answers[0]), half('a', 1, 0, answers[1])]));
    await worker.tick();
    expect(world.written).toEqual([]);
    expect(world.commits).toEqual([0n]);
    return worker;
  }

  test('a verdict waits for the pair that settles it', async () => {
    const worker = await ended();
    world.now = 1_500;
    world.learned.set('ORDER-17', '9f3c-77aa');
    await worker.tick();
    expect(world.written).toEqual(['a EQUIVALENT']);
    await worker.tick();
    expect(world.commits.at(-1)).toBe(2n);
  });

  test('no longer than two seconds, and not at all for what no pair would settle', async () => {
    const worker = await ended();
    world.now = 1_999;
    await worker.tick();
    expect(world.written).toEqual([]);
    world.now = 2_000;
    await worker.tick();
    expect(world.written).toEqual(['a MISMATCH']);
    await worker.batch(batch([half('b', 2, 0, { body: '1' }), half('b', 3, 0, { ...modern, body: '2' })]));
    expect(world.written).toEqual(['a MISMATCH', 'b MISMATCH']);
  });
});
