/** Amounts as shown and as computed: signs, spaces, scales, sums and shares. */
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** An amount of `cents` as French locales show it, grouped by `space`. */
const french = (cents: number, space: string): string => `${grouped(decimal(cents, 2), space, ',')} €`;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['displayAmount', 'montant', 'balanceText', 'amountFormatted'],
      value: (random) => {
        const cents = minorUnits(random, 20_00, 9_000_000_00);
        const lead = Math.floor(cents / (cents >= 100_000_000 ? 100_000_000 : 100_000)) * 100;
        const wrong = cents >= 100_000 ? french(lead, '\u202f') : french(cents, '\u202f');
        return shown(json(french(cents, '\u00a0')), json(french(cents, '\u202f')), json(wrong));
      },
    },
    { name: 'f_group_space_narrow', why: 'Only the kind of space that groups the thousands changed.' },
    {
      name: 'f_group_space_cuts_parse',
      critical: true,
      why: 'The amount was parsed only up to its first grouping space, so thousands became units.',
    },
  ),
  ...twins(
    {
      fields: ['movement', 'change', 'delta', 'bookedAmount'],
      value: (random) => {
        const text = decimal(minorUnits(random, 10, 900_000), 2);
        if (random.chance(0.4)) return shown(json(text), json(text), json(text));
        return shown(json(`\u2212${text}`), json(`-${text}`), json(text));
      },
    },
    { name: 'f_minus_sign_ascii', why: 'U+2212 and the hyphen are both a minus before the same amount.' },
    {
      name: 'f_minus_sign_stripped',
      critical: true,
      why: 'The typographic minus was stripped as an unknown character, so debits read as credits.',
    },
  ),
  ...twins(
    {
      fields: ['points', 'pointsTotal', 'bonus', 'itemsOrdered'],
      value: (random) => {
        const [base, extra] = [random.int(3, 4_000), random.int(1, 900)];
        return shown(
          json(`${base + extra} pts`),
          json(`${base + extra} points`),
          json(`${base}${extra} points`),
        );
      },
    },
    { name: 'f_points_spelled_out', why: 'The same number of points; pts abbreviates the word.' },
    {
      name: 'f_points_concatenated',
      critical: true,
      why: 'Two numbers were joined as texts instead of added, which gives far more points.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['price', 'charge', 'settlementAmount', 'authAmount'],
      value: (random) => {
        const code = random.pick(['JPY', 'JPY', 'KRW', 'EUR', 'USD', 'GBP']);
        const units = minorUnits(random, 300, 4_000_000);
        const amount = (text: string) => object({ amount: text, currency: json(code) });
        if (code !== 'JPY' && code !== 'KRW') {
          const text = amount(json(decimal(units, 2)));
          return { legacy: text, right: text };
        }
        return shown(amount(json(`${units}`)), amount(json(`${units}.00`)), amount(json(decimal(units, 2))));
      },
    },
    { name: 'f_yen_with_zero_cents', why: 'Zero decimals after a whole amount of yen or won add nothing.' },
    {
      name: 'f_yen_divided_by_100',
      critical: true,
      why: 'Yen and won have no minor unit, yet the amount was divided by one hundred.',
    },
  ),
  ...twins(
    {
      fields: ['plan', 'schedule', 'paymentPlan', 'splitPayment'],
      value: (random) => {
        const total = minorUnits(random, 50_00, 5_000_00);
        const parts = random.pick([3, 3, 4, 6, 7]);
        const each = Math.floor(total / parts);
        const rest = total - each * parts;
        const plan = (first: number, write: (text: string) => string) =>
          object({
            total: write(decimal(total, 2)),
            instalments: list(
              Array.from({ length: parts }, (_, at) => write(decimal(at === 0 ? first : each, 2))),
            ),
          });
        return shown(plan(each + rest, String), plan(each + rest, json), plan(each, json));
      },
    },
    { name: 'f_instalments_as_texts', why: 'Total and instalments are the same amounts, written as texts.' },
    {
      name: 'f_instalments_lose_the_rest',
      critical: true,
      why: 'The cents that do not divide evenly are charged to no instalment: they no longer add up to the total.',
    },
  ),
  ...twins(
    {
      fields: ['totals', 'basket', 'orderSummary', 'checkout'],
      value: (random) => {
        const [goods, shipping] = [minorUnits(random, 5_00, 900_00), random.pick([0, 3_90, 4_95, 7_50])];
        const [a, b, c] = [decimal(goods, 2), decimal(shipping, 2), decimal(goods + shipping, 2)];
        return shown(
          object({ goods: a, shipping: b, total: c }),
          object({ total: c, goods: a, shipping: b }),
          object({ total: a, goods: a, shipping: b }),
        );
      },
    },
    {
      name: 'f_totals_keys_reordered',
      why: 'The keys of an object have no order; every amount is the same.',
    },
    {
      name: 'f_total_without_shipping',
      critical: true,
      why: 'The total no longer holds the shipping that stands beside it.',
    },
  ),
  ...twins(
    {
      least: 2,
      fields: ['priceLine', 'netPrice', 'premium', 'voucherResult'],
      value: (random) => {
        const [gross, percent] = [minorUnits(random, 4_00, 60_000_00), random.pick([0, 5, 10, 15, 20])];
        const less = (cents: number) => Math.round((cents * (100 - percent)) / 100);
        const [before, once, twice] = [gross, less(gross), less(less(gross))].map((cents) =>
          decimal(cents, 2),
        );
        const right = (net = '') =>
          object({ net: json(net), gross: json(before), discount: json(`${percent}%`) });
        return shown(
          object({ gross: before ?? '', discount: json(`${percent} %`), net: once ?? '' }),
          right(once),
          right(twice),
        );
      },
    },
    { name: 'f_discount_as_texts', why: 'The same price before and after the same discount, as texts.' },
    {
      name: 'f_discount_applied_twice',
      critical: true,
      why: 'The net price is lower than the gross price by the discount twice.',
    },
  ),
  ...twins(
    {
      fields: ['statementLines', 'movements', 'ledger', 'bookings'],
      value: (random) => {
        let balance = minorUnits(random, 100_00, 9_000_00);
        const rows = Array.from({ length: random.int(2, 5) }, () => {
          const amount = (random.chance(0.6) ? -1 : 1) * minorUnits(random, 2_00, 300_00);
          balance += amount;
          return { amount, balance };
        });
        const lines = (of: (row: { balance: number }) => number, write: (text: string) => string) =>
          list(
            rows.map((row) =>
              object({ amount: write(decimal(row.amount, 2)), balance: write(decimal(of(row), 2)) }),
            ),
          );
        return shown(
          lines((row) => row.balance, json),
          lines((row) => row.balance, String),
          lines(() => balance, String),
        );
      },
    },
    { name: 'f_running_balance_numbers', why: 'Each line has the same amount and balance, as numbers.' },
    {
      name: 'f_running_balance_all_last',
      critical: true,
      why: 'Every line shows the last balance: one variable is shared by all lines.',
    },
  ),
];
