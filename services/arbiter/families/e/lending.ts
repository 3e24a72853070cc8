/** Rates, terms and conditions of loans and deposits. */
import { twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const basisPoints = twins(
  {
    fields: ['margin', 'nominalRate', 'spread', 'commissionRate'],
    value(random) {
      const points = random.int(2, 170) * 5;
      const percent = decimal(points, 2).replace(/0$/, '');
      return shown(json(`${percent} %`), json(`${points} bp`), json(`${points * 10} bp`));
    },
  },
  { name: 'e_percent_in_basis_points', why: 'A percent is a hundred basis points: 3.5 % is 350 bp.' },
  {
    name: 'e_basis_points_tenfold',
    critical: true,
    why: 'A percent was taken for a thousand basis points: the rate is ten times as high.',
  },
);

const ratePeriod = twins(
  {
    fields: ['rate', 'lateInterest', 'pricing', 'overdraftRate'],
    value(random) {
      const value = decimal(random.int(50, 2_400), 4);
      const body = (per: string) => object({ value, per: json(per) });
      return random.chance(0.6)
        ? shown(body('MONTH'), body('P1M'), body('P1Y'))
        : shown(body('YEAR'), body('P1Y'), body('P1Y'));
    },
  },
  { name: 'e_rate_period_as_duration', why: 'The period of a rate is written as an ISO 8601 duration.' },
  {
    name: 'e_monthly_rate_per_year',
    critical: true,
    why: 'A rate per month is stated as one per year: a twelfth of the interest.',
  },
);

const conventions = [
  ['ACT/360', 'Actual/360', '30/360'],
  ['ACT/365F', 'Actual/365 Fixed', 'Actual/360'],
  ['ACT/ACT', 'Actual/Actual'],
  ['30E/360', '30E/360 Eurobond'],
] as const;
const dayCount = twins(
  {
    fields: ['dayCount', 'interestBasis', 'accrualMethod'],
    once: true,
    least: 3,
    value(random) {
      const [legacy, right, wrong] = random.pick(conventions);
      return shown(json(legacy), json(right), json(wrong ?? right));
    },
  },
  { name: 'e_day_count_spelled_out', why: 'ACT is short for Actual; the basis of days is the same.' },
  {
    name: 'e_day_count_confused',
    critical: true,
    why: 'The convention is another one: its days or its year are counted differently.',
  },
);

const dayBasis = twins(
  {
    fields: ['accruedInterest', 'interest', 'couponInterest'],
    clear: true,
    least: 6,
    always: true,
    value(random) {
      const year = minorUnits(random, 40_000, 9_000_000);
      const legacy = decimal(year, 2);
      return shown(legacy, json(legacy), json(decimal(Math.round((year * 365) / 360), 2)));
    },
  },
  { name: 'e_interest_as_text', why: 'The same interest to the cent, as text.' },
  {
    name: 'e_interest_on_360_days',
    critical: true,
    why: 'Every amount is higher by the ratio 365 to 360: the year was taken as 360 days.',
  },
);

const crossRates = twins(
  {
    fields: ['fx', 'quote', 'conversion', 'exchange'],
    value(random) {
      const rate = random.int(10_210, 18_900) / 10_000;
      const other = random.pick(['USD', 'CHF', 'GBP', 'CAD', 'AUD']);
      const body = (base: string, counter: string, text: string) =>
        object({ base: json(base), counter: json(counter), rate: text });
      return shown(
        body('EUR', other, rate.toFixed(4)),
        body(other, 'EUR', (1 / rate).toFixed(10)),
        body(other, 'EUR', rate.toFixed(10)),
      );
    },
  },
  {
    name: 'e_rate_of_inverse_pair',
    why: 'Pair and rate are both inverted: the same price of one currency in the other.',
  },
  {
    name: 'e_pair_inverted_rate_kept',
    critical: true,
    why: 'The pair is inverted but the rate is not: money converts in the wrong direction.',
  },
);

export const families = [...basisPoints, ...ratePeriod, ...dayCount, ...dayBasis, ...crossRates];
