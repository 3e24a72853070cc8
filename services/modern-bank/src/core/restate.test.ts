import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add, type Decimal, decimal } from './decimal.ts';
import type { InterestRule } from './interest.ts';
import { compoundDaily } from './interest-compound.ts';
import { simpleForVip } from './interest-simple-vip.ts';
import { type LedgerEntry, restate } from './restate.ts';

const RATE = decimal('0.027500');
type Event = { readonly transfer: Decimal } | { readonly days: number; readonly rule: InterestRule };

/** The ledger that these events leave behind. */
function ledger(opening: Decimal, events: readonly Event[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [{ number: 1n, amount: opening, balanceAfter: opening }];
  let balance = opening;
  for (const event of events) {
    const interest = 'rule' in event ? { rule: event.rule.name, rate: RATE, days: event.days } : undefined;
    const amount =
      'rule' in event
        ? event.rule.interest({ balance, rate: RATE, days: event.days, vip: true })
        : event.transfer;
    balance = add(balance, amount);
    entries.push({
      number: BigInt(entries.length + 1),
      amount,
      balanceAfter: balance,
      ...(interest && { interest }),
    });
  }
  return entries;
}

const events = fc.array(
  fc.oneof(
    fc.bigInt(-50_000n, 50_000n).map((units): Event => ({ transfer: { units, scale: 2 } })),
    fc.record({
      days: fc.integer({ min: 1, max: 366 }),
      rule: fc.constantFrom(simpleForVip, compoundDaily),
    }),
  ),
  { maxLength: 20 },
);

describe('restate', () => {
  test('leaves the ledger that the right rule would have left, whatever mix of rules booked it', () => {
    fc.assert(
      fc.property(events, (happened) => {
        const opening = decimal('10000.00');
        const wrong = ledger(opening, happened);
        const right = ledger(
          opening,
          happened.map((event) => ('rule' in event ? { ...event, rule: compoundDaily } : event)),
        );
        const firstWrong = wrong.findIndex(({ interest }) => interest?.rule === simpleForVip.name);
        const part = firstWrong < 0 ? [] : wrong.slice(firstWrong);
        const changed = new Map(
          restate(part, [simpleForVip.name], compoundDaily, true).map((entry) => [entry.number, entry]),
        );
        expect(wrong.map((entry) => changed.get(entry.number) ?? entry)).toEqual(right);
      }),
    );
  });

  test('touches nothing in books that are right', () => {
    const right = ledger(decimal('100.00'), [
      { days: 30, rule: compoundDaily },
      { transfer: decimal('-5.00') },
    ]);
    expect(restate(right, [simpleForVip.name], compoundDaily, true)).toEqual([]);
    expect(restate([], [simpleForVip.name], compoundDaily, true)).toEqual([]);
  });
});
