import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exchange } from '../../testing/exchanges.ts';
import { DueQueue } from './due-queue.ts';
import { JOIN_LIMITS, Join } from './join.ts';

const arrival = (offset: number, timestampMs = 0) => ({
  offset: BigInt(offset),
  timestampMs,
  deadlineMs: 10_000,
});
const pair = (id: string): [Exchange, Exchange] => [
  exchange({ id }),
  exchange({ id, universe: 'modern', role: 'shadow' }),
];
const outcomes = (settled: ReturnType<Join['advance']>) =>
  settled.map(
    ({ requestId, outcome }) => `${requestId} ${outcome.type === 'lost' ? outcome.reason : outcome.type}`,
  );

describe('the join', () => {
  test('both halves give one outcome at once; what comes after is ignored (J1)', () => {
    const join = new Join();
    const [a, b] = pair('r');
    expect(join.observe(a, arrival(0))).toEqual([]);
    expect(join.oldestOffset).toBe(0n);
    expect(outcomes(join.observe(b, arrival(1)))).toEqual(['r compare']);
    expect(join.observe(a, arrival(2))).toEqual([]);
    expect(join.oldestOffset).toBeUndefined();
    expect(join.ignored).toBe(1);
    expect(join.advance(1e9)).toEqual([]);
  });

  test('a missing half is judged at the deadline from first sight, by the clock that comes in (J2, J5)', () => {
    const join = new Join();
    join.observe(pair('r')[0], arrival(0, 1_000));
    join.observe(pair('r')[0], arrival(1, 9_000));
    expect(join.advance(10_999)).toEqual([]);
    expect(outcomes(join.advance(11_000))).toEqual(['r shadow-not-captured']);
  });

  test('legacy’s second run is waited for a moment, and not at all by who is not sent there', () => {
    const headers = { requestHeaders: [['x-chronos-second', 'm.legacy_second']] } as const;
    const both = (join: Join) => {
      join.observe(exchange({ id: 'r', ...headers }), arrival(0, 0));
      return join.observe(
        exchange({ id: 'r', universe: 'modern', role: 'shadow', ...headers }),
        arrival(1, 100),
      );
    };
    const seen = new Join();
    expect(both(seen)).toEqual([]);
    const [settled] = seen.observe(exchange({ id: 'r', role: 'second', ...headers }), arrival(2, 150));
    expect(settled?.outcome).toMatchObject({ type: 'compare', second: { requestId: 'r' } });

    const missing = new Join();
    expect(both(missing)).toEqual([]);
    expect(missing.advance(599)).toEqual([]);
    const [alone] = missing.advance(600);
    expect(alone?.outcome).toMatchObject({ type: 'compare', second: undefined });
    expect(missing.observe(exchange({ id: 'r', role: 'second', ...headers }), arrival(3, 700))).toEqual([]);
  });

  test('a failed answer waits a moment for the failover, not for the deadline (J3)', () => {
    const join = new Join();
    const parts = [
      exchange({ id: 'r', universe: 'modern', status: 503 }),
      exchange({ id: 'r', role: 'shadow' }),
      exchange({ id: 'r', attempt: 2 }),
    ] as const;
    join.observe(parts[0], arrival(0, 0));
    join.observe(parts[1], arrival(1, 100));
    expect(join.advance(2_099)).toEqual([]);
    expect(outcomes(join.observe(parts[2], arrival(2, 2_099)))).toEqual(['r compare']);

    const alone = new Join();
    alone.observe(parts[0], arrival(0, 0));
    alone.observe(parts[1], arrival(1, 100));
    expect(outcomes(alone.advance(2_100))).toEqual(['r compare']);
  });

  test('too many pending ones push the oldest out, counted as lost (J6)', () => {
    const join = new Join({ ...JOIN_LIMITS, pendingMax: 2 });
    for (const [i, id] of ['a', 'b'].entries()) join.observe(pair(id)[0], arrival(i));
    expect(outcomes(join.observe(pair('c')[0], arrival(2)))).toEqual(['a join-overflow']);
    expect(join.oldestOffset).toBe(1n);
  });

  test('so do too many bytes (J6)', () => {
    const join = new Join({ ...JOIN_LIMITS, pendingBytesMax: 100_000 });
    const large = (id: string) => exchange({ id, body: 'x'.repeat(60_000) });
    join.observe(large('a'), arrival(0));
    expect(outcomes(join.observe(large('b'), arrival(1)))).toEqual(['a join-overflow']);
    expect(join.observe(large('a'), arrival(2))).toEqual([]);
  });

  test('finished ids are remembered up to a bound, the oldest forgotten first', () => {
    const join = new Join({ ...JOIN_LIMITS, finishedMax: 1 });
    join.markFinished('a');
    join.markFinished('b');
    expect(join.observe(pair('b')[0], arrival(0))).toEqual([]);
    expect(join.pending).toBe(0);
    join.observe(pair('a')[0], arrival(1));
    expect(join.pending).toBe(1);
  });
});

