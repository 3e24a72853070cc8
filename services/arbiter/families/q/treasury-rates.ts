/** Rates, prices and their terms in a dealing room. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['spread', 'margin', 'couponRate', 'addOn'],
      value(random) {
        const points = random.int(5, 895);
        const rate = (text: string, unit: string) => object({ rate: text, unit: json(unit) });
        return shown(
          rate(String(points), 'BP'),
          rate(decimal(points, 2), 'PERCENT'),
          rate(decimal(points, 1), 'PERCENT'),
        );
      },
    },
    {
      name: 'basis_points_into_percent',
      why: 'A hundred basis points are one percent, and both the figure and its unit changed accordingly.',
    },
    {
      name: 'basis_points_divided_by_ten',
      why: 'Basis points were divided by ten although the unit now says percent, so the rate is ten times too high.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['fxQuote', 'dealRate', 'conversion', 'spotRate'],
      value(random) {
        const [base, quote, low] = random.pick([
          ['EUR', 'USD', 1.05],
          ['GBP', 'USD', 1.24],
          ['EUR', 'PLN', 4.21],
          ['USD', 'CHF', 0.86],
          ['EUR', 'SEK', 11.1],
        ] as const);
        const rate = decimal(Math.floor(low * 10_000) + random.int(0, 400), 4);
        const answer = (from: string, to: string) => object({ base: json(from), quote: json(to), rate });
        const legacy = object({ pair: json(`${base}/${quote}`), rate: json(rate) });
        return shown(legacy, answer(base, quote), answer(quote, base));
      },
    },
    {
      name: 'currency_pair_split',
      why: 'The pair is split into its base and quote currency in the same order, at the same rate.',
    },
    {
      name: 'currency_pair_turned',
      why: 'Base and quote currency are exchanged while the rate is not inverted.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['bookRate', 'referenceRate', 'ecbRate', 'valuationRate'],
      least: 2,
      value(random) {
        const [currency, low, high] = random.pick([
          ['JPY', 5900, 6500],
          ['HUF', 2400, 2600],
          ['ISK', 6600, 6900],
        ] as const);
        const rate = random.int(low, high);
        const answer = (per: number, text: string) =>
          object({ currency: json(currency), per: String(per), eur: text });
        return shown(
          answer(100, json(decimal(rate, 4))),
          answer(1, decimal(rate, 6)),
          answer(1, decimal(rate, 4)),
        );
      },
    },
    {
      name: 'rate_per_hundred_into_per_one',
      why: 'A rate for a hundred units is now given for one unit and divided by a hundred.',
    },
    {
      name: 'rate_per_hundred_relabelled',
      why: 'The rate for a hundred units is said to be the rate for one unit.',
      critical: true,
    },
  ),
  ...coded(
    ['tenor', 'term', 'period', 'fixingTenor'],
    [
      ['1W', 'P7D', 'P1M'],
      ['2W', 'P14D'],
      ['1M', 'P1M', 'PT1M'],
      ['3M', 'P3M', 'PT3M'],
      ['6M', 'P6M', 'PT6M'],
      ['1Y', 'P1Y'],
      ['5Y', 'P5Y'],
    ],
    {
      name: 'tenor_into_iso_period',
      why: 'Market tenors such as 3M are written as the same ISO 8601 periods.',
    },
    {
      name: 'tenor_months_into_minutes',
      why: 'Months became minutes or another period: PT3M is three minutes, P1M for 1W is a month.',
      critical: true,
    },
    2,
  ),
  ...coded(
    ['dayCount', 'interestBasis', 'accrualBasis', 'basisCode'],
    [
      ['A360', 'ACT/360', 'ACT/365'],
      ['A365', 'ACT/365', 'ACT/360'],
      ['30E360', '30E/360', 'ACT/360'],
      ['ACTACT', 'ACT/ACT'],
    ],
    {
      name: 'accrual_basis_spelled_out',
      why: 'Short codes of day count conventions are spelled in their usual form.',
    },
    {
      name: 'accrual_basis_confused',
      why: 'Another day count convention is answered, which changes every interest amount computed with it.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['bondPrice32nds', 'treasuryPrice32', 'futurePriceIn32nds'],
      clear: true,
      least: 4,
      value(random) {
        const whole = random.int(91, 108);
        const ticks = random.int(1, 31);
        const price = decimal(whole * 100_000 + ticks * 3125, 5);
        return shown(json(`${whole}-${two(ticks)}`), price, `${whole}.${two(ticks)}`);
      },
    },
    {
      name: 'price_in_32nds_into_decimal',
      why: 'A price quoted in thirty-seconds is written as the exact decimal price.',
    },
    {
      name: 'price_in_32nds_hyphen_into_point',
      why: 'The hyphen was replaced by a point, so 99-16 reads 99.16 instead of 99.50.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['maturityDate', 'redemptionDate', 'finalRepaymentDate'],
      clear: true,
      value(random) {
        const day = Day.any(random, 2027, 2049);
        const legacy = `${day.dd}-${months[day.month - 1]}-${day.yyyy.slice(2)}`;
        return shownJson(legacy, day.iso, day.year >= 2040 ? `19${day.iso.slice(2)}` : day.iso);
      },
    },
    {
      name: 'oracle_rr_maturity',
      why: 'A maturity with an Oracle two-digit year is written as the same day of this century.',
    },
    {
      name: 'oracle_rr_maturity_last_century',
      why: 'Maturities from 2040 on are put into the 1940s, decades before the bond was issued.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['midRate', 'yield', 'quote', 'indicativePrice'],
      least: 4,
      common: () => ({ last: undefined as string | undefined }),
      value(random, state) {
        const rate = decimal(random.int(10_500, 49_900), 4);
        const stale = state.last ?? rate;
        state.last = rate;
        return shown(json(rate), rate, stale);
      },
    },
    {
      name: 'rate_text_into_number',
      why: 'The rate is the same decimal, without quotes.',
    },
    {
      name: 'rate_of_previous_request',
      why: 'The rewrite answers the rate that belonged to the request before, as if an answer were cached.',
      critical: true,
    },
  ),
];
