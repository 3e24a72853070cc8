/** Money: what another number type, another rounding and another configuration make of the same amount. */
import type { Family } from '../kit.ts';
import { decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { always, differs, pair } from './base.ts';

const scales = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KRW: 0, CLP: 0 } as const;
type Currency = keyof typeof scales;

/** A double as Java prints it. */
function javaDouble(value: number): string {
  if (value < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', power = ''] = value.toExponential().split('e+');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${power}`;
}

export const families: Family[] = [
  ...pair(
    {
      fields: ['cartTotal', 'subtotal', 'invoice.net', 'lineTotal', 'balance'],
      routes: ['GET /carts/{id}', 'POST /quotes', 'GET /invoices/{number}'],
      shares: always,
      value(random) {
        const cents = minorUnits(random, 500, 300_000);
        const value = cents / 100;
        const noisy = random.chance(0.5) ? (value * 3 + 0.1 * 3 - 0.3) / 3 : value - 0.7 + 0.7;
        const truncated = Math.trunc(value * 100) / 100;
        return shown(String(noisy), String(value), String(truncated));
      },
    },
    {
      name: 'ff_double_noise_gone',
      why: 'The old sum was a double with an error far behind the cent; the new one is exact and the same money.',
    },
    {
      name: 'ff_cents_truncated_from_double',
      critical: true,
      why: 'Cents are cut instead of rounded after a multiplication of doubles, so some amounts are a cent short.',
    },
  ),
  differs(
    {
      fields: ['vatAmount', 'tax', 'commission', 'interestAmount', 'fee'],
      routes: ['POST /quotes', 'GET /invoices/{number}', 'GET /accounts/{id}/interest'],
      shares: always,
      evidence: 3,
      value(random) {
        const tenths = minorUnits(random, 300, 3_000_000) * 10 + (random.chance(0.5) ? 5 : random.int(0, 9));
        const up = Math.floor((tenths + 5) / 10);
        const tie = tenths % 10 === 5;
        const even = tie && up % 2 === 1 ? up - 1 : up;
        return shown(decimal(up, 2), decimal(up, 2), decimal(even, 2));
      },
    },
    {
      name: 'ff_half_even_instead_of_half_up',
      critical: true,
      why: 'Half cents go to the even neighbour instead of up, so amounts are a cent lower now and then.',
    },
  ),
  ...pair(
    {
      fields: ['amount', 'price', 'transfer.amount', 'settlement'],
      routes: ['POST /payments', 'GET /payments/{id}', 'GET /products/{id}/prices'],
      shares: [1, 1, 0.6],
      value(random) {
        const currency = random.pick(Object.keys(scales) as Currency[]);
        const scale = scales[currency];
        const units =
          scale === 0
            ? random.int(3, 9_000) * 100 + random.pick([0, 0, 50])
            : minorUnits(random, 200, 5_000_000);
        const money = (value: string) => object({ value, currency: json(currency) });
        return shown(
          money(decimal(units, scale)),
          money(json(decimal(units, scale))),
          money(json(decimal(units, 2))),
        );
      },
    },
    {
      name: 'ff_money_value_as_text',
      why: 'The value of the money object is text instead of a number; it is the same number in the same currency.',
    },
    {
      name: 'ff_currency_without_minor_unit_divided',
      critical: true,
      why: 'Yen, won and Chilean peso have no hundredths, but the rewrite divides all currencies by a hundred.',
    },
  ),
  ...pair(
    {
      fields: ['bookingAmount', 'saldo', 'turnover.amount', 'entryAmount'],
      routes: ['GET /accounts/{id}/entries', 'GET /ledger/{period}', 'GET /statements/{id}'],
      evidence: 3,
      value(random) {
        const amount = decimal(minorUnits(random, 100, 4_000_000), 2);
        return random.chance(0.5)
          ? { legacy: json(`${amount}-`), right: json(`-${amount}`), wrong: json(amount) }
          : { legacy: json(amount), right: json(amount) };
      },
    },
    {
      name: 'ff_trailing_minus_to_leading',
      why: 'The host prints the minus sign behind the amount and the rewrite before it.',
    },
    {
      name: 'ff_trailing_minus_lost',
      critical: true,
      why: 'The parser stops at the last digit, so debits printed with a trailing minus become credits.',
    },
  ),
  ...pair(
    {
      fields: ['annualTurnover', 'exposure', 'sumInsured', 'assetsUnderManagement'],
      routes: ['GET /companies/{id}', 'GET /portfolios/{id}', 'GET /risks/{id}'],
      shares: always,
      value(random) {
        const value = minorUnits(random, 200_000, 900_000_000) - (random.chance(0.5) ? 0 : 0.5);
        const text = javaDouble(value);
        return shown(
          text,
          String(value),
          value < 1e7 ? String(value) : String(Number.parseFloat(text.split('E')[0]!)),
        );
      },
    },
    {
      name: 'ff_java_double_exponent_written_out',
      why: 'Java prints doubles from ten million on with an exponent; the plain digits are the same number.',
    },
    {
      name: 'ff_exponent_cut_off_by_parser',
      critical: true,
      why: 'The parser drops the exponent which Java prints from ten million on, so large amounts become a few units.',
    },
  ),
  ...pair(
    {
      fields: ['betrag', 'gesamtpreis', 'importe', 'montant', 'amount'],
      routes: ['GET /rechnungen/{nr}', 'GET /invoices/{number}', 'POST /imports/csv'],
      shares: always,
      value(random) {
        const plain = decimal(minorUnits(random, 500, 60_000_000), 2);
        const german = grouped(plain, '.', ',');
        return shown(
          json(german),
          String(Number(plain)),
          String(Number.parseFloat(german.replace(',', '.'))),
        );
      },
    },
    {
      name: 'ff_continental_amount_to_number',
      why: 'Points group the thousands and the comma is the decimal sign; the number is the same amount.',
    },
    {
      name: 'ff_continental_thousands_read_as_decimals',
      critical: true,
      why: 'The point that groups thousands is read as the decimal sign, so amounts from a thousand on shrink.',
    },
  ),
  differs(
    {
      fields: ['instalments', 'schedule', 'splits', 'shares'],
      routes: ['GET /loans/{id}/schedule', 'POST /orders/{id}/split', 'POST /quotes'],
      shares: always,
      evidence: 3,
      value(random) {
        const parts = random.int(2, 6);
        const units = minorUnits(random, 1_000, 500_000);
        const part = Math.floor(units / parts);
        const whole = Array.from({ length: parts }, (_, at) =>
          decimal(part + (at < units % parts ? 1 : 0), 2),
        );
        const short = whole.map(() => decimal(part, 2));
        return shown(list(whole), list(whole), list(short));
      },
    },
    {
      name: 'ff_split_loses_remainder',
      critical: true,
      why: 'The remainder of the division is no longer handed out, so the parts add up to less than the total.',
    },
  ),
  differs(
    {
      fields: ['totals', 'taxSummary', 'pricing', 'breakdown'],
      routes: ['POST /quotes', 'GET /invoices/{number}', 'POST /checkout'],
      evidence: 3,
      common: (random) =>
        random.pick([
          [81, 77],
          [26, 25],
          [190, 160],
          [220, 210],
          [255, 240],
        ] as const),
      value(random, [now, before]) {
        const net = minorUnits(random, 1_000, 400_000);
        const of = (rate: number) => {
          const tax = Math.round((net * rate) / 1000);
          return object({ net: decimal(net, 2), tax: decimal(tax, 2), gross: decimal(net + tax, 2) });
        };
        return shown(of(now), of(now), of(before));
      },
    },
    {
      name: 'ff_tax_rate_of_last_year',
      critical: true,
      why: 'The configuration of the rewrite still holds the former tax rate, so tax and gross are too low.',
    },
  ),
  differs(
    {
      fields: ['unitPrice', 'price', 'monthlyFee', 'ticketPrice'],
      routes: ['GET /products/{id}', 'GET /tariffs', 'POST /quotes'],
      evidence: 3,
      shares: [0.2, 0.4, 0.6],
      common: (random) => random.pick([5, 10, 15, 20, 25]),
      value(random, percent) {
        const units = random.int(5, 900) * 100 - random.pick([1, 5, 10, 0]);
        const text = decimal(units, 2);
        return shownJson(text, text, decimal(Math.round((units * (100 - percent)) / 100), 2));
      },
    },
    {
      name: 'ff_campaign_flag_left_on',
      critical: true,
      why: 'A discount campaign is still switched on in the rewrite, so some prices are lower by one fixed percentage.',
    },
  ),
];