/** A log of exchanges: each request's halves, some missing, some twice, in any order. */
const log = fc
  .array(fc.record({ legacy: fc.integer({ min: 0, max: 2 }), modern: fc.integer({ min: 0, max: 2 }) }), {
    maxLength: 12,
  })
  .map((requests) =>
    requests.flatMap(({ legacy, modern }, i) => {
      const [a, b] = pair(`r${i}`);
      return [...Array(legacy).fill(a), ...Array(modern).fill(b)] as Exchange[];
    }),
  )
  .chain((exchanges) => fc.shuffledSubarray(exchanges, { minLength: exchanges.length }));

describe('exactly one verdict an id (J1, J4, J7)', () => {
  test('whatever is duplicated, reordered, or read again after crashes', () => {
    const crashes = fc.array(fc.record({ after: fc.nat(30), unwritten: fc.boolean() }), { maxLength: 4 });
    fc.assert(
      fc.property(log, crashes, fc.integer({ min: 0, max: 3_000 }), (exchanges, plan, stepMs) => {
        const verdicts: string[] = [];
        let committed = 0;
        const run = (budget: number, unwritten: boolean) => {
          // As the shell does on assignment: what is written is read back, then the log is read from the commit.
          const join = new Join();
          for (const id of verdicts) join.markFinished(id);
          for (let offset = committed; offset < exchanges.length; offset++) {
            if (offset - committed >= budget) return;
            const at = arrival(offset, offset * stepMs);
            const settled = [
              ...join.observe(exchanges[offset] as Exchange, at),
              ...join.advance(at.timestampMs),
            ];
            // A crash between judging and writing loses the decision; between writing and committing, only the commit.
            if (unwritten && offset - committed === budget - 1) return;
            verdicts.push(...settled.map((s) => s.requestId));
            if (offset % 3 === 0) committed = Number(join.oldestOffset ?? BigInt(offset + 1));
          }
          verdicts.push(...join.advance(Number.MAX_SAFE_INTEGER).map((s) => s.requestId));
          committed = exchanges.length;
        };
        for (const crash of plan) run(crash.after, crash.unwritten);
        run(Number.POSITIVE_INFINITY, false);
        expect(verdicts.toSorted()).toEqual([...new Set(exchanges.map((e) => e.requestId))].toSorted());
      }),
      { numRuns: 500 },
    );
  });
});

test('the queue gives ids in the order of time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000)), (times) => {
      const queue = new DueQueue();
      for (const [i, due] of times.entries()) queue.push(String(i), due);
      const taken: number[] = [];
      for (let id = queue.take(1_000); id !== undefined; id = queue.take(1_000))
        taken.push(times[Number(id)] ?? -1);
      expect(taken).toEqual(times.toSorted((a, b) => a - b));
      expect(queue.size).toBe(0);
    }),
  );
});
