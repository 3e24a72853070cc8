/** Contributions to a pension fund: bases, rates, months. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['pensionableIncome', 'assessedSalary', 'contributionBase'],
      least: 4,
      common: (random) => random.pick([725_000, 755_000, 805_000]),
      value: (random, ceiling) => {
        const salary = random.int(310_000, 1_150_000);
        const capped = decimal(Math.min(salary, ceiling), 2);
        return shown(json(`EUR ${capped.padStart(12)}`), capped, decimal(salary, 2));
      },
    },
    {
      name: 'r_assessed_salary_as_number',
      why: 'The same euros as a number, without the currency and the blanks of the edit mask.',
    },
    {
      name: 'r_contribution_ceiling_missing',
      critical: true,
      why: 'Legacy never exceeds its ceiling; the rewrite answers higher salaries, so contributions are too high.',
    },
  ),
  ...twins(
    {
      fields: ['contributionRate', 'employerShare', 'employeeRate'],
      value: (random) => {
        const rate = random.int(85, 2_490);
        const plain = (scale: number) => decimal(rate, scale).replace(/0+$/, '');
        return shown(json(`${decimal(rate, 2).replace('.', ',')} %`), plain(4), plain(6));
      },
    },
    {
      name: 'r_contribution_rate_as_fraction',
      why: 'A percentage with its sign and the fraction of one are the same rate: 18,60 % is 0.186.',
    },
    {
      name: 'r_contribution_rate_divided_twice',
      critical: true,
      why: 'The rate is a hundredth of what legacy states: 18,60 % becomes 0.00186.',
    },
  ),
  ...twins(
    {
      fields: ['monthsWithContribution', 'paidMonths', 'coveredMonths'],
      clear: true,
      least: 2,
      value: (random) => {
        const from = random.int(1, 9);
        const paid = months.map((_, at) => at + 1 >= from && (at === 11 || random.chance(0.9)));
        const listed = paid.flatMap((is, at) => (is ? [months[at]] : []));
        return shownJson(
          paid.map((is) => (is ? '1' : '0')).join(''),
          listed,
          listed.filter((month) => month !== 'DEC'),
        );
      },
    },
    {
      name: 'r_month_flags_listed',
      why: 'The twelve flags from January to December and the listed months are the same months.',
    },
    {
      name: 'r_december_never_counted',
      critical: true,
      why: 'December is flagged in legacy and missing in the rewrite, whose loop ends a month early.',
    },
  ),
  ...twins(
    {
      fields: ['contributionsByMonth', 'monthlyContributions', 'paymentsOfYear'],
      common: (random) => random.int(2019, 2025),
      value: (random, year) => {
        const from = random.int(0, 8);
        const entries = Array.from({ length: random.int(2, 11 - from) }, (_, at) => ({
          at: from + at,
          amount: decimal(minorUnits(random, 5_000, 150_000), 2),
        }));
        const write = (key: (at: number) => string) =>
          object(Object.fromEntries(entries.map(({ at, amount }) => [key(at), amount])));
        return shown(
          write((at) => `${months[at] ?? ''} ${year}`),
          write((at) => `${year}-${two(at + 1)}`),
          write((at) => `${year}-${two(at + 2)}`),
        );
      },
    },
    {
      name: 'r_months_keyed_by_iso',
      why: 'Each contribution stands under the same month, written JAN 2025 in one and 2025-01 in the other.',
    },
    {
      name: 'r_contributions_a_month_late',
      critical: true,
      why: 'Every contribution stands one month later than in legacy: January’s under 02.',
    },
  ),
];
