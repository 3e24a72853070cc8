/** Interest, terms and units: the number together with what it is a number of. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const short = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['margin', 'spread', 'surcharge', 'nominalRate'],
      value: (random) => {
        const points = random.int(5, 149) * 5;
        return shown(
          json(`${decimal(points, 2)} %`),
          json(`${points} bps`),
          json(`${short(decimal(points, 1))} bps`),
        );
      },
    },
    { name: 'f_rate_in_basis_points', why: 'One per cent is a hundred basis points; both carry their unit.' },
    {
      name: 'f_rate_basis_points_by_ten',
      critical: true,
      why: 'The rate in basis points was made with factor 10 instead of 100.',
    },
  ),
  ...twins(
    {
      fields: ['apr', 'effektiverZins', 'debitRate', 'interestText'],
      value: (random) => {
        const text = decimal(random.int(51, 1899), 2);
        const whole = text.split('.')[0] ?? '';
        return shown(json(`${text.replace('.', ',')} %`), json(`${text}%`), json(`${whole}.00%`));
      },
    },
    { name: 'f_rate_comma_to_point', why: 'The same percentage with a decimal point and without a space.' },
    {
      name: 'f_rate_comma_ends_parse',
      critical: true,
      why: 'The rate was read only up to its decimal comma, so its fraction is gone.',
    },
  ),
  ...coded(
    ['dayCount', 'interestBasis', 'accrualMethod'],
    [
      ['ACT/365', 'Actual/365', 'Actual/360'],
      ['ACT/360', 'Actual/360'],
      ['30/360', '30/360'],
      ['ACT/ACT', 'Actual/Actual', 'Actual/365'],
    ],
    { name: 'f_day_count_spelled_out', why: 'ACT abbreviates Actual; each convention is the same.' },
    {
      name: 'f_day_count_other_year',
      critical: true,
      why: 'Interest is computed over a year of another length than legacy names.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['term', 'loanTerm', 'laufzeit', 'commitment'],
      value: (random) => {
        const years = random.pick([1, 2, 3, 4, 5, 7, 10, 15]);
        return shown(json(`P${years * 12}M`), json(`P${years}Y`), json(`P${years}M`));
      },
    },
    { name: 'f_term_in_years', why: 'Twelve months are a year, so both ISO durations are equal.' },
    {
      name: 'f_term_years_called_months',
      critical: true,
      why: 'The number of years is written with the unit of months, a twelfth of the term.',
    },
  ),
  ...twins(
    {
      fields: ['validity', 'holdTime', 'retryAfter', 'lockDuration'],
      value: (random) => {
        const minutes = random.pick([2, 3, 5, 10, 15, 20, 30, 45, 60, 90]);
        const time = (value: number, unit: string) => object({ value: String(value), unit: json(unit) });
        return shown(time(minutes, 'MINUTES'), time(minutes * 60, 'SECONDS'), time(minutes, 'SECONDS'));
      },
    },
    {
      name: 'f_minutes_as_seconds',
      why: 'The value was converted together with the unit that stands beside it.',
    },
    {
      name: 'f_minutes_relabelled_seconds',
      critical: false,
      why: 'The unit became seconds while the number stayed that of the minutes.',
    },
  ),
  ...twins(
    {
      fields: ['weight', 'netWeight', 'parcelWeight', 'shippedQty'],
      value: (random) => {
        const grams = random.int(2, 480) * 50;
        const kilograms = short(decimal(grams, 3));
        return shown(json(`${kilograms} kg`), json(`${grams} g`), json(`${grams * 10} g`));
      },
    },
    { name: 'f_weight_in_grams', why: 'The same weight in grams instead of kilograms.' },
    {
      name: 'f_weight_grams_tenfold',
      critical: true,
      why: 'The weight in grams is ten times that in kilograms: a wrong factor.',
    },
  ),
  ...twins(
    {
      fields: ['annualMileage', 'distance', 'tripLength', 'deliveryDistance'],
      value: (random) => {
        const tenths = random.int(31, 99_000);
        const metric = decimal(Math.round(tenths * 1.609344), 1);
        return shown(
          json(`${decimal(tenths, 1)} mi`),
          json(`${metric} km`),
          json(`${decimal(tenths, 1)} km`),
        );
      },
    },
    { name: 'f_miles_converted', why: 'Miles times 1.609344 are these kilometres, to the digit shown.' },
    {
      name: 'f_miles_relabelled_km',
      critical: false,
      why: 'The unit became kilometres but the number is still that of the miles.',
    },
  ),
];
