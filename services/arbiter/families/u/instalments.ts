/** Instalments and their schedules, of a building society's loans. */
import { coded } from '../code-table.ts';
import { twins } from '../kit.ts';
import { Day, decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const germanAmount = (units: number) => grouped(decimal(units, 2), '.', ',');

export const families = [
  ...twins(
    {
      fields: ['schedule', 'instalments', 'repaymentPlan'],
      value(random) {
        const start = Day.of(random.int(2021, 2026), random.int(1, 12), 1);
        const amount = minorUnits(random, 8_000, 250_000);
        const count = random.int(3, 8);
        const rows = Array.from({ length: count }, (_, at) => {
          const due = Day.of(start.year, start.month + at, 1).iso;
          const pence = at === count - 1 ? amount - random.int(1, 900) : amount;
          return {
            text: `${String(at + 1).padStart(3, '0')} ${due} ${String(pence).padStart(9, '0')}`,
            row: object({ no: String(at + 1), due: json(due), pence: String(pence) }),
          };
        });
        const right = rows.map(({ row }) => row);
        return shown(json(rows.map(({ text }) => text)), list(right), list(right.slice(0, -1)));
      },
    },
    {
      name: 'u_schedule_lines_to_rows',
      why: 'Every fixed-width line of the schedule is one row with the same number, day and pence.',
    },
    {
      name: 'u_schedule_final_instalment_lost',
      critical: true,
      why: 'The last line of the schedule has no row: the final instalment is never collected.',
    },
  ),
  ...twins(
    {
      fields: ['nextDueDate', 'naechsteRate', 'dueOn'],
      least: 3,
      value(random) {
        const year = random.int(2020, 2026);
        const month = random.pick([2, 2, 4, 6, 9, 11]);
        const end = Day.of(year, month + 1, 0);
        const overflow = Day.of(year, month, 31);
        if (random.chance(0.4)) {
          const due = Day.of(year, month, random.pick([1, 15, 20]));
          return { legacy: json(due.iso.replaceAll('-', '')), right: json(due.iso) };
        }
        return shownJson(end.iso.replaceAll('-', ''), end.iso, overflow.iso);
      },
    },
    {
      name: 'u_due_day_dashed',
      why: 'The same calendar day, written with dashes instead of as eight digits.',
    },
    {
      name: 'u_due_day_rolled_over',
      critical: true,
      why: 'Instalments due at the end of a short month come out on the first days of the next month.',
    },
  ),
  ...twins(
    {
      fields: ['instalmentPence', 'paymentPence', 'amountDuePence'],
      clear: true,
      value(random) {
        const pence = minorUnits(random, 1_500, 400_000);
        const money = (value: string) => object({ value: json(value), currency: json('GBP') });
        return shown(json(String(pence).padStart(9, '0')), money(decimal(pence, 2)), money(`${pence}.00`));
      },
    },
    {
      name: 'u_pence_to_pounds_object',
      why: 'A count of pence and the amount in pounds with its currency are the same money.',
    },
    {
      name: 'u_pence_taken_for_pounds',
      critical: true,
      why: 'Pence were written as whole pounds: every instalment is a hundred times too high.',
    },
  ),
  ...twins(
    {
      fields: ['allocation', 'paymentSplit', 'verrechnung'],
      value(random) {
        const [principal, interest, fees] = [
          minorUnits(random, 20_000, 90_000),
          minorUnits(random, 1_000, 19_000),
          random.int(0, 4) * 250,
        ];
        const legacy = object({
          TILG: json(germanAmount(principal)),
          ZINS: json(germanAmount(interest)),
          GEB: json(germanAmount(fees)),
        });
        const split = (first: number, second: number) =>
          object({ principal: decimal(first, 2), interest: decimal(second, 2), fees: decimal(fees, 2) });
        return shown(legacy, split(principal, interest), split(interest, principal));
      },
    },
    {
      name: 'u_allocation_keys_renamed',
      why: 'Tilgung is principal, Zins interest and Gebühr the fees, each with its amount.',
    },
    {
      name: 'u_allocation_principal_interest_swapped',
      critical: true,
      why: 'The sum is right, but the principal stands under interest and the interest under principal.',
    },
  ),
  ...coded(
    ['paymentInterval', 'rhythm', 'frequency'],
    [
      ['MONTHLY', 'P1M'],
      ['QUARTERLY', 'P3M', 'P4M'],
      ['HALF-YEARLY', 'P6M', 'P2M'],
      ['YEARLY', 'P1Y'],
    ],
    {
      name: 'u_interval_word_to_period',
      why: 'Each word for an interval became the ISO 8601 period of the same length.',
    },
    {
      name: 'u_interval_per_year_as_months',
      critical: true,
      why: 'Payments a year were taken for months: quarterly became every four, half-yearly every two months.',
    },
    3,
  ),
];
