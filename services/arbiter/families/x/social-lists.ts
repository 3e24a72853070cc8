/** A ministry of labour: months, payments, employments and letters. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, minorUnits, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const dotted = (day: Day): string => `${day.dd}.${day.mm}.${day.yyyy}`;

export const families: Family[] = [
  ...twins(
    {
      fields: ['wageMonths', 'insuredMonths', 'earnings'],
      always: true,
      value(random) {
        const first = random.int(1, 6);
        const months = Array.from({ length: random.int(3, 6) }, (_, at) => ({
          month: first + at,
          wage: decimal(random.chance(0.12) ? 0 : minorUnits(random, 40_000, 600_000), 2),
        }));
        const empty = Array.from({ length: 12 - months.length }, () => ({ month: 0, wage: '0.00' }));
        return shownJson(
          [...months, ...empty],
          months,
          months.filter(({ wage }) => wage !== '0.00'),
        );
      },
    },
    {
      name: 'periodic_group_unused_dropped',
      why: 'Only the unused occurrences (month zero) at the end of the periodic group are left out.',
    },
    {
      name: 'periodic_group_zero_wage_dropped',
      critical: true,
      why: 'Real months with a wage of zero are dropped with the unused ones, so insured months are missing.',
    },
  ),
  ...twins(
    {
      fields: ['letterText', 'noticeBody', 'decisionText'],
      once: true,
      value(random) {
        const [day, title, name] = [
          Day.any(random, 2024, 2026),
          random.pick(['Mr', 'Ms']),
          random.pick(surnames),
        ];
        const amount = decimal(random.int(20_000, 240_000), 2);
        const reference = `${day.yyyy}/${random.digits(6)}`;
        const body = (line: string, from: string) =>
          `Dear ${title} ${name},${line}your claim ${reference} is granted from ${from}.${line}You receive EUR ${amount} a month.`;
        return shownJson(body('\r\n', dotted(day)), body('\n', dotted(day)), body('\n', 'None'));
      },
    },
    {
      name: 'letter_line_ends',
      why: 'The letters are the same word for word; only the line ends are other ones.',
    },
    {
      name: 'letter_date_none',
      critical: false,
      why: 'The letter says None where legacy states the day from which the benefit is granted.',
    },
  ),
  ...twins(
    {
      fields: ['lastPayments', 'recentPayments', 'latestBookings'],
      once: true,
      value(random) {
        const [latest, gap] = [Day.any(random, 2025, 2026), random.pick([7, 14, 28])];
        const all = Array.from({ length: 5 }, (_, at) => ({
          day: latest.plus(-at * gap),
          amount: decimal(random.int(18_000, 190_000), 2),
        }));
        const shownAs = (rows: typeof all, write: (day: Day) => string) =>
          rows.map(({ day, amount }) => ({ paid: write(day), amount }));
        const iso = (day: Day) => day.iso;
        const wrong = [all[4]!, all[1]!, all[3]!];
        return shownJson(
          shownAs(all.slice(0, 3), dotted),
          shownAs(all.slice(0, 3), iso),
          shownAs(wrong, iso),
        );
      },
    },
    { name: 'last_payments_iso_days', why: 'The same three payments in the same order, with ISO days.' },
    {
      name: 'last_payments_any_three',
      critical: false,
      why: 'The rows are limited before they are sorted, so older payments stand where the latest ones should.',
    },
  ),
  ...twins(
    {
      fields: ['employments', 'jobs', 'activeContracts'],
      always: true,
      value(random) {
        const employers = [random.digits(7), random.digits(7)].map((number) => `4${number}`);
        const jobs = Array.from({ length: random.int(2, 3) }, () => ({
          employer: random.pick(employers),
          hours: random.int(6, 24),
        }));
        const byEmployer = [...new Map(jobs.map((job) => [job.employer, job])).values()];
        const legacy = jobs.map(({ employer, hours }) => ({
          employer,
          hours: String(hours).padStart(3, '0'),
        }));
        return shownJson(legacy, jobs, byEmployer);
      },
    },
    {
      name: 'employments_hours_as_numbers',
      why: 'The same employments in the same order, with hours as numbers.',
    },
    {
      name: 'employments_merged_by_employer',
      critical: true,
      why: 'Two contracts with one employer become one, and the hours of the first are lost.',
    },
  ),
];
