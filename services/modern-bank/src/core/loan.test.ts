import { textOf } from '@chronos/legacy-bank/core/cents.ts';
import { loanOffer } from '@chronos/legacy-bank/core/loan.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BUILDS } from './builds.ts';
import { decimal, format } from './decimal.ts';
import { quoteLoan } from './loan.ts';

const question = { creditScore: 700, vip: false, amount: decimal('10000.00'), months: 12 };

describe('quoteLoan', () => {
  test('an annuity: 10,000 at 4.99 % over twelve months', () => {
    expect(quoteLoan(BUILDS.v2.loans, question)).toEqual({
      approved: true,
      annualRate: decimal('0.049900'),
      monthlyPayment: decimal('856.03'),
    });
  });

  test('who gets none is told why', () => {
    expect(quoteLoan(BUILDS.v2.loans, { ...question, creditScore: 419 })).toEqual({
      approved: false,
      reason: 'credit score below 420',
    });
    expect(quoteLoan(BUILDS.v2.loans, { ...question, amount: decimal('250000.01') })).toEqual({
      approved: false,
      reason: 'amount above the limit of the credit score',
    });
  });

  test('v1 knows no term over ten years', () => {
    expect(quoteLoan(BUILDS.v1.loans, { ...question, months: 120 })).toMatchObject({ approved: true });
    expect(() => quoteLoan(BUILDS.v1.loans, { ...question, months: 121 })).toThrow(TypeError);
  });

  test('v2 quotes as legacy does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 850 }),
        fc.boolean(),
        fc.bigInt(1n, 60_000_000n),
        fc.integer({ min: 1, max: 360 }),
        (creditScore, vip, cents, months) => {
          const amount = { units: cents, scale: 2 };
          const quote = quoteLoan(BUILDS.v2.loans, { creditScore, vip, amount, months });
          const offer = loanOffer(creditScore, vip, cents, months);
          expect(
            quote.approved
              ? { ratePpm: quote.annualRate.units, payment: format(quote.monthlyPayment) }
              : quote.reason,
          ).toEqual(
            typeof offer === 'string'
              ? offer
              : { ratePpm: offer.ratePpm, payment: textOf(offer.paymentCents) },
          );
        },
      ),
    );
  });
});
