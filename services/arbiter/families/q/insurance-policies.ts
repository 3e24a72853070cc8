/** Policies of an insurer: Smalltalk objects over DB2, rewritten in C#. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const covers = ['GLASS', 'THEFT', 'FIRE', 'STORM', 'FLOOD', 'LIABILITY', 'LEGAL', 'ASSISTANCE'] as const;

export const families: readonly Family[] = [
  ...coded(
    ['policyStatus', 'contractState', 'state', 'status'],
    [
      ['#inForce', 'InForce'],
      ['#lapsed', 'Lapsed', 'InForce'],
      ['#paidUp', 'PaidUp'],
      ['#surrendered', 'Surrendered'],
      ['#suspended', 'Suspended', 'InForce'],
    ],
    {
      name: 'symbol_into_enum_name',
      why: 'A Smalltalk symbol such as #lapsed is written as the name of the same state.',
    },
    {
      name: 'symbol_of_ended_cover_in_force',
      why: 'Lapsed or suspended policies are answered as in force.',
      critical: true,
    },
    3,
  ),
  ...twins(
    {
      fields: ['coinsuranceShare', 'ownShare', 'participation', 'quota'],
      value(random) {
        const [top, bottom, right] = random.pick([
          [1, 2, '0.5'],
          [1, 4, '0.25'],
          [3, 4, '0.75'],
          [1, 5, '0.2'],
          [3, 8, '0.375'],
          [7, 10, '0.7'],
        ] as const);
        return shown(json(`(${top}/${bottom})`), right, random.chance(0.5) ? '0' : '0.0');
      },
    },
    {
      name: 'smalltalk_fraction_into_decimal',
      why: 'A fraction such as (3/4) is written as its exact decimal value.',
    },
    {
      name: 'smalltalk_fraction_divided_as_integers',
      why: 'The fraction was computed with integer division, so the share is zero.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['annualPremium', 'sumInsured', 'surrenderValue', 'bonus'],
      value(random) {
        const units = minorUnits(random, 1000);
        const text = decimal(units, 2);
        return shown(json(`${text}s2`), text, `${text}2`.replace('.', ''));
      },
    },
    {
      name: 'scaled_decimal_suffix_removed',
      why: 'The suffix s2 of a Smalltalk ScaledDecimal only states its scale; the number is the same.',
    },
    {
      name: 'scaled_decimal_suffix_into_digits',
      why: 'Point and letter were stripped and the digit of the suffix became part of the number.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['validTo', 'policyEndDate', 'coverEndsOn'],
      clear: true,
      least: 5,
      value(random) {
        if (random.chance(0.5)) return { legacy: json('9999-12-31'), right: 'null' };
        const end = json(Day.any(random, 2025, 2031).iso);
        return shown(end, end, 'null');
      },
    },
    {
      name: 'db2_high_date_into_null',
      why: 'The highest DB2 date stands for an open end, which null says as well; real end dates are kept.',
    },
    {
      name: 'real_end_date_into_null',
      why: 'Policies with a real end date appear to run without end.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['inceptionDate', 'renewalDate', 'effectiveFrom', 'begin'],
      value(random) {
        const day = Day.any(random, 2010, 2026);
        return shownJson(day.iso, `${day.iso}T00:00:00`, `${day.plus(-1).iso}T00:00:00`);
      },
    },
    {
      name: 'date_only_into_datetime',
      why: 'A day is written by .NET as a local date and time at midnight of the same day.',
    },
    {
      name: 'datetime_a_day_early',
      why: 'A conversion between time zones moved the day of inception to the day before.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['covers', 'insuredPerils', 'modules', 'options'],
      value(random) {
        const chosen = random.shuffled(covers).slice(0, random.int(2, 5));
        return shownJson(chosen.join(';'), chosen, chosen.slice(0, -1));
      },
    },
    {
      name: 'covers_text_into_list',
      why: 'The perils between semicolons are the elements of the list, in the same order.',
    },
    {
      name: 'covers_without_last',
      why: 'The last peril after the final semicolon is missing, so a cover the customer pays for is not there.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['policyNumber', 'contractNumber', 'key', 'masterPolicy'],
      value(random) {
        const number = `${random.int(1, 8)}${random.digits(16)}7`;
        const double = BigInt(Number(number)).toString();
        return shown(json(number), object({ number }), object({ number: double }));
      },
    },
    {
      name: 'policy_number_in_object',
      why: 'All eighteen digits of the number are there, as the only member of an object.',
    },
    {
      name: 'policy_number_through_double',
      why: 'The last digits changed because the number went through a double, which names another policy.',
      critical: true,
    },
  ),
];
