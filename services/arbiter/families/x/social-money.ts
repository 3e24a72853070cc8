/** A social insurance fund: benefits, contributions and working hours. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families: Family[] = [
  ...twins(
    {
      fields: ['contribution', 'pensionContribution', 'monthlyShare'],
      always: true,
      value(random) {
        const total = minorUnits(random, 8000, 160_000);
        const [low, high] = [Math.floor(total / 2), Math.ceil(total / 2)];
        const answer = (employee: number) =>
          object({
            total: decimal(total, 2),
            employee: decimal(employee, 2),
            employer: decimal(high, 2),
          });
        const legacy = object({
          total: json(decimal(total, 2)),
          employee: json(decimal(low, 2)),
          employer: json(decimal(high, 2)),
        });
        return shown(legacy, answer(low), answer(high));
      },
    },
    {
      name: 'contribution_halves_as_numbers',
      why: 'The total and both halves are the same amounts as numbers instead of strings.',
    },
    {
      name: 'contribution_halves_both_up',
      critical: true,
      why: 'Both halves of an odd total are rounded up, so the employee pays a cent more and the halves exceed the total.',
    },
  ),
  ...twins(
    {
      fields: ['allowance', 'benefitRate', 'sickPay'],
      always: true,
      value(random) {
        const [unit, word, low, high] = random.pick([
          ['DAY', 'daily', 1800, 9500],
          ['DAY', 'daily', 1800, 9500],
          ['WEEK', 'weekly', 15_000, 52_000],
          ['MONTH', 'monthly', 60_000, 260_000],
        ] as const);
        const amount = decimal(random.int(low, high), 2);
        const answer = (period: string) => object({ amount, period: json(period) });
        const legacy = object({ amount: json(amount), period: json(`PER ${unit}`) });
        return unit === 'DAY'
          ? shown(legacy, answer(word), answer('monthly'))
          : { legacy, right: answer(word) };
      },
    },
    {
      name: 'benefit_period_words',
      why: 'Per day, per week and per month are daily, weekly and monthly, with the same amounts.',
    },
    {
      name: 'benefit_daily_as_monthly',
      critical: true,
      why: 'A benefit per day is answered as the same amount per month, a thirtieth of what is due.',
    },
  ),
  ...twins(
    {
      fields: ['paymentMonth', 'benefitDays', 'entitlement'],
      least: 2,
      always: true,
      value(random) {
        const first = Day.of(random.int(2023, 2026), random.int(1, 12), 1);
        const next =
          first.month === 12 ? Day.of(first.year + 1, 1, 1) : Day.of(first.year, first.month + 1, 1);
        const last = next.plus(-1);
        const dotted = (day: Day) => `${day.dd}.${day.mm}.${day.yyyy}`;
        const answer = (days: number) => ({ from: first.iso, to: last.iso, days });
        return shownJson({ from: dotted(first), to: dotted(last), days: '30' }, answer(30), answer(last.day));
      },
    },
    {
      name: 'benefit_month_thirty_days',
      why: 'The same days in ISO writing, and the same thirty paid days as a number.',
    },
    {
      name: 'benefit_month_calendar_days',
      critical: true,
      why: 'Legacy pays every month for thirty days, the rewrite counts 28, 29 or 31, which is other money.',
    },
  ),
  ...twins(
    {
      fields: ['supplement', 'interestAmount', 'travelRefund'],
      always: true,
      value(random) {
        const units = random.chance(0.4) ? random.int(5, 99) : minorUnits(random, 100, 90_000);
        const text = decimal(units, 2);
        const legacy = json(text.replace(/^0\./, '.').padStart(10));
        return units < 100 ? shown(legacy, text, decimal(units * 100, 2)) : { legacy, right: text };
      },
    },
    {
      name: 'edit_mask_without_leading_zero',
      why: 'The edit mask leaves out leading zeros, so .50 is 0.50: the same amounts as numbers.',
    },
    {
      name: 'edit_mask_point_lost',
      critical: true,
      why: 'Amounts below one begin with the point in legacy; the rewrite drops it and cents become whole units.',
    },
  ),
  ...twins(
    {
      fields: ['sanction', 'reducedBenefit', 'payment'],
      value(random) {
        const standard = random.int(200, 1400) * 100;
        const percent = random.pick([10, 20, 30, 60]);
        const cut = (standard * percent) / 100;
        const answer = (payable: number) =>
          object({
            standard: decimal(standard, 2),
            reduction: decimal(percent, 2),
            payable: decimal(payable, 2),
          });
        const legacy = object({
          standard: json(decimal(standard, 2)),
          reduction: json(`${percent} %`),
          payable: json(decimal(standard - cut, 2)),
        });
        return shown(legacy, answer(standard - cut), answer(cut));
      },
    },
    {
      name: 'sanction_share_as_fraction',
      why: 'Thirty percent is 0.30, and the standard and payable amounts are the same.',
    },
    {
      name: 'sanction_pays_the_reduction',
      critical: true,
      why: 'The rewrite pays out the part that should be withheld instead of the part that remains.',
    },
  ),
  ...twins(
    {
      fields: ['accidentInsurance', 'levy', 'wageContribution'],
      least: 3,
      always: true,
      value(random) {
        const [wage, tenths] = [random.int(600, 6200), random.pick([5, 15, 25])];
        const doubled = (wage * tenths) / 5; // half cents
        const [down, up] = [Math.floor(doubled / 2), Math.ceil(doubled / 2)];
        const rate = decimal(tenths, 1);
        const answer = (cents: number) =>
          object({ wage: decimal(wage * 100, 2), ratePercent: rate, due: decimal(cents, 2) });
        const legacy = object({
          wage: json(decimal(wage * 100, 2)),
          ratePercent: json(rate),
          due: json(decimal(up, 2)),
        });
        return shown(legacy, answer(up), answer(down % 2 === 0 ? down : up));
      },
    },
    {
      name: 'levy_half_cents_up',
      why: 'Wage, rate and contribution are the same values as numbers instead of strings.',
    },
    {
      name: 'levy_half_cents_to_even',
      critical: true,
      why: 'Half cents are rounded up in legacy and to the even cent in the rewrite, so contributions are a cent short.',
    },
  ),
  ...twins(
    {
      fields: ['weeklyHoursDecimal', 'decimalHours', 'contractHoursDecimal'],
      clear: true,
      value(random) {
        const [hours, minutes] = [random.int(4, 42), random.pick([0, 15, 30, 45])];
        return shown(
          json(`${hours}:${String(minutes).padStart(2, '0')}`),
          decimal(hours * 100 + (minutes / 3) * 5, 2),
          decimal(hours * 100 + minutes, 2),
        );
      },
    },
    {
      name: 'hours_minutes_to_decimal',
      why: 'Minutes are sixtieths, so 19:30 is 19.50 hours.',
    },
    {
      name: 'hours_minutes_as_hundredths',
      critical: true,
      why: 'Minutes are taken for hundredths, so 19:30 becomes 19.30 hours.',
    },
  ),
];
