/** Quantities with units and durations. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['quantity', 'qty', 'orderedQuantity', 'units'],
      clear: true,
      value(random) {
        const thousandths = random.chance(0.6) ? random.int(1, 40) * 1_000 : random.int(1, 60) * 250;
        const text = decimal(thousandths, 3);
        return { legacy: text, right: String(thousandths / 1_000), wrong: String(thousandths) };
      },
    },
    {
      name: 'quantity_scale_dropped',
      why: 'The number is equal; only zeros after the decimal point are gone.',
    },
    {
      name: 'decimal_point_read_as_grouping',
      why: 'The point before the decimals was taken for a grouping sign: 3.000 pieces became 3000.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['sumInsured', 'coverage', 'facility', 'guarantee'],
      value(random) {
        const thousands = random.pick([50, 75, 100, 250, 500, 1_000, 2_500]);
        const legacy = object({ value: `${thousands}`, unit: json('kEUR') });
        const write = (value: number) => object({ value: `${value}`, unit: json('EUR') });
        return { legacy, right: write(thousands * 1_000), wrong: write(thousands) };
      },
    },
    { name: 'thousands_of_euros_in_euros', why: 'Value and unit changed together: 250 kEUR are 250000 EUR.' },
    {
      name: 'unit_renamed_value_kept',
      why: 'Thousands of euros became euros without multiplying the value.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['weight', 'parcelWeight', 'shipment', 'netWeight'],
      least: 3,
      value(random) {
        const grams = random.int(1, 150) * 100;
        const legacy = object({ value: String(grams / 1_000), unit: json('kg') });
        const write = (value: number) => object({ value: String(value), unit: json('g') });
        return { legacy, right: write(grams), wrong: write(grams / 100) };
      },
    },
    { name: 'kilograms_in_grams', why: 'Value and unit changed together by a factor of a thousand.' },
    {
      name: 'kilograms_times_ten_in_grams',
      why: 'Kilograms were turned into grams by ten instead of a thousand.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['term', 'duration', 'loanTerm', 'noticePeriod'],
      least: 3,
      value(random) {
        const years = random.int(1, 10);
        const months = random.chance(0.6) ? years * 12 : random.int(1, 11);
        const right = months % 12 === 0 ? `P${years}Y` : `P${months}M`;
        return shown(json(`P${months}M`), json(right), json(`PT${months}M`));
      },
    },
    { name: 'months_as_years', why: 'Twelve months are a year in an ISO 8601 period.' },
    {
      name: 'months_as_minutes',
      why: 'A T before the number makes months into minutes in ISO 8601.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['workingTime', 'sessionLength', 'billableTime', 'downtime'],
      value(random) {
        const hours = random.int(1, 11);
        const quarter = random.pick([0, 1, 2, 3]);
        const write = (minutes: number) => json(minutes === 0 ? `PT${hours}H` : `PT${hours}H${minutes}M`);
        return shown(json(`PT${hours * 60 + quarter * 15}M`), write(quarter * 15), write(quarter * 25));
      },
    },
    {
      name: 'minutes_as_hours_and_minutes',
      why: 'Ninety minutes and one hour thirty are one ISO 8601 duration.',
    },
    {
      name: 'decimal_hours_as_minutes',
      why: 'The decimals of the hours were taken for minutes: an hour and a half became 1 h 50 min.',
      critical: false,
    },
  ),
  ...coded(
    ['frequency', 'paymentInterval', 'billingCycle', 'recurrence'],
    [
      ['WEEKLY', 'P1W'],
      ['MONTHLY', 'P1M'],
      ['QUARTERLY', 'P3M', 'P4M'],
      ['HALF_YEARLY', 'P6M', 'P2Y'],
      ['YEARLY', 'P1Y'],
    ],
    {
      name: 'frequency_as_period',
      why: 'Each frequency is said as the ISO 8601 period between two payments.',
    },
    {
      name: 'times_a_year_taken_for_length',
      why: 'A quarter became four months and a half-year two years: the count a year was taken for the length.',
      critical: true,
    },
    4,
  ),
  ...twins(
    {
      fields: ['margin', 'spread', 'surcharge', 'markup'],
      least: 3,
      value(random) {
        const points = minorUnits(random, 5, 900);
        const legacy = object({ value: `${points}`, unit: json('bp') });
        const write = (scale: number) => object({ value: decimal(points, scale), unit: json('percent') });
        return { legacy, right: write(2), wrong: write(3) };
      },
    },
    {
      name: 'basis_points_in_percent',
      why: 'A hundred basis points are one percent; value and unit changed together.',
    },
    {
      name: 'basis_points_divided_by_thousand',
      why: 'Basis points were divided by a thousand, a tenth of the right percentage.',
      critical: true,
    },
  ),
];
