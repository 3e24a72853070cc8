/** Loans, limits and cover: rates, terms, excesses, shares. */
import { type Family, type Random, twins } from '../kit.ts';
import { currencies, decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const apr = twins(
  {
    fields: ['apr', 'annualRate', 'effectiveRate'],
    clear: true,
    value(random: Random) {
      const thousandths = random.int(900, 18_900);
      const right = String(Number(decimal(thousandths, 3)));
      return shown(json(`${decimal(thousandths, 3)}%`), right, String(Math.round(thousandths / 12) / 1000));
    },
  },
  { name: 'g_annual_rate_without_sign', why: 'The same percentage per year as a number without its sign.' },
  { name: 'g_annual_rate_is_monthly', why: 'The annual rate was divided by twelve.', critical: true },
);

const exchange = twins(
  {
    fields: ['conversion', 'fx', 'quote'],
    least: 2,
    value(random: Random) {
      const [from, to] = random.shuffled(currencies);
      const rate = random.int(55_000, 92_000);
      const source = minorUnits(random, 1000, 900_000);
      const inverted = Math.round(1e10 / rate);
      const as = (text: string, pair: string) =>
        object({ pair: json(pair), rate: text, sourceAmount: decimal(source, 2) });
      return shown(
        as(json(decimal(rate * 10, 6)), `${from}${to}`),
        as(decimal(rate, 5), `${from}/${to}`),
        as(decimal(inverted, 5), `${from}/${to}`),
      );
    },
  },
  {
    name: 'g_rate_of_pair_with_slash',
    why: 'The same rate of the same pair; only a slash and a closing zero differ.',
  },
  {
    name: 'g_rate_of_pair_inverted',
    why: 'The rate is one divided by what legacy answers for the same pair.',
    critical: true,
  },
);

const limitPeriods = [
  ['DAY', 'daily'],
  ['WEEK', 'weekly'],
  ['MONTH', 'monthly'],
  ['YEAR', 'yearly'],
] as const;
const limits = twins(
  {
    fields: ['spendingLimit', 'cardLimit', 'transferLimit'],
    value(random: Random) {
      const [code, word] = random.pick(limitPeriods);
      const amount = random.pick([100, 250, 500, 1000, 2500, 5000, 10_000]);
      const as = (period: string) => object({ period: json(period), amount: String(amount) });
      return shown(object({ period: json(code), amount: `${amount}.00` }), as(word), as('daily'));
    },
  },
  { name: 'g_limit_period_spelled', why: 'The same limit for the same period, in another word.' },
  {
    name: 'g_limit_period_defaults_to_day',
    why: 'A weekly, monthly or yearly limit is answered as a daily one.',
    critical: true,
  },
);

const payout = twins(
  {
    fields: ['maxPayout', 'coverLimit', 'sumInsured'],
    clear: true,
    least: 3,
    value(random: Random) {
      const sum = random.chance(0.4) ? undefined : random.int(1, 80) * 25_000;
      const as = (amount: string, unlimited: boolean) => object({ amount, unlimited: String(unlimited) });
      return sum === undefined
        ? shown(json('unlimited'), as('null', true), as('0', false))
        : { legacy: json(String(sum)), right: as(String(sum), false) };
    },
  },
  { name: 'g_unlimited_cover_flagged', why: 'Unlimited stays unlimited, as a flag beside an empty amount.' },
  { name: 'g_unlimited_cover_is_zero', why: 'Unlimited cover became a cover of nothing.', critical: true },
);

const excess = twins(
  {
    fields: ['coverages', 'policyParts', 'risks'],
    value(random: Random) {
      const names = random.shuffled(['building', 'contents', 'liability', 'glass', 'flood']).slice(0, 3);
      const sums = random.shuffled([100, 150, 250, 500, 1000]);
      const rows = names.map((name, at) => ({ name, excess: sums[at]!, sum: random.int(2, 60) * 5000 }));
      const legacy = object(
        Object.fromEntries(
          rows.map((row) => [row.name, object({ sum: String(row.sum), excess: `${row.excess}.00` })]),
        ),
      );
      const as = (of: (own: number) => number) =>
        list(
          rows.map((row) =>
            object({ part: json(row.name), sum: String(row.sum), excess: String(of(row.excess)) }),
          ),
        );
      return shown(
        legacy,
        as((own) => own),
        as(() => rows[0]!.excess),
      );
    },
  },
  { name: 'g_cover_parts_as_rows', why: 'Each part keeps its sum and excess; the members became rows.' },
  {
    name: 'g_excess_of_first_part',
    why: 'All parts of the policy show the excess of the first one.',
    critical: true,
  },
);

const shares = twins(
  {
    fields: ['beneficiaries', 'owners', 'heirs'],
    value(random: Random) {
      const part = random.pick([10, 20, 25, 30, 40]);
      const people = random.shuffled(givenNames).slice(0, 2);
      const name = (at: number) => json(`${people[at]} ${surname}`);
      const surname = random.pick(surnames);
      const as = (first: string, second: string) =>
        list([object({ name: name(0), share: first }), object({ name: name(1), share: second })]);
      const fraction = (percent: number) => String(percent / 100);
      return shown(
        as(json(`${part}%`), json(`${100 - part}%`)),
        as(fraction(part), fraction(100 - part)),
        as(fraction(100 - part), fraction(part)),
      );
    },
  },
  { name: 'g_shares_as_fractions', why: 'Each person keeps their share; the percentage became a fraction.' },
  { name: 'g_shares_crossed', why: 'The shares of the two people were exchanged.', critical: true },
);

const utilisation = twins(
  {
    fields: ['creditLine', 'revolving', 'overdraft'],
    least: 3,
    value(random: Random) {
      const limit = random.int(2, 60) * 500;
      const percent = random.int(3, 96);
      const as = (used: number) =>
        object({
          limit: String(limit),
          used: String((limit * percent) / 100),
          utilisation: json(`${used}%`),
        });
      const legacy = object({
        limit: decimal(limit * 100, 2),
        used: decimal(limit * percent, 2),
        utilisation: decimal(percent, 2),
      });
      return shown(legacy, as(percent), as(0));
    },
  },
  {
    name: 'g_utilisation_in_percent',
    why: 'The used part of the limit is the same, as a percentage with its sign.',
  },
  {
    name: 'g_utilisation_by_whole_division',
    why: 'Whole-number division made the used part of the limit zero though much is used.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...apr, ...exchange, ...limits, ...payout, ...excess, ...shares, ...utilisation,
]; // biome-ignore format: a list of names
