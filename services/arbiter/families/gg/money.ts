/** Rounding and money: rates, interest, instalments, accounts. */
import { germanIbanDigits } from '../check-digits.ts';
import type { Family } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, pair } from './parts.ts';

export const families: readonly Family[] = [
  ...broken(
    ['GET /loans/{id}/schedule', 'POST /instalments'],
    {
      fields: ['instalments', 'schedule', 'rates'],
      always: true,
      value(random) {
        const [total, months] = [minorUnits(random, 5000, 900_000), random.pick([3, 4, 6, 10])];
        const each = Math.floor(total / months);
        const all = (last: number) =>
          list(Array.from({ length: months }, (_, at) => decimal(at === months - 1 ? last : each, 2)));
        return shown(all(total - each * (months - 1)), all(total - each * (months - 1)), all(each));
      },
    },
    [
      'remainder_of_instalments',
      'The last instalment no longer takes what the division left, so cents are never paid.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /loans/{id}', 'GET /deposits/{id}'],
    {
      fields: ['interest', 'accruedInterest', 'interestDue'],
      always: true,
      value(random) {
        const yearly = (minorUnits(random, 100_000, 50_000_000) * random.int(100, 700)) / 10_000;
        const days = random.int(10, 180);
        const accrued = (basis: number) => decimal(Math.round((yearly * days) / basis), 2);
        return shown(accrued(360), accrued(360), accrued(365));
      },
    },
    [
      'interest_by_365_days',
      'Interest is divided by 365 days instead of 360: each amount is 1.4 per cent too low.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /accounts/{id}/transactions', 'POST /ws/LedgerService'],
    {
      fields: ['amount', 'movement', 'posting'],
      always: true,
      value(random) {
        const amount = minorUnits(random, 100, 5_000_000);
        const debit = random.chance(0.5);
        return shown(
          json(`${decimal(amount, 2)} ${debit ? 'DR' : 'CR'}`),
          decimal(debit ? -amount : amount, 2),
          decimal(amount, 2),
        );
      },
    },
    [
      'debit_as_negative',
      'Debits are negative and credits positive, instead of DR and CR behind the amount.',
    ],
    [
      'debit_mark_dropped',
      'The mark behind the amount is dropped, so money that left looks like money received.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /accounts/{id}', 'POST /payments', 'GET /payees/{id}'],
    {
      fields: ['iban', 'creditorAccount', 'payToAccount'],
      always: true,
      value(random) {
        const bank = `${random.int(1, 8)}${random.digits(7)}`;
        const account = random.chance(0.5)
          ? `0${random.digits(9)}`
          : `${random.int(1, 9)}${random.digits(9)}`;
        const iban = `DE${germanIbanDigits(bank + account)}${bank}${account}`;
        const short = `${iban.slice(0, 12)}${account.replace(/^0+/, '')}`;
        return shownJson((iban.match(/.{1,4}/g) ?? []).join(' '), iban, short);
      },
    },
    ['iban_without_blanks', 'The blanks of the printed form are no part of an IBAN.'],
    [
      'iban_account_number_short',
      'The account passes through a number, so IBANs lose zeros and are no IBANs any more.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /accounts/{id}/balance', 'GET /cards/{id}/limit'],
    {
      fields: ['balances', 'funds', 'balance'],
      always: true,
      value(random) {
        const booked = minorUnits(random, 10_000, 3_000_000);
        const held = random.chance(0.6) ? random.int(100, Math.floor(booked / 2)) : 0;
        const as = (available: number) =>
          object({ booked: decimal(booked, 2), held: decimal(held, 2), available: decimal(available, 2) });
        return shown(as(booked - held), as(booked - held), as(booked));
      },
    },
    [
      'holds_not_subtracted',
      'What is held for open card payments is not subtracted from the available balance.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /loans/{id}', 'POST /quotes', 'GET /deposits/{id}'],
    {
      fields: ['interestRate', 'nominalRate', 'apr'],
      clear: true,
      always: true,
      value(random) {
        const points = random.chance(0.3) ? random.int(1, 9) * 100 : random.int(20, 190) * 5;
        const text = `${decimal(points, 2)} %`;
        return shown(json(text), String(points / 10_000), String(Math.round(points / 100) / 100));
      },
    },
    ['rate_as_fraction', 'Per cent were printed, the fraction of one is answered: the same rate.'],
    [
      'rate_to_whole_per_cent',
      'The fraction is stored with two decimals, so rates are rounded to whole per cent.',
      'critical',
    ],
  ),
];
