/** The lending partner's answers: rates, terms, schedules and days. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

function rate(random: Random) {
  const basis = random.int(40, 1_290);
  const percent = (text: string) => object({ value: text, unit: json('percent') });
  const fraction = decimal(basis, 4);
  return shown(
    object({ value: json(`${fraction}0`), unit: json('fraction') }),
    percent(decimal(basis, 2)),
    percent(fraction),
  );
}

function term(random: Random) {
  const months = random.chance(0.6) ? random.int(1, 30) * 12 : random.int(6, 119);
  const legacy = object({ value: json(String(months).padStart(3, '0')), unit: json('MONTHS') });
  const modern = (value: number, unit: string) => object({ value: String(value), unit: json(unit) });
  if (months % 12 === 0) return { legacy, right: modern(months / 12, 'YEARS') };
  return shown(legacy, modern(months, 'MONTHS'), modern(Math.floor(months / 12), 'YEARS'));
}

/** Equal instalments; the last one takes what rounding left over. */
function schedule(random: Random) {
  const [instalment, count] = [minorUnits(random, 4_000, 150_000), random.int(3, 6)];
  const last = instalment + random.pick([-7, -5, -3, -2, -1, 1, 2, 4, 6]);
  const first = Day.of(random.int(2022, 2026), 1, random.int(1, 28));
  const rows = (amount: (units: number) => string, end: number) =>
    list(
      Array.from({ length: count }, (_, at) =>
        object({
          no: String(at + 1),
          due: json(Day.of(first.year, first.month + at, first.day).iso),
          amount: amount(at === count - 1 ? end : instalment),
        }),
      ),
    );
  const text = (units: number) => decimal(units, 2);
  return shown(
    rows((units) => json(text(units)), last),
    rows(text, last),
    rows(text, instalment),
  );
}

/** Instalments due on the last day of each month. */
function monthEnds(random: Random) {
  const [year, start, count] = [random.int(2021, 2026), random.pick([1, 1, 3, 8, 10, 12]), random.int(3, 6)];
  const ends = Array.from({ length: count }, (_, at) => Day.of(year, start + at + 1, 1).plus(-1));
  const clamped: number[] = [];
  for (const { day } of ends) clamped.push(Math.min(clamped.at(-1) ?? 31, day));
  return shown(
    list(ends.map((end) => json(`${end.dd}.${end.mm}.${end.yyyy}`))),
    list(ends.map((end) => json(end.iso))),
    list(ends.map((end, at) => json(end.plus((clamped[at] ?? end.day) - end.day).iso))),
  );
}

function valueDate(random: Random) {
  const asked = Day.any(random, 2021, 2026);
  const weekday = asked.date.getUTCDay();
  const booked = asked.plus(weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
  return shown(json(`${booked.yyyy}${booked.mm}${booked.dd}`), json(booked.iso), json(asked.iso));
}

const pairs = [
  ['EURUSD', 10_200, 11_900],
  ['GBPUSD', 12_100, 13_600],
  ['USDCHF', 8_300, 9_400],
  ['EURGBP', 8_300, 8_900],
  ['EURSEK', 109_000, 119_000],
] as const;
function exchange(random: Random) {
  const [pair, low, high] = random.pick(pairs);
  const rate = random.int(low, high);
  const modern = (text: string) =>
    object({ base: json(pair.slice(0, 3)), quote: json(pair.slice(3)), rate: text });
  return shown(
    object({ pair: json(pair), rate: json(`${decimal(rate, 4)}00`) }),
    modern(decimal(rate, 4)),
    modern((10_000 / rate).toFixed(4)),
  );
}

export const families: Family[] = [
  ...twins(
    { fields: ['interestRate', 'nominalRate', 'apr'], value: rate },
    {
      name: 'n_fraction_as_percent',
      why: 'The fraction times a hundred is the percentage, and the unit beside it says so.',
    },
    {
      name: 'n_fraction_called_percent',
      critical: true,
      why: 'The fraction is kept but called percent, so the rate is a hundredth of what it was.',
    },
  ),
  ...twins(
    { fields: ['term', 'duration', 'loanTerm'], least: 2, value: term },
    {
      name: 'n_whole_years_of_months',
      why: 'Twelve months are a year; terms that are no whole years stay in months.',
    },
    {
      name: 'n_months_cut_to_years',
      critical: true,
      why: 'A term that is no whole number of years is cut to years, so the loan ends months early.',
    },
  ),
  ...twins(
    { fields: ['schedule', 'instalments', 'plan'], value: schedule },
    {
      name: 'n_schedule_amounts_as_numbers',
      why: 'All instalments and due days are the same, the amounts stand as numbers instead of texts.',
    },
    {
      name: 'n_last_instalment_not_adjusted',
      critical: true,
      why: 'The last instalment no longer takes up the cents that rounding left, so the loan is not paid exactly.',
    },
  ),
  ...twins(
    { fields: ['dueDates', 'paymentDays', 'instalmentDates'], least: 2, value: monthEnds },
    { name: 'n_month_ends_in_iso', why: 'The same last days of the months, written year first.' },
    {
      name: 'n_month_end_sticks_after_short_month',
      critical: true,
      why: 'After a shorter month the due day stays at its day instead of going back to the last of the month.',
    },
  ),
  ...twins(
    { fields: ['valueDate', 'bookingDate', 'settlementDate'], least: 3, value: valueDate },
    { name: 'n_value_date_with_dashes', why: 'The same calendar day, with dashes.' },
    {
      name: 'n_value_date_on_weekend',
      critical: true,
      why: 'Legacy books on the Monday, the rewrite on the Saturday or Sunday before.',
    },
  ),
  ...twins(
    { fields: ['fx', 'exchangeRate', 'quotation'], value: exchange },
    {
      name: 'n_currency_pair_in_parts',
      why: 'Six letters of a pair became base and quote currency, with the same rate.',
    },
    {
      name: 'n_currency_rate_inverted',
      critical: true,
      why: 'The pair reads in the same direction but the rate is the one of the other direction.',
    },
  ),
];
