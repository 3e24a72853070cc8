import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Booking, kindOf } from '../../testing/asked-account.ts';

describe('whatever was booked when', () => {
  const bookings = fc
    .array(fc.record({ amount: fc.constantFrom(-10, 10, 7, 3), lag: fc.integer({ min: -700, max: 700 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((all) => {
      const inOrder = (universe: number): Booking[] =>
        all
          .map(({ amount, lag }, at): Booking => [`r${at}`, 900 + 40 * at + universe * lag, amount])
          .sort(([, a], [, b]) => a - b);
      return { legacy: inOrder(0), modern: inOrder(1) };
    });
  /** What the account held at that time, and all that it held while the read was under way. */
  const heldAt = (all: readonly Booking[], atMs: number) =>
    all.reduce((sum, [, ms, amount]) => sum + (ms <= atMs ? amount : 0), 100);
  const heldMeanwhile = (all: readonly Booking[]) => [
    heldAt(all, 949),
    ...all.filter(([, ms]) => ms >= 950 && ms <= 1_053).map(([, ms]) => heldAt(all, ms)),
  ];

  test('each that answers what it held is no mismatch; modern answering what it held only earlier or later is one', () => {
    let [races, stale] = [0, 0];
    fc.assert(
      fc.property(bookings, fc.integer({ min: 300, max: 1_700 }), ({ legacy, modern }, otherMs) => {
        const answer = heldAt(legacy, 1_001);
        const right = kindOf({ legacy, modern, answers: [`${answer}`, `${heldAt(modern, 1_001)}`] });
        expect(['IDENTICAL', 'RACE']).toContain(right);
        if (right === 'RACE') races += 1;
        const other = heldAt(modern, otherMs);
        if (other === answer || heldMeanwhile(modern).includes(other)) return;
        stale += 1;
        expect(kindOf({ legacy, modern, answers: [`${answer}`, `${other}`] })).toBe('MISMATCH');
      }),
      { numRuns: 300 },
    );
    expect(races).toBeGreaterThan(50);
    expect(stale).toBeGreaterThan(20);
  });
});
