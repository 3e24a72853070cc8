/** Savings accounts (PHP and MySQL to TypeScript). */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const deposit = twins(
  {
    fields: ['balance', 'savingsBalance', 'depositAmount', 'sparbetrag'],
    once: true,
    value(random) {
      const units = minorUnits(random, 500);
      const text = decimal(units, 2);
      return shown(json(text), String(units / 100), String(Math.trunc(units / 100)));
    },
  },
  {
    name: 'o_mysql_decimal_as_number',
    why: "MySQL's DECIMAL arrives as a string; modern answers the same value as a number.",
  },
  {
    name: 'o_mysql_decimal_parse_int',
    why: 'The cents are cut off: the string was parsed as a whole number.',
    critical: true,
  },
);

const zeroDate = twins(
  {
    fields: ['closedOn', 'terminationDate', 'gekuendigtAm'],
    least: 2,
    value(random) {
      const day = json(Day.any(random, 2012, 2026).iso);
      if (random.chance(0.5)) return { legacy: day, right: day };
      return { legacy: json('0000-00-00'), right: 'null', wrong: json('1970-01-01') };
    },
  },
  { name: 'o_mysql_zero_date_null', why: "MySQL's 0000-00-00 is no date at all, which modern says by null." },
  {
    name: 'o_mysql_zero_date_epoch',
    why: 'No date became the real day 1970-01-01, so open accounts look closed.',
    critical: true,
  },
);

const tinyint = twins(
  {
    fields: ['taxExempt', 'blocked', 'onlineAccess', 'isMinor'],
    clear: true,
    least: 2,
    value: (random) =>
      random.chance(0.4)
        ? { legacy: '"1"', right: 'true' }
        : { legacy: '"0"', right: 'false', wrong: 'true' },
  },
  { name: 'o_tinyint_as_boolean', why: 'The strings 1 and 0 of a TINYINT(1) are true and false.' },
  { name: 'o_tinyint_zero_truthy', why: 'The non-empty string "0" was taken for true.', critical: true },
);

const rate = twins(
  {
    fields: ['interestRate', 'zinssatz', 'nominalRate'],
    least: 2,
    common: (random) => random.chance(0.5),
    value(random, quoted: boolean) {
      const thousandths = random.int(50, 4750);
      const written = (value: number) => (quoted ? json(`${value}%`) : String(value));
      const percent = thousandths / 1000;
      const legacy = json(`${decimal(thousandths, 3).replace('.', ',')} %`);
      return shown(legacy, written(percent), written(Number(percent.toFixed(1))));
    },
  },
  { name: 'o_rate_with_comma', why: 'The same percentage, with a decimal point instead of a comma.' },
  { name: 'o_rate_one_decimal', why: 'The rate of interest is rounded to one decimal.', critical: true },
);

const tierBounds = [0, 10_000, 50_000, 250_000];
function tierRates(random: Random): string[] {
  let thousandths = random.int(50, 500);
  return tierBounds.slice(0, random.int(2, 4)).map(() => {
    thousandths += random.int(50, 700);
    return decimal(thousandths, 3);
  });
}

const tiers = twins(
  {
    fields: ['tiers', 'rateTable', 'staffelzins'],
    value(random) {
      const rates = tierRates(random);
      const modern = (shift: number) =>
        list(
          rates.map((_, at) =>
            object({
              from: String(tierBounds[at]),
              ratePercent: rates[Math.min(at + shift, rates.length - 1)] ?? '',
            }),
          ),
        );
      const legacy = rates.map((text, at) =>
        object({ ab_betrag: json(`${tierBounds[at]}.00`), zins_prozent: json(text) }),
      );
      return shown(list(legacy), modern(0), modern(1));
    },
  },
  {
    name: 'o_rate_tiers_renamed',
    why: 'Each tier keeps its lower bound and its rate in percent; keys and types are other.',
  },
  { name: 'o_rate_tiers_shifted', why: 'Every tier carries the rate of the tier above it.', critical: true },
);

const emptyMap = twins(
  {
    fields: ['withdrawalLimits', 'attributes', 'preferences', 'goals'],
    least: 2,
    value(random) {
      if (random.chance(0.4)) return { legacy: '[]', right: '{}' };
      const key = random.pick(['daily', 'monthly', 'holiday', 'car']);
      const full = object({ [key]: String(random.int(2, 50) * 100) });
      return { legacy: full, right: full, wrong: '{}' };
    },
  },
  {
    name: 'o_php_empty_array_object',
    why: 'PHP writes an empty map as []; modern writes {} there and the filled maps unchanged.',
  },
  { name: 'o_php_map_emptied', why: 'Maps that have entries in legacy are answered empty.', critical: true },
);

const products = ['GIRO', 'SPAR', 'DEPOT', 'CARD', 'LOAN', 'BAUSPAR'];
const gaps = twins(
  {
    fields: ['products', 'activeProducts', 'produkte'],
    value(random) {
      const kept = products.map((name, at) => ({ name, at })).filter(() => random.chance(0.6));
      const names = json(kept.map(({ name }) => name));
      if (kept.every(({ at }, index) => at === index)) return { legacy: names, right: names };
      const legacy = object(Object.fromEntries(kept.map(({ name, at }) => [String(at), json(name)])));
      return shown(legacy, names, json(kept.filter(({ at }) => at < kept.length).map(({ name }) => name)));
    },
  },
  {
    name: 'o_php_list_with_gaps',
    why: 'A filtered PHP array is written with its indices; modern lists the same entries in order.',
  },
  {
    name: 'o_php_list_read_to_its_count',
    why: 'Entries whose index lies beyond the number of entries are missing.',
    critical: true,
  },
);

const accrued = twins(
  {
    fields: ['accruedInterest', 'stueckzinsen', 'interestToDate'],
    least: 5,
    value(random) {
      const units = minorUnits(random, 50_000, 20_000_000);
      const more = random.int(-49, 49);
      const finer = (factor: number) => decimal(Math.round((units * 100 + more) * factor), 6);
      return shown(json(decimal(units, 4)), finer(1), finer(365 / 360));
    },
  },
  {
    name: 'o_accrued_interest_unrounded',
    why: 'Modern shows two digits more, which round to the four of legacy.',
  },
  {
    name: 'o_accrued_interest_360_days',
    why: 'Interest is higher by 365/360 = 1.4 percent: the other day count convention.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...deposit,
  ...zeroDate,
  ...tinyint,
  ...rate,
  ...tiers,
  ...emptyMap,
  ...gaps,
  ...accrued,
];
