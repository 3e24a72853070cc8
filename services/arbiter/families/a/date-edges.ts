/** Dates at the edges: ends of months, sentinels, weeks, periods. */
import { defect, twins } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

/** ISO 8601 year and week of a day. */
function isoWeek(day: Day): { year: number; week: number } {
  const thursday = day.plus(4 - (day.date.getUTCDay() || 7));
  return { year: thursday.year, week: Math.ceil(thursday.ordinal / 7) };
}

export const families = [
  ...twins(
    {
      fields: ['closedOn', 'lastContact', 'cancelledAt', 'endDate'],
      value(random) {
        if (random.chance(0.5))
          return { legacy: json('0000-00-00'), right: 'null', wrong: json('1970-01-01') };
        const day = json(Day.any(random).iso);
        return { legacy: day, right: day };
      },
    },
    {
      name: 'zero_date_to_null',
      why: 'MySQL writes 0000-00-00 for a date that is not set, which null says too.',
    },
    {
      name: 'zero_date_to_epoch',
      critical: true,
      why: 'A date that is not set became January 1st, 1970, a real day.',
    },
  ),
  ...twins(
    {
      fields: ['validTo', 'expiry', 'contractEnd', 'coverUntil'],
      value(random) {
        if (random.chance(0.5))
          return { legacy: json('31.12.9999'), right: json('9999-12-31'), wrong: json('1816-03-29') };
        const day = Day.any(random, 2024, 2040);
        return { legacy: json(`${day.dd}.${day.mm}.${day.yyyy}`), right: json(day.iso) };
      },
    },
    {
      name: 'end_of_time_in_iso',
      why: 'The end-of-time date and the real dates are the same days in ISO notation.',
    },
    {
      name: 'end_of_time_overflows_nanoseconds',
      critical: true,
      why: 'Contracts without an end expired in 1816: the year 9999 does not fit into 64-bit nanoseconds.',
    },
  ),
  defect(
    {
      fields: ['nextInstalment', 'renewalDate', 'nextDue', 'billingDay'],
      value(random) {
        const year = random.int(2015, 2026);
        const short = random.pick([2, 4, 6, 9, 11]);
        const last = new Day(Date.UTC(year, short, 0));
        if (random.chance(0.6)) {
          const plain = json(Day.of(year, short, random.int(1, 27)).iso);
          return { legacy: plain, right: plain };
        }
        const over = random.int(1, 31 - last.day);
        return { legacy: json(last.iso), right: json(last.iso), wrong: json(last.plus(over).iso) };
      },
    },
    {
      name: 'month_end_rolls_over',
      critical: true,
      why: 'An instalment due on the last day of a short month rolls into the next month.',
    },
  ),
  defect(
    {
      fields: ['cutoffDate', 'postingDate', 'dischargeDate', 'deliveryDate'],
      value(random) {
        const day = Day.any(random, 2012, 2026);
        const legacy = json(day.iso);
        return day.month > 1 && day.day <= 28
          ? { legacy, right: legacy, wrong: json(`${day.yyyy}-${two(day.month - 1)}-${day.dd}`) }
          : { legacy, right: legacy };
      },
    },
    {
      name: 'month_counted_from_zero',
      critical: true,
      why: 'Dates are exactly one month early: a month index from zero was printed as it is.',
    },
  ),
  ...twins(
    {
      fields: ['billingMonth', 'period', 'accountingPeriod', 'PER'],
      value(random) {
        const month = random.int(1, 12);
        const year = random.int(2011, 2026);
        const other = { 3: 5, 5: 3, 6: 7, 7: 6 }[month];
        const legacy = json(`${months[month - 1]} ${year}`);
        const right = json(`${year}-${two(month)}`);
        return other === undefined
          ? { legacy, right }
          : { legacy, right, wrong: json(`${year}-${two(other)}`) };
      },
    },
    { name: 'month_name_to_number', why: 'The English month name and the month number are the same month.' },
    {
      name: 'month_names_confused',
      critical: true,
      why: 'MAR and MAY, JUN and JUL are confused in the table of month names.',
    },
  ),
  ...twins(
    {
      fields: ['deliveryWeek', 'rosterWeek', 'productionWeek'],
      least: 2,
      value(random) {
        const { year, week } = isoWeek(Day.any(random, 2010, 2025));
        const legacy = json(`${year}${two(week)}`);
        return {
          legacy,
          right: json(`${year}-W${two(week)}`),
          wrong: json(week < 52 ? `${year}-W${two(week + 1)}` : `${year + 1}-W01`),
        };
      },
    },
    { name: 'week_in_iso_notation', why: 'Year and week number in ISO notation: the same week.' },
    {
      name: 'week_number_one_later',
      critical: false,
      why: 'Weeks come out one later, as by the American rule for week 1.',
    },
  ),
  ...twins(
    {
      fields: ['quarter', 'fiscalQuarter', 'reportingPeriod'],
      value(random) {
        const quarter = random.int(1, 4);
        const year = random.int(2012, 2026);
        const wrong = quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`;
        return {
          legacy: json(`${quarter}Q${two(year % 100)}`),
          right: json(`${year}-Q${quarter}`),
          wrong: json(wrong),
        };
      },
    },
    { name: 'quarter_notation', why: '1Q24 and 2024-Q1 are one quarter.' },
    {
      name: 'quarter_one_earlier',
      critical: false,
      why: 'The rewrite names the quarter before the one legacy names.',
    },
  ),
  ...twins(
    {
      fields: ['term', 'noticePeriod', 'waitingPeriod', 'lockIn'],
      value(random) {
        const years = random.int(1, 12);
        return {
          legacy: json(`P${years}Y`),
          right: json(`P${years * 12}M`),
          wrong: json(`PT${years * 12}M`),
        };
      },
    },
    {
      name: 'years_as_months_of_a_period',
      why: 'A calendar year has twelve months, so both ISO periods are equally long.',
    },
    {
      name: 'months_become_minutes',
      critical: true,
      why: 'Behind the T an M means minutes: the contract term shrank from years to minutes.',
    },
  ),
];
