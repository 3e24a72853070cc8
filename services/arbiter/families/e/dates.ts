/** Calendar days, months and spans of them. */
import { twins } from '../kit.ts';
import { Day, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const monthShort = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const named = (day: Day) => `${day.dd}-${monthShort[day.month - 1]}-${day.yyyy}`;

/** The year of the ISO week the day is in: that of its Thursday. */
function weekYear(day: Day): number {
  const fromMonday = (day.date.getUTCDay() + 6) % 7;
  return day.plus(3 - fromMonday).year;
}

const weekYears = twins(
  {
    fields: ['valueDate', 'dueDate', 'bookingDate', 'paidOn'],
    value(random) {
      const near = Day.of(random.int(2015, 2027), 1, 1).plus(random.int(-4, 4));
      const day = random.chance(0.7) ? near : Day.any(random, 2015, 2026);
      const year = weekYear(day);
      return shown(json(day.iso), json(named(day)), json(named(day).replace(day.yyyy, String(year))));
    },
  },
  { name: 'e_month_by_short_name', why: 'The same day with its month as a short English name.' },
  {
    name: 'e_week_year_printed',
    critical: true,
    why: 'Around New Year the year of the week was printed: 30 December 2024 became 30 December 2025.',
  },
);

const dateParts = twins(
  {
    fields: ['birthDate', 'openedOn', 'maturity', 'signedOn'],
    value(random) {
      const day = Day.any(random);
      const parts = (month: number) => json([day.year, month, day.day]);
      return shown(json(day.iso), parts(day.month), parts(day.month - 1));
    },
  },
  {
    name: 'e_date_as_year_month_day_list',
    why: 'Jackson writes a LocalDate as year, month, day; the day is the same.',
  },
  {
    name: 'e_date_list_counts_months_from_zero',
    critical: true,
    why: 'The month is one less: it was counted from zero, so January is month 0.',
  },
);

const minutesForMonth = twins(
  {
    fields: ['validFrom', 'orderDate', 'documentDate', 'effective'],
    least: 2,
    value(random) {
      const day = Day.any(random);
      const wrong = `${day.yyyy}${two(random.int(13, 59))}${day.dd}`;
      return shown(json(day.iso), json(`${day.yyyy}${day.mm}${day.dd}`), json(wrong));
    },
  },
  { name: 'e_date_without_hyphens', why: 'ISO 8601 basic format of the same day.' },
  {
    name: 'e_minutes_in_place_of_month',
    critical: false,
    why: 'There is no such month: the minutes of some clock stand where the month belongs.',
  },
);

const dayAndMonth = twins(
  {
    fields: ['transferDate', 'executionDate', 'policyStart', 'deliveryDate'],
    value(random) {
      const day = Day.any(random, 2012, 2026);
      const swapped = day.day > 12 ? named(day) : named(Day.of(day.year, day.day, day.month));
      return shown(json(day.iso), json(named(day)), json(swapped));
    },
  },
  { name: 'e_day_dash_month_name_dash_year', why: 'Day, month and year are equal; the month is a name.' },
  {
    name: 'e_day_and_month_swapped_by_name',
    critical: true,
    why: 'Up to the twelfth, day and month changed places: 2024-03-05 became 03-May-2024.',
  },
);

const germanMonths =
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const germanNames = twins(
  {
    fields: ['Ausstellungsdatum', 'datum', 'kuendigungZum', 'faelligAm'],
    value(random) {
      const day = Day.any(random, 2000, 2026);
      const wrong = day.month === 3 ? 5 : day.month === 7 ? 6 : day.month;
      const legacy = `${day.day}. ${germanMonths[day.month - 1]} ${day.year}`;
      return shown(json(legacy), json(day.iso), json(`${day.yyyy}-${two(wrong)}-${day.dd}`));
    },
  },
  { name: 'e_german_month_name_read', why: 'A German date in words became the ISO date of the same day.' },
  {
    name: 'e_german_month_by_two_letters',
    critical: true,
    why: 'März was read as Mai or Juli as Juni: only the first letters of the month were looked at.',
  },
);

const quarters = twins(
  {
    fields: ['reportingPeriod', 'quarter', 'billingPeriod', 'taxPeriod'],
    value(random) {
      const [year, quarter] = [random.int(2014, 2027), random.int(1, 4)];
      const span = (first: number) => json(`${Day.of(year, first, 1).iso}/${Day.of(year, first + 3, 0).iso}`);
      return shown(json(`Q${quarter} ${year}`), span(quarter * 3 - 2), span(quarter * 3 - 3));
    },
  },
  { name: 'e_quarter_by_first_and_last_day', why: 'A quarter is given by its first and last day.' },
  {
    name: 'e_quarter_starts_month_early',
    critical: true,
    why: 'The three months begin one too early: Q3 is not June to August.',
  },
);

const coverEnds = twins(
  {
    fields: ['cover', 'validity', 'insuredPeriod', 'mandatePeriod'],
    value(random) {
      const from = Day.any(random, 2010, 2026);
      const to = from.plus(random.int(5, 800));
      const modern = (end: Day) => object({ from: json(from.iso), toExclusive: json(end.iso) });
      return shown(
        object({ from: json(from.iso), toInclusive: json(to.iso) }),
        modern(to.plus(1)),
        modern(to),
      );
    },
  },
  { name: 'e_last_day_to_exclusive_end', why: 'The first day that is not covered follows the last that is.' },
  {
    name: 'e_exclusive_end_on_last_day',
    critical: true,
    why: 'The end counts as outside now but was not moved: the last day lost its cover.',
  },
);

const cardExpiry = twins(
  {
    fields: ['expiry', 'cardExpiry', 'validThru'],
    clear: true,
    value(random) {
      const [year, month] = [random.int(24, 39), random.int(1, 12)];
      const iso = (at: number) => json(Day.of(2000 + year, at, 1).iso.slice(0, 7));
      return shown(json(`${two(month)}/${year}`), iso(month), iso(month - 1));
    },
  },
  { name: 'e_card_expiry_as_year_month', why: 'Month and year of expiry are the same in ISO order.' },
  {
    name: 'e_card_expires_month_early',
    critical: true,
    why: 'The card expires a month earlier than printed on it.',
  },
);

const openEnds = twins(
  {
    fields: ['validTo', 'endDate', 'terminatedOn', 'expiresOn'],
    clear: true,
    least: 4,
    value(random) {
      if (random.chance(0.5)) return { legacy: json('9999-12-31'), right: 'null' };
      const day = json(Day.any(random, 2024, 2031).iso);
      return shown(day, day, 'null');
    },
  },
  { name: 'e_open_end_null', why: 'The last day of year 9999 stands for no end, and so does null.' },
  {
    name: 'e_real_end_date_null',
    critical: true,
    why: 'Real end dates are gone: what ends now looks endless.',
  },
);

export const families = [
  ...weekYears,
  ...dateParts,
  ...minutesForMonth,
  ...dayAndMonth,
  ...germanNames,
  ...quarters,
  ...coverEnds,
  ...cardExpiry,
  ...openEnds,
];
