/** Rates: percent, periods, currency pairs, decimal quantities. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['effectiveRate', 'apr', 'commission', 'utilisation'],
      value(random) {
        const hundredths = random.int(5, 2_499);
        const text = decimal(hundredths, 2);
        return shown(json(`${text} %`), json(`${text}%`), json(`${decimal(hundredths, 4)}%`));
      },
    },
    { name: 'percent_sign_spacing', why: 'The same percentage with and without a space before the sign.' },
    {
      name: 'fraction_with_percent_sign',
      why: 'The fraction got the percent sign, which makes the rate a hundredth of what it was.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['debitInterest', 'nominalRate', 'savingsRate', 'lendingRate'],
      value(random) {
        const text = decimal(random.int(50, 1_499), 2);
        const [per, right, wrong] = random.pick([
          ['YEAR', 'p.a.', 'p.m.'],
          ['YEAR', 'p.a.', 'p.m.'],
          ['MONTH', 'p.m.', 'p.a.'],
        ]);
        const legacy = object({ percent: json(text), per: json(per) });
        return shown(legacy, json(`${text} % ${right}`), json(`${text} % ${wrong}`));
      },
    },
    {
      name: 'rate_period_abbreviated',
      why: 'Per year and per month are said as p.a. and p.m. beside the same rate.',
    },
    {
      name: 'yearly_rate_per_month',
      why: 'A rate per year is quoted per month, or the other way round, at the same figure.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['fx', 'conversion', 'exchangeRate', 'quote'],
      value(random) {
        const base = random.pick(['EUR', 'GBP', 'CHF']);
        const [quote, low, high] = random.pick([
          ['USD', 10_300, 13_200],
          ['SEK', 108_000, 139_000],
          ['PLN', 41_500, 51_800],
          ['JPY', 1_560_000, 2_050_000],
        ] as const);
        const rate = decimal(random.int(low, high), 4);
        const legacy = object({ base: json(base), quote: json(quote), rate });
        return shown(legacy, json(`${base}/${quote} ${rate}`), json(`${quote}/${base} ${rate}`));
      },
    },
    {
      name: 'currency_pair_as_text',
      why: 'Base, quote currency and rate of the object are the parts of the text.',
    },
    {
      name: 'currency_pair_turned_round',
      why: 'Base and quote currency are exchanged while the rate stays.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['fxRate', 'conversionRate', 'referenceRate', 'rate'],
      least: 3,
      value(random) {
        const units = random.int(520_000, 1_950_000);
        const rate = decimal(units, 6);
        return shown(rate, json(rate), json(decimal(Math.round(units / 10_000), 2)));
      },
    },
    { name: 'fx_rate_quoted', why: 'All six decimals of the exchange rate are kept in the text.' },
    {
      name: 'fx_rate_rounded_like_money',
      why: 'The exchange rate is rounded to cents, which costs up to half a percent of each conversion.',
      critical: true,
    },
  ),
];
