import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { BusRecord, ReceivedRecord } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { RouteLabels } from '../core/verdict/route.ts';
import { type ExchangeParts, exchange } from '../testing/exchanges.ts';
import { PartitionWorker } from './partition-worker.ts';
import { RulesTable } from './rules-table.ts';

const record = (key: string, value: Uint8Array, offset = 0, timestampMs = 0): ReceivedRecord => ({
  key,
  value,
  headers: {},
  partition: 0,
  offset: BigInt(offset),
  timestampMs,
});
const half = (id: string, offset: number, timestampMs: number, parts: ExchangeParts = {}) =>
  record(id, toBinary(ExchangeSchema, exchange({ ...parts, id })), offset, timestampMs);
const modern: ExchangeParts = { universe: 'modern', role: 'shadow' };

/** The verdicts partition, its offsets and the clock, in memory. */
class World {
  now = 0;
  written: string[] = [];
  commits: bigint[] = [];
  unreadable = 0;
  /** Called for each send; may write and fail. */
  onSend: (records: readonly BusRecord[]) => void = (records) => this.write(records);

  write(records: readonly BusRecord[]): void {
    for (const { value } of records) {
      const verdict = fromBinary(VerdictSchema, value);
      this.written.push(`${verdict.requestId} ${verdict.lostReason || (Kind[verdict.kind] ?? '')}`);
    }
  }

  worker(): PartitionWorker {
    const rules = new RulesTable(() => {});
    rules.accept(
      record('m', toBinary(JudgingRulesSchema, create(JudgingRulesSchema, { spec: { name: 'm' } }))),
    );
    return new PartitionWorker({
      rules,
      routes: new RouteLabels(),
      now: () => this.now,
      readBack: async (_fromMs, onId) => {
        for (const line of this.written) onId(line.split(' ')[0] ?? '');
      },
      send: async (records) => this.onSend(records),
      commit: async (offset) => void this.commits.push(offset),
      onVerdict: () => {},
      onUnreadable: () => {
        this.unreadable += 1;
      },
    });
  }
}

const batch = (records: readonly ReceivedRecord[], highWatermark?: bigint) => ({
  partition: 0,
  records,
  highWatermark: highWatermark ?? (records.at(-1)?.offset ?? 0n) + 1n,
});

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
