import { create, toBinary } from '@bufbuild/protobuf';
import { population } from '@chronos/bank-data/population.ts';
import { interestCents } from '@chronos/legacy-bank/core/interest.ts';
import { loanOffer } from '@chronos/legacy-bank/core/loan.ts';
import { AccrueInterestRequestSchema, TransferResponseSchema } from '@chronos/proto/bank/v1/bank_pb.js';
import { expect, test } from '@jest/globals';
import { describeWithPython, python } from './python.ts';

/** What the lines print as JSON, given `given`. */
function told(lines: string, given: unknown = null): unknown {
  return JSON.parse(
    python(`import json, sys\ngiven = json.load(sys.stdin)\n${lines}`, { input: JSON.stringify(given) }),
  );
}

describeWithPython('the Bank of 1990 reckons as the other banks do', () => {
  test('its population is the same', () => {
    const carriedOver = population().map(({ id, name, pin, vip, creditScore, accounts }) => [
      id,
      name,
      pin,
      vip,
      creditScore,
      accounts.map((account) => [
        account.id,
        account.kind === 'current' ? 'GK' : 'SP',
        account.blocked,
        Number(account.openingCents),
      ]),
    ]);
    expect(told('from bank.population import population\nprint(json.dumps(population()))')).toEqual(
      carriedOver,
    );
  });

  test('interest and loans, to the cent', () => {
    const interest = [0, 1, 7, 99_999, 813_240, 2_147_483_648].flatMap((cents) =>
      [2_500, 27_500].flatMap((rate) => [1, 30, 365].map((days) => [cents, rate, days] as const)),
    );
    const loans = [419, 420, 549, 650, 850].flatMap((score) =>
      [2_500_000, 2_500_001, 12_345].flatMap((cents) =>
        [1, 12, 13, 120, 121, 360].map((months) => [score, months % 2 === 1, cents, months] as const),
      ),
    );
    const reasons = { 'credit score below 420': '01', 'amount above the limit of the credit score': '02' };
    expect(
      told(
        `from bank.interest import interest_cents
from bank.loan import loan_offer
print(json.dumps([[interest_cents(*one) for one in given[0]], [loan_offer(*one) for one in given[1]]]))`,
        [interest, loans],
      ),
    ).toEqual([
      interest.map(([cents, rate, days]) => Number(interestCents(BigInt(cents), BigInt(rate), days))),
      loans.map(([score, vip, cents, months]) => {
        const offer = loanOffer(score, vip, BigInt(cents), months);
        return typeof offer === 'string'
          ? reasons[offer as keyof typeof reasons]
          : [Number(offer.ratePpm), Number(offer.paymentCents)];
      }),
    ]);
  });

  test('orders and answers are kept in the format that partners read', () => {
    const order = { accountId: '1000031', days: 365 };
    const answer = { reference: 'kö', fromBalance: '', status: 'booked' };
    expect(
      told(
        `from bank.records import *
order, answer = given
data = packed(TRANSFER_ANSWER, answer)
print(json.dumps([packed(INTEREST[1], order).hex(), data.hex(), unpacked(TRANSFER_ANSWER, data)]))`,
        [order, answer],
      ),
    ).toEqual([
      Buffer.from(toBinary(AccrueInterestRequestSchema, create(AccrueInterestRequestSchema, order))).toString(
        'hex',
      ),
      Buffer.from(toBinary(TransferResponseSchema, create(TransferResponseSchema, answer))).toString('hex'),
      answer,
    ]);
  });

  test('amounts are written with the minus behind', () => {
    expect(
      told(
        `from bank.books import read_amount, written_amount
print(json.dumps([[written_amount(cents), read_amount(written_amount(cents))] for cents in given]))`,
        [0, 12_345, -12_345],
      ),
    ).toEqual([
      ['000000000000000', 0],
      ['000000000012345', 12_345],
      ['000000000012345-', -12_345],
    ]);
  });
});
