/** A card issuer and acquirer: amounts, fees, limits and conversions. */
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const isoCurrencies = [
  ['978', 'EUR', 2],
  ['840', 'USD', 2],
  ['826', 'GBP', 2],
  ['392', 'JPY', 0],
  ['410', 'KRW', 0],
  ['414', 'KWD', 3],
  ['048', 'BHD', 3],
] as const;

export const families: Family[] = [
  ...twins(
    {
      fields: ['transactionAmount', 'authAmount', 'amount'],
      always: true,
      value(random) {
        const [number, letters, exponent] = random.pick(isoCurrencies);
        const units = minorUnits(random, 150, 900_000) * (exponent === 3 ? 10 : 1);
        const answer = (scale: number) =>
          object({ amount: json(decimal(units, scale)), currency: json(letters) });
        const legacy = object({ amount: json(String(units).padStart(12, '0')), currency: json(number) });
        return shown(legacy, answer(exponent), answer(2));
      },
    },
    {
      name: 'iso8583_amount_by_exponent',
      why: 'The twelve-digit amount is in minor units of its currency, and the point is set by the exponent of each currency.',
    },
    {
      name: 'iso8583_amount_always_cents',
      critical: true,
      why: 'Yen and won have no minor unit and dinars have three decimals, yet the rewrite always divides by a hundred.',
    },
  ),
  ...twins(
    {
      fields: ['netPosition', 'settlement', 'clearingTotal'],
      value(random) {
        const amount = decimal(minorUnits(random, 500), 2);
        const credit = random.chance(0.5);
        const answer = (yes: boolean) => object({ amount, side: json(yes ? 'CREDIT' : 'DEBIT') });
        const legacy = object({ amount: json(amount), side: json(credit ? 'CR' : 'DR') });
        return shown(legacy, answer(credit), answer(!credit));
      },
    },
    {
      name: 'settlement_side_spelled_out',
      why: 'CR and DR are credit and debit, and the amounts are the same numbers.',
    },
    {
      name: 'settlement_side_turned',
      critical: true,
      why: 'A credit is answered as a debit or the reverse: who pays whom is turned around.',
    },
  ),
  ...twins(
    {
      fields: ['interchange', 'feeRate', 'merchantServiceCharge'],
      value(random) {
        const points = random.pick([5, 15, 20, 25, 30, 45, 60, 80, 110, 125, 150, 175, 240]);
        const percent = (hundredths: number) => `${decimal(hundredths, 2)} %`;
        return shownJson(`${points} bp`, percent(points), percent(points * 10));
      },
    },
    {
      name: 'interchange_points_as_percent',
      why: 'A hundred basis points are one percent, so 20 bp and 0.20 % are the same rate.',
    },
    {
      name: 'interchange_points_per_mille',
      critical: true,
      why: 'Basis points are divided by ten instead of a hundred, so the percentage is ten times too high.',
    },
  ),
  ...twins(
    {
      fields: ['merchantFee', 'acquirerFee', 'payout'],
      always: true,
      common: (random) => ({ points: random.pick([60, 80, 100, 150]), cap: random.pick([250, 500, 1000]) }),
      value(random, { points, cap }) {
        const gross = minorUnits(random, 500, 400_000);
        const full = Math.round((gross * points) / 10_000);
        const texts = (fee: number) => [gross, fee, gross - fee].map((units) => decimal(units, 2));
        const [amount = '', fee = '', net = ''] = texts(Math.min(full, cap));
        const answer = (due: number) => {
          const [a = '', f = '', n = ''] = texts(due);
          return object({ gross: a, fee: f, net: n });
        };
        return shown(
          object({ gross: json(amount), fee: json(fee), net: json(net) }),
          answer(Math.min(full, cap)),
          answer(full),
        );
      },
    },
    {
      name: 'merchant_fee_as_numbers',
      why: 'Gross, fee and net are the same amounts, only written as numbers instead of strings.',
    },
    {
      name: 'merchant_fee_cap_forgotten',
      critical: true,
      why: 'Legacy never takes more than the cap, and the rewrite takes the whole percentage and pays out less.',
    },
  ),
  ...twins(
    {
      fields: ['dailyLimit', 'cashLimit', 'spendingLimit'],
      clear: true,
      least: 6,
      always: true,
      value(random) {
        if (random.chance(0.3)) return shownJson('9999999999.99', 'UNLIMITED', '0.00');
        const limit = decimal(random.int(2, 100) * 10_000, 2);
        return { legacy: json(limit.padStart(13, '0')), right: json(limit) };
      },
    },
    {
      name: 'card_limit_nines_unlimited',
      why: 'A limit of all nines is the usual way to say no limit, and the other limits only lose their leading zeros.',
    },
    {
      name: 'card_limit_nines_to_zero',
      critical: true,
      why: 'Cards without a limit (all nines) get a limit of zero and are declined everywhere.',
    },
  ),
  ...twins(
    {
      fields: ['conversion', 'billingAmount', 'dcc'],
      value(random) {
        const units = minorUnits(random, 500, 300_000);
        const rate = random.int(7000, 19_000);
        const settled = Math.round((units * rate) / 10_000);
        const inverse = Math.round((units * 10_000) / rate);
        const [amount, factor] = [decimal(units, 2), decimal(rate, 4)];
        const answer = (result: number) => object({ amount, rate: factor, converted: decimal(result, 2) });
        const legacy = object({
          amount: json(amount),
          rate: json(factor),
          converted: json(decimal(settled, 2)),
        });
        return Math.abs(rate - 10_000) < 300
          ? { legacy, right: answer(settled) }
          : shown(legacy, answer(settled), answer(inverse));
      },
    },
    {
      name: 'conversion_as_numbers',
      why: 'Amount, rate and converted amount are the same values as numbers instead of strings.',
    },
    {
      name: 'conversion_divides_by_rate',
      critical: true,
      why: 'Legacy multiplies the amount by the shown rate, the rewrite divides by it.',
    },
  ),
  ...twins(
    {
      fields: ['surcharge', 'openAmount', 'turnover'],
      value(random) {
        const units = minorUnits(random, 20_000, 90_000_000);
        const text = decimal(units, 2);
        const cut = text.replace(/\.\d\d$/, '');
        return units >= 100_000
          ? shown(json(grouped(text, ' ', ',')), text, cut.slice(0, ((cut.length - 1) % 3) + 1))
          : { legacy: json(text.replace('.', ',')), right: text };
      },
    },
    {
      name: 'statement_space_grouping_parsed',
      why: 'Spaces group the thousands and the comma is the decimal point, so the number is the same amount.',
    },
    {
      name: 'statement_space_grouping_cut',
      critical: true,
      why: 'The number ends at the first space, so thousands are taken for units.',
    },
  ),
];
