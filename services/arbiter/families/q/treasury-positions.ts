/** Balances and positions of a bank's treasury: PL/I pictures and Oracle Forms screens rewritten in Kotlin. */
import { isinDigit } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { currencies, Day, decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const bics = ['DEUTDEFF', 'BNPAFRPP', 'CHASUS33', 'BARCGB22', 'UBSWCHZH', 'NDEASESS', 'INGBNL2A'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['ledgerBalance', 'nostroBalance', 'bookBalance', 'closingBalance'],
      clear: true,
      least: 6,
      value(random) {
        const units = minorUnits(random);
        const debit = random.chance(0.5);
        const legacy = object({ amount: json(decimal(units, 2)), dc: json(debit ? 'D' : 'C') });
        return shown(legacy, decimal(debit ? -units : units, 2), decimal(units, 2));
      },
    },
    {
      name: 'debit_flag_into_sign',
      why: 'A debit balance with a D flag is written as a negative number and a credit balance as a positive one.',
    },
    {
      name: 'debit_flag_lost',
      why: 'The D flag is dropped and the amount stays positive, so an overdrawn account appears to be in credit.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['holdings', 'portfolio', 'lines', 'securitiesPositions'],
      least: 3,
      value(random) {
        const count = random.int(3, 5);
        const rows = Array.from({ length: count }, () => {
          const base = `${random.pick(['DE', 'FR', 'US', 'CH'])}${random.digits(9)}`;
          return { isin: base + isinDigit(base), quantity: random.int(1, 400) * 25 };
        });
        const swapped = rows.map(({ isin }, at) => ({ isin, quantity: rows[(at + 1) % count]!.quantity }));
        const distinct = rows.some(({ quantity }, at) => quantity !== swapped[at]!.quantity);
        const legacy = json(rows.map(({ isin, quantity }) => ({ isin, quantity: String(quantity) })));
        return distinct ? shown(legacy, json(rows), json(swapped)) : { legacy, right: json(rows) };
      },
    },
    {
      name: 'holdings_quantities_as_numbers',
      why: 'Each security keeps its quantity, which is a JSON number instead of its text.',
    },
    {
      name: 'holdings_quantities_shifted',
      why: 'Quantities stand beside the wrong securities, shifted by one line.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['dailyBalances', 'balanceHistory', 'curve', 'series'],
      once: true,
      value(random) {
        const first = Day.any(random, 2022, 2026);
        const days = Array.from({ length: random.int(3, 6) }, (_, at) => first.plus(at).iso);
        const amounts = days.map(() => decimal(minorUnits(random, 50_000), 2));
        const pairs = (shift: number) =>
          list(days.map((day, at) => object({ day: json(day), balance: amounts[Math.max(0, at - shift)]! })));
        return shown(list(days.map((day, at) => list([json(day), json(amounts[at])]))), pairs(0), pairs(1));
      },
    },
    {
      name: 'balance_pairs_into_objects',
      why: 'Pairs of day and balance became objects with the same day and balance.',
    },
    {
      name: 'balance_history_lags_a_day',
      why: 'From the second day on each day carries the balance of the day before.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['agentBic', 'correspondent', 'counterpartyBic', 'swiftAddress'],
      value(random) {
        const bic = random.pick(bics);
        if (random.chance(0.5)) return { legacy: json(bic), right: json(`${bic}XXX`) };
        const branch = bic + random.pick(['500', '700', 'HAM', 'MIL', 'LYO']);
        return shownJson(branch, branch, `${bic}XXX`);
      },
    },
    {
      name: 'bic_primary_office_spelled_out',
      why: 'A BIC of eight characters and the same one with XXX both name the primary office (ISO 9362).',
    },
    {
      name: 'bic_branch_replaced',
      why: 'A branch code is overwritten by XXX, so the payment goes to the head office instead of the branch.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['creditLine', 'counterpartyLimit', 'facility', 'exposure'],
      least: 4,
      value(random) {
        const limit = random.int(10, 900) * 1_000_000;
        const used = Math.floor(limit * (0.4 + random.next() * 0.8));
        const row = (free: number, text: (units: number) => string) =>
          object({ limit: text(limit), used: text(used), free: text(free) });
        const number = (units: number) => decimal(units, 2);
        const free = limit - used;
        return shown(
          row(free, (units) => json(decimal(units, 2))),
          row(free, number),
          row(Math.max(0, free), number),
        );
      },
    },
    {
      name: 'limit_usage_as_numbers',
      why: 'Limit, use and what is left are the same figures, written as numbers.',
    },
    {
      name: 'limit_excess_shown_as_zero',
      why: 'An exceeded limit answers zero left where legacy shows by how much it is exceeded.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['valuation', 'balanceWithCurrency', 'displayBalance', 'amountText'],
      value(random) {
        const plain = decimal(minorUnits(random, 100_000), 2);
        const currency = random.pick(currencies);
        const continental = grouped(plain, '.', ',');
        const cut = continental.split('.').slice(0, 2).join('.').replace(/,.*/, '');
        const answer = (amount: string) => object({ currency: json(currency), amount: json(amount) });
        return shown(json(`${currency} ${continental}`), answer(plain), answer(cut));
      },
    },
    {
      name: 'forms_amount_split_from_currency',
      why: 'A continental amount with its currency became an object with the same currency and amount.',
    },
    {
      name: 'forms_grouping_read_as_point',
      why: 'The first grouping point is taken for the decimal point, so the amount shrinks a thousand times or more.',
      critical: true,
    },
  ),
];
