import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Asked, BOOKS, type Books, verdictsOf, WRONGS } from '../../testing/untagged-bank.ts';

const account = fc.constantFrom('A', 'B');
/** From its beginning: begun, committed, answered, in ms; a copy may be slow. */
const work = (slowMs: number) =>
  fc
    .record({ late: fc.nat(20), at: fc.nat(15), more: fc.nat(10), slow: fc.boolean() })
    .map(({ late, at, more, slow }) => {
      const commit = late + at + (slow ? slowMs : 0);
      return [late, commit, commit + more] as const;
    });

const one = fc.record({
  afterMs: fc.nat(25),
  what: fc.constantFrom(
    'pay' as const,
    'pay' as const,
    'transfer' as const,
    'transfer' as const,
    'read' as const,
  ),
  from: account,
  to: account,
  amount: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 100, max: 5_000 })),
  legacy: work(30),
  modern: work(250),
});

/** Some 16 clients on two accounts: many requests at work at once, each universe in an order of its own. */
const load = fc.array(one, { minLength: 4, maxLength: 40 }).map((all) => {
  let startMs = 1_000;
  return all.map(({ afterMs, legacy, modern, from, to, ...rest }): Asked => {
    startMs += afterMs;
    const at = ([begun, committed, answered]: readonly [number, number, number]) =>
      [startMs + begun, startMs + committed, startMs + answered] as const;
    return {
      ...rest,
      from,
      to: rest.what === 'transfer' && from === to ? (from === 'A' ? 'B' : 'A') : to,
      legacy: at(legacy),
      modern: at(modern),
    };
  });
});

const wordsOf = (verdict: Verdict | undefined) =>
  `${Kind[verdict?.kind ?? 0]} ${verdict?.lostReason} ${verdict?.differences.map((d) => d.explanation).join(' ')}`;
const isMismatch = (verdict: Verdict) => verdict.kind === Kind.MISMATCH;

/** Running states that rows tell are a race only where the order is known, which of untagged requests in flight together it is not. */
const UNTOLD_MAX: Readonly<Record<Books, number>> = { bare: 0.01, ids: 0.01, running: 0.7 };

describe.each(BOOKS)('untagged services on two hot accounts, books: %s', (books: Books) => {
  test('both do the same: nothing is held against modern, and what cannot be told is said to be so', () => {
    let [requests, untold] = [0, 0];
    fc.assert(
      fc.property(load, (asked) => {
        const all = verdictsOf(asked, books) ?? [];
        expect(all.filter(isMismatch).map(wordsOf)).toEqual([]);
        requests += all.length;
        untold += all.filter(({ lostReason }) => lostReason === 'effects-ambiguous').length;
        for (const { kind, lostReason } of all)
          if (kind === Kind.LOST) expect(lostReason).toBe('effects-ambiguous');
      }),
      { numRuns: 60 },
    );
    expect(untold / requests).toBeLessThan(UNTOLD_MAX[books]);
  });

  test.each(WRONGS)('%s in modern is a bug, among any others in flight', (what) => {
    let bitten = 0;
    fc.assert(
      fc.property(load, fc.nat(39), (asked, n) => {
        const at = n % asked.length;
        if (asked[at]?.what === 'read' || (what === 'to another account' && asked[at]?.from === 'C')) return;
        const all = verdictsOf(asked, books, { at, what });
        if (all === undefined) return;
        bitten += 1;
        expect(all.filter(isMismatch)).not.toHaveLength(0);
      }),
      { numRuns: 40 },
    );
    expect(bitten).toBeGreaterThan(10);
  });
});

describe('held against a request of whose transactions nobody says whose they are', () => {
  const at = (ms: number) => [ms, ms + 2, ms + 4] as const;
  const pay = (amount: number, ms = 1_000): Asked => {
    return { what: 'pay', from: 'A', to: 'A', amount, legacy: at(ms), modern: at(ms) };
  };
  const kinds = (asked: readonly Asked[], books: Books, wrong?: Parameters<typeof verdictsOf>[2]) =>
    verdictsOf(asked, books, wrong)?.map(({ kind, lostReason }) => lostReason || Kind[kind]);

  test('with an id in its rows that it names, at once and against itself', () => {
    const asked = [pay(5), pay(7), { ...pay(9), what: 'read' as const }];
    expect(kinds(asked, 'ids', { at: 1, what: 'a cent off' })).toEqual([
      'IDENTICAL',
      'MISMATCH',
      'IDENTICAL',
    ]);
  });

  test('without: against one that may have done it, not against a read', () => {
    const asked = [{ ...pay(9), what: 'read' as const }, pay(5)];
    expect(kinds(asked, 'bare', { at: 1, what: 'a cent off' })).toEqual(['IDENTICAL', 'MISMATCH']);
    const all = verdictsOf(asked, 'bare') ?? [];
    expect(all.map(({ kind, effects }) => [Kind[kind], effects.length])).toEqual([
      ['IDENTICAL', 0],
      ['IDENTICAL', 1],
    ]);
  });

  test('two bookings of others do not make up for one that modern got wrong, though they add up to it', () => {
    // Modern books the 2 as 1: a lost update among bookings of 1.
    const late = (amount: number, to: string, legacyMs: number, modernMs: number): Asked => ({
      ...pay(amount),
      to,
      legacy: [legacyMs, legacyMs, legacyMs],
      modern: [modernMs - 250, modernMs, modernMs],
    });
    const asked = [
      { ...pay(100), legacy: [1_000, 1_000, 1_000], modern: [1_000, 1_000, 1_000] },
      { ...pay(1), legacy: [1_000, 1_000, 1_000], modern: [1_000, 1_000, 1_000] },
      late(100, 'B', 1_004, 1_254),
      late(1, 'B', 1_007, 1_257),
      { ...late(2, 'A', 1_051, 1_259), legacy: [1_011, 1_051, 1_051] },
      late(1, 'A', 1_009, 1_259),
    ] satisfies Asked[];
    expect(kinds(asked, 'bare', { at: 4, what: 'lost update' })).toContain('MISMATCH');
  });

  test('one of two of the same is not booked: a mismatch, though both databases have the other', () => {
    expect(kinds([pay(5), pay(5)], 'bare', { at: 1, what: 'not booked' })).toContain('MISMATCH');
  });
});
