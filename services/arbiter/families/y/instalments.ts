/** Instalments and interest of a mortgage bank: due dates, payment plans, accrued interest, payment holidays. */
import { mixed, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits } from '../kit-values.ts';

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `count` monthly due dates from a wished day of the month; `sticky` keeps the day to which a short month pushed it. */
function dueDates(year: number, month: number, wished: number, count: number, sticky: boolean): Day[] {
  let day = wished;
  return Array.from({ length: count }, (_, at) => {
    const [y, m] = [year + Math.floor((month - 1 + at) / 12), ((month - 1 + at) % 12) + 1];
    const due = Math.min(day, lastDay(y, m));
    if (sticky) day = due;
    return Day.of(y, m, due);
  });
}
const german = (day: Day): string => `${day.dd}.${day.mm}.${day.yyyy}`;
const isoList = (days: readonly Day[]): string => json(days.map(({ iso }) => iso));
const without = (text: string): string => text.replace(/\.?0+$/, '');

export const families = [
  ...twins(
    mixed({
      fields: ['dueDates', 'schedule', 'instalmentDates'],
      value(random) {
        const [year, month, count] = [random.int(2022, 2026), random.int(1, 12), random.int(4, 9)];
        const wished = random.pick([1, 15, 30, 31, 31]);
        const right = dueDates(year, month, wished, count, false);
        const sticky = isoList(dueDates(year, month, wished, count, true));
        return {
          legacy: json(right.map(german)),
          right: isoList(right),
          ...(sticky === isoList(right) ? {} : { wrong: sticky }),
        };
      },
    }),
    {
      name: 'due-dates-in-iso',
      why: 'The monthly due dates are the same days, written as ISO dates instead of day.month.year.',
    },
    {
      name: 'due-dates-stick-to-short-month',
      why: 'After a short month the due day stays at the 28th or 30th instead of returning to the end of the month.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['arrearsPlan', 'instalments', 'ratenplan'],
      value(random) {
        const count = random.int(3, 7);
        const each = minorUnits(random, 2500, 90_000);
        const rest = random.int(1, count - 1);
        const amounts = Array.from({ length: count }, (_, at) =>
          decimal(at === count - 1 ? each + rest : each, 2),
        );
        return {
          legacy: json(amounts),
          right: list(amounts),
          wrong: list(amounts.map(() => decimal(each, 2))),
        };
      },
    }),
    {
      name: 'payment-plan-numbers-for-texts',
      why: 'Every instalment of the plan is the same amount, as a number instead of a text.',
    },
    {
      name: 'payment-plan-forgets-remainder',
      why: 'The last instalment lacks the cents left over from the division, so the plan does not add up to the debt.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['accruedInterest', 'interestToDate', 'zinsen'],
      value(random) {
        const units = minorUnits(random, 40_000, 90_000_000);
        const text = decimal(units, 4);
        return {
          legacy: text,
          right: without(text),
          wrong: without(decimal(Math.round((units * 365) / 360), 4)),
        };
      },
    },
    {
      name: 'accrued-interest-trailing-zeros',
      why: 'The accrued interest is the same number; only zeros after the last decimal are left out.',
    },
    {
      name: 'accrued-interest-year-of-360-days',
      why: 'The accrued interest is higher by 365/360: the rewrite counts a year of 360 days.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['interestPosted', 'creditInterest', 'quarterInterest'],
      value(random) {
        const units = minorUnits(random, 120, 400_000);
        return {
          legacy: json(decimal(units, 2)),
          right: decimal(units, 2),
          ...(random.chance(0.5) ? { wrong: decimal(units - 1, 2) } : {}),
        };
      },
    }),
    {
      name: 'interest-posted-as-number',
      why: 'The posted interest is the same to the cent, as a number instead of a text.',
    },
    {
      name: 'interest-posted-cut-to-cents',
      why: 'The posted interest is a cent lower wherever legacy rounded up: the rewrite cuts instead of rounding.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['paymentHolidays', 'holidayMonths', 'skipMonths'],
      clear: true,
      least: 3,
      value(random) {
        const months = Array.from({ length: 12 }, (_, at) => at + 1).filter((month) =>
          random.chance(month === 12 ? 0.6 : 0.15),
        );
        const last = months.at(-1) === 12;
        return {
          legacy: json(Array.from({ length: 12 }, (_, at) => (months.includes(at + 1) ? 'Y' : 'N')).join('')),
          right: json(months),
          ...(last ? { wrong: json(months.slice(0, -1)) } : {}),
        };
      },
    },
    {
      name: 'payment-holidays-as-month-numbers',
      why: 'Twelve letters Y or N, one a month, become the numbers of the months with Y; they name the same months.',
    },
    {
      name: 'payment-holidays-lose-december',
      why: 'The twelfth letter is Y but 12 is missing from the months: an instalment would be taken in a payment holiday.',
      critical: true,
    },
  ),
];
