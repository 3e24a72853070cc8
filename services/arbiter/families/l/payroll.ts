/** Payroll and pensions. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

export const families: readonly Family[] = [
  ...coded(
    ['taxClass', 'steuerklasse'],
    [
      ['I', '1'],
      ['II', '2'],
      ['III', '3'],
      ['IV', '4', '6'],
      ['V', '5'],
      ['VI', '6', '4'],
    ],
    { name: 'l_roman_tax_class', why: 'The Roman numeral of the class is written with Arabic digits.' },
    {
      name: 'l_roman_tax_class_iv_vi',
      critical: true,
      why: 'IV is four and VI is six, and the rewrite confuses the two tax classes.',
    },
    3,
  ),
  ...twins(
    {
      fields: ['retirementAge', 'pensionableAge', 'ageAtClaim'],
      value(random) {
        const [years, month] = [random.int(60, 68), random.pick([0, 3, 6, 9])];
        const age = (text: string) => object({ years: text });
        const right = {
          legacy: json(`${years}Y${two(month)}M`),
          right: age(decimal(years * 100 + (month * 100) / 12, 2)),
        };
        return month === 0 ? right : { ...right, wrong: age(`${years}.${two(month)}`) };
      },
    },
    { name: 'l_age_decimal_years', why: 'Three months are a quarter of a year, so both are the same age.' },
    {
      name: 'l_age_months_as_decimals',
      critical: true,
      why: 'The months are written as hundredths of a year, another age of retirement.',
    },
  ),
  ...twins(
    {
      fields: ['contributionMonths', 'insuredMonths', 'creditedMonths'],
      value(random) {
        const paid = months.map(() => random.chance(0.5));
        paid[random.int(0, 11)] = true;
        const named = (shift: number) => json(months.filter((_, at) => paid[(at - shift + 12) % 12]));
        const right = {
          legacy: json(Object.fromEntries(months.map((name, at) => [name, paid[at] ? 'Y' : 'N']))),
          right: named(0),
        };
        return paid.every((flag) => flag) ? right : { ...right, wrong: named(1) };
      },
    },
    {
      name: 'l_month_flags_named',
      why: 'The list names exactly the calendar months that legacy marks with Y.',
    },
    {
      name: 'l_month_flags_next_month',
      critical: true,
      why: 'Every contribution is listed in the month after the one that legacy marks.',
    },
  ),
  ...twins(
    {
      fields: ['hoursWorked', 'weeklyHours', 'arbeitszeit'],
      clear: true,
      least: 3,
      value(random) {
        const [hours, minutes] = [random.int(4, 48), random.pick([0, 6, 12, 15, 18, 24, 30, 36, 45])];
        const right = {
          legacy: json(`${hours}:${two(minutes)}`),
          right: decimal(hours * 100 + (minutes * 100) / 60, 2),
        };
        return minutes === 0 ? right : { ...right, wrong: `${hours}.${two(minutes)}` };
      },
    },
    { name: 'l_hours_minutes_decimal', why: 'Minutes became hundredths of an hour: 37:30 are 37.50 hours.' },
    {
      name: 'l_minutes_after_point',
      critical: true,
      why: 'The minutes stand unconverted behind the decimal point, so less time is paid.',
    },
  ),
  ...twins(
    {
      fields: ['wageLine', 'payItem', 'slipEntry'],
      value(random) {
        const cents = random.int(500, 90_000);
        const item = (kind: string) => object({ kind: json(kind), amount: decimal(cents, 2) });
        const deduction = random.chance(0.5);
        const legacy = json({ kind: deduction ? 'DED' : 'EARN', amount: decimal(cents, 2) });
        return deduction
          ? { legacy, right: item('DEDUCTION'), wrong: item('EARNING') }
          : { legacy, right: item('EARNING') };
      },
    },
    { name: 'l_pay_item_kinds', why: 'The kinds are spelled out and the amount is the same number.' },
    {
      name: 'l_deduction_paid_out',
      critical: true,
      why: 'A deduction from the wage is returned as an earning.',
    },
  ),
  ...twins(
    {
      fields: ['socialInsuranceNumber', 'svnr', 'insuredId'],
      value(random) {
        const born = `${two(random.int(1, 28))}${two(random.int(1, 12))}${two(random.int(40, 99))}`;
        const [area, letter] = [two(random.int(10, 89)), random.text('ABCDEFGHJKLMNPRSTW', 1)];
        const serial = random.chance(0.7) ? `0${random.digits(2)}` : `${random.int(1, 9)}${random.digits(2)}`;
        const right = {
          legacy: json(`${area} ${born} ${letter} ${serial}`),
          right: json(`${area}${born}${letter}${serial}`),
        };
        return serial.startsWith('0')
          ? { ...right, wrong: json(`${area}${born}${letter}${Number(serial)}`) }
          : right;
      },
    },
    { name: 'l_insurance_number_compact', why: 'The same characters without the blanks between the groups.' },
    {
      name: 'l_insurance_number_serial_zero',
      critical: true,
      why: 'The zeros of the serial part are lost, so the number is not the person’s.',
    },
  ),
  ...twins(
    {
      fields: ['leaveDays', 'remainingVacation', 'urlaubRest'],
      least: 2,
      value(random) {
        const days = random.int(1, 34);
        if (random.chance(0.4)) return { legacy: json(String(days)), right: String(days) };
        const [sign, text] = random.pick([
          ['½', '5'],
          ['¼', '25'],
          ['¾', '75'],
        ] as const);
        return { legacy: json(`${days}${sign}`), right: `${days}.${text}`, wrong: String(days) };
      },
    },
    {
      name: 'l_vulgar_fraction_decimal',
      why: 'The fraction signs are written as decimals of the same value.',
    },
    {
      name: 'l_vulgar_fraction_lost',
      critical: false,
      why: 'The fraction sign after the whole number is ignored, so part of the leave is lost.',
    },
  ),
];
