/** How often and on what terms premiums and discounts fall due. */
import { twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const terms = twins(
  {
    fields: ['term', 'duration', 'runtime', 'fixedPeriod'],
    value(random) {
      const years = random.int(1, 30);
      return shown(json(`P${years}Y`), json(`P${years * 12}M`), json(`PT${years * 12}M`));
    },
  },
  { name: 'e_years_in_months', why: 'A year is twelve months: P3Y and P36M are the same term.' },
  {
    name: 'e_months_written_as_minutes',
    critical: true,
    why: 'With the T before the number, M are minutes: PT36M is not three years.',
  },
);

const frequencies = [
  ['MONTHLY', 'P1M', 'P1Y'],
  ['QUARTERLY', 'P3M', 'P4M'],
  ['HALF_YEARLY', 'P6M'],
  ['YEARLY', 'P1Y'],
] as const;
const premiums = twins(
  {
    fields: ['premium', 'instalmentPlan', 'subscription', 'contribution'],
    value(random) {
      const [legacy, right, wrong] = random.pick(frequencies);
      const amount = decimal(minorUnits(random, 500, 90_000), 2);
      const body = (interval: string) => object({ amount, every: json(interval) });
      return shown(body(legacy), body(right), body(wrong ?? right));
    },
  },
  {
    name: 'e_frequency_as_duration',
    why: 'How often the amount falls due is written as an ISO 8601 duration.',
  },
  {
    name: 'e_frequency_confused',
    critical: true,
    why: 'The amount falls due at another interval: a quarter is three months, not four, and a month no year.',
  },
);

const deductibles = twins(
  {
    fields: ['deductible', 'discount', 'rebate', 'surcharge'],
    value(random) {
      const percent = random.chance(0.5);
      const value = String(random.pick([2, 5, 10, 15, 20, 25]));
      const legacy = object({ type: json(percent ? 'PERCENT' : 'FIXED'), value });
      const right = percent ? object({ percent: value }) : object({ fixedAmount: value });
      return shown(legacy, right, object({ fixedAmount: value }));
    },
  },
  {
    name: 'e_percent_or_amount_by_member',
    why: 'The kind moved from a type to the member name; kind and number are equal.',
  },
  { name: 'e_percent_taken_as_amount', critical: true, why: 'Ten percent became an amount of ten.' },
);

const dueDates = twins(
  {
    fields: ['dueDates', 'schedule', 'instalmentDates', 'debitDates'],
    value(random) {
      const [year, month, day] = [random.int(2021, 2027), random.int(1, 12), random.int(27, 31)];
      const lengths = (at: number) => new Date(Date.UTC(year, month + at, 0)).getUTCDate();
      const dates = (sticky: boolean) => {
        let wanted = Math.min(day, lengths(0));
        return Array.from({ length: 5 }, (_, at) => {
          const here = Math.min(wanted, lengths(at));
          if (sticky) wanted = here;
          return Day.of(year, month + at, here).iso;
        });
      };
      const long = (texts: readonly string[]) => json(texts.map((text) => `${text}T00:00:00`));
      return shown(json(dates(false)), long(dates(false)), long(dates(true)));
    },
  },
  {
    name: 'e_due_dates_with_midnight',
    why: 'Each date got midnight without a zone appended; the days are equal.',
  },
  {
    name: 'e_month_end_sticks_to_shorter',
    critical: true,
    why: 'After a short month the due dates stay on its last day: 31 January, 29 February, 29 March.',
  },
);

export const families = [...terms, ...premiums, ...deductibles, ...dueDates];
