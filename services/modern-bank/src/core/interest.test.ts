import { interestCents } from '@chronos/legacy-bank/core/interest.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimal, format } from './decimal.ts';
import { annualRate } from './interest.ts';
import { compoundDaily } from './interest-compound.ts';
import { simpleForVip } from './interest-simple-vip.ts';

const terms = (balance: string, rate: string, days: number, vip = false) => ({
  balance: decimal(balance),
  rate: decimal(rate),
  days,
  vip,
});

describe('interest', () => {
  test.each([
    // Worked with exact fractions: 10,000 × ((1 + 0.0275/365)^n − 1) is 0.7534…, 22.6274…, 278.8055….
    ['10000.00', '0.027500', 1, '0.75'],
    ['10000.00', '0.027500', 30, '22.63'],
    ['10000.00', '0.027500', 365, '278.81'],
    ['0.00', '0.027500', 365, '0.00'],
  ])('%s at %s for %i days bears %s', (balance, rate, days, interest) => {
    expect(format(compoundDaily.interest(terms(balance, rate, days)))).toBe(interest);
  });

  test('v1: simple interest for VIP customers, right for the others', () => {
    expect(format(simpleForVip.interest(terms('10000.00', '0.027500', 365, true)))).toBe('275.00');
    expect(format(simpleForVip.interest(terms('10000.00', '0.027500', 365, false)))).toBe('278.81');
  });

  test('the rule of v2 is the rule of legacy, to the cent', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 13n),
        fc.constantFrom(2_500n, 5_000n, 12_500n, 27_500n),
        fc.integer({ min: 1, max: 366 }),
        (cents, ppm, days) => {
          const modern = compoundDaily.interest({
            balance: { units: cents, scale: 2 },
            rate: { units: ppm, scale: 6 },
            days,
            vip: true,
          });
          expect(modern).toEqual({ units: interestCents(cents, ppm, days), scale: 2 });
        },
      ),
    );
  });

  test('VIP customers have their own rate', () => {
    expect(format(annualRate('savings', true))).toBe('0.027500');
    expect(format(annualRate('savings', false))).toBe('0.012500');
  });
});
