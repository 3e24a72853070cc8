/** Prescriptions and measurements at a hospital. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';

export const families: readonly Family[] = [
  ...coded(
    ['frequency', 'sig', 'dosageFrequency'],
    [
      ['QD', 'once daily', 'four times daily'],
      ['BID', 'twice daily'],
      ['TID', 'three times daily'],
      ['QID', 'four times daily', 'once daily'],
      ['Q8H', 'every 8 hours'],
      ['PRN', 'as needed'],
    ],
    {
      name: 'l_sig_spelled_out',
      why: 'The Latin abbreviations of the prescription are spelled out correctly.',
    },
    {
      name: 'l_sig_qd_qid',
      critical: true,
      why: 'QD means once daily and QID four times daily; the rewrite confuses them.',
    },
  ),
  ...twins(
    {
      fields: ['dose', 'strength', 'dosage'],
      value(random) {
        const micrograms = random.pick([25, 50, 75, 100, 125, 250, 500, 750]);
        return {
          legacy: json(`${String(micrograms / 1000)} mg`),
          right: json(`${micrograms} mcg`),
          wrong: json(`${micrograms} mg`),
        };
      },
    },
    {
      name: 'l_dose_in_micrograms',
      why: 'One milligram is 1000 micrograms, so both texts are the same dose.',
    },
    {
      name: 'l_dose_thousandfold',
      critical: true,
      why: 'The number is in micrograms but the unit says milligrams, a thousandfold dose.',
    },
  ),
  ...twins(
    {
      fields: ['bodyTemperature', 'temp', 'vitalSign'],
      value(random) {
        const halves = random.int(71, 82);
        const fahrenheit = decimal(halves * 9 + 320, 1);
        const celsius = decimal(halves * 5, 1);
        return {
          legacy: object({ value: fahrenheit, unit: '"degF"' }),
          right: object({ value: celsius, unit: '"Cel"' }),
          wrong: object({ value: celsius, unit: '"degF"' }),
        };
      },
    },
    {
      name: 'l_fahrenheit_to_celsius',
      why: 'The Celsius value is exactly the converted Fahrenheit value and its unit says so.',
    },
    {
      name: 'l_celsius_marked_fahrenheit',
      critical: true,
      why: 'The value was converted to Celsius but is still marked as Fahrenheit, a deadly temperature.',
    },
  ),
  ...coded(
    ['bloodGroup', 'aboRh', 'bloodType'],
    [
      ['A POS', 'A+'],
      ['A NEG', 'A-', 'A+'],
      ['B POS', 'B+'],
      ['B NEG', 'B-', 'B+'],
      ['O POS', 'O+'],
      ['O NEG', 'O-', 'O+'],
      ['AB POS', 'AB+'],
      ['AB NEG', 'AB-', 'AB+'],
    ],
    { name: 'l_rhesus_signs', why: 'POS and NEG of the rhesus factor are written as plus and minus.' },
    {
      name: 'l_rhesus_negative_lost',
      critical: true,
      why: 'A rhesus negative patient is returned as rhesus positive.',
    },
  ),
  ...coded(
    ['laterality', 'bodySide', 'operatedSide'],
    [
      ['LT', 'LEFT', 'RIGHT'],
      ['RT', 'RIGHT', 'LEFT'],
      ['BIL', 'BILATERAL'],
    ],
    { name: 'l_side_words', why: 'The abbreviations of the side of the body are spelled out.' },
    {
      name: 'l_side_mirrored',
      critical: true,
      why: 'The left side of the body is returned as the right one or the reverse.',
    },
  ),
  ...twins(
    {
      fields: ['result', 'labValue', 'observationValue'],
      least: 2,
      value(random) {
        const value = decimal(random.int(1, 900), 2);
        const right = (comparator: string) => object({ comparator: json(comparator), value });
        const sign = random.pick(['<', '>', '=', '=']);
        if (sign === '=') return { legacy: json(value), right: right('=') };
        return { legacy: json(`${sign}${value}`), right: right(sign), wrong: right('=') };
      },
    },
    {
      name: 'l_lab_comparator_split',
      why: 'The comparator and the number of the result stand in two members, unchanged.',
    },
    {
      name: 'l_lab_comparator_lost',
      critical: true,
      why: 'A result below or above the limit of measurement is returned as an exact value.',
    },
  ),
  ...twins(
    {
      fields: ['referenceRange', 'normalRange', 'limits'],
      least: 2,
      value(random) {
        const [low, high] = [decimal(random.int(10, 60), 1), decimal(random.int(70, 190), 1)];
        if (random.chance(0.5)) {
          return {
            legacy: json(`<${high}`),
            right: object({ low: 'null', high }),
            wrong: object({ low: high, high: 'null' }),
          };
        }
        return { legacy: json(`${low} - ${high}`), right: object({ low, high }) };
      },
    },
    {
      name: 'l_reference_range_split',
      why: 'The bounds are the same; a range with only an upper bound has no low one.',
    },
    {
      name: 'l_reference_range_flipped',
      critical: true,
      why: 'An upper bound is returned as a lower bound, so normal results count as abnormal.',
    },
  ),
  ...twins(
    {
      fields: ['infusionRate', 'pumpRate', 'rate'],
      value(random) {
        const perMinute = random.int(2, 20);
        const rate = (value: number, unit: string) => json({ value, unit });
        return {
          legacy: rate(perMinute * 60, 'mL/h'),
          right: rate(perMinute, 'mL/min'),
          wrong: rate(perMinute * 60, 'mL/min'),
        };
      },
    },
    { name: 'l_infusion_per_minute', why: 'The same flow, per minute instead of per hour, with its unit.' },
    {
      name: 'l_infusion_unit_only',
      critical: true,
      why: 'Only the unit was changed to minutes, so the pump would run sixty times too fast.',
    },
  ),
];
