/** Families of clinical measurements: doses, temperatures, detection limits, pressures, tiny concentrations. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const quantity = (value: string, unit: string): string => object({ value, unit: json(unit) });
const phrase = (value: string, unit: string): string => json(`${value} ${unit}`);

export const families: Family[] = [
  ...twins(
    {
      fields: ['dose', 'infusionAmount', 'prescribed', 'order.strength'],
      common: (random) => ({
        write: random.pick([quantity, phrase]),
        units: random.pick([['mg', 'ug'], ['g', 'mg'], ['L', 'mL']] as const), // biome-ignore format: a table
      }),
      value(random, { write, units: [large, small] }) {
        const thousandths = random.pick([25, 50, 75, 100, 112, 125, 250, 375, 500, 1250, 2500]);
        const right = write(String(thousandths), small);
        const wrong = random.chance(0.5)
          ? write(String(thousandths), large)
          : write(decimal(thousandths, 3), small);
        return shown(write(decimal(thousandths, 3), large), right, wrong);
      },
    },
    {
      name: 'b_dose_in_smaller_unit',
      why: 'A dose with its unit is the same dose in a unit a thousand times smaller with a number a thousand times larger.',
    },
    {
      name: 'b_dose_thousandfold',
      critical: true,
      why: 'Number and unit do not change together, so the dose is a thousand times too high or too low.',
    },
  ),
  ...twins(
    {
      fields: ['bodyTemperature', 'temp', 'vitals.t', 'probe1'],
      value(random) {
        const halfDegrees = random.int(70, 82);
        const fahrenheit = decimal(halfDegrees * 9 + 320, 1);
        const celsius = decimal(halfDegrees * 5, 1);
        return shown(quantity(fahrenheit, '[degF]'), quantity(celsius, 'Cel'), quantity(celsius, '[degF]'));
      },
    },
    {
      name: 'b_fahrenheit_to_celsius',
      why: 'Both unit codes are given and the number was converted exactly.',
    },
    {
      name: 'b_temperature_unit_kept',
      critical: true,
      why: 'The number was converted to Celsius while the unit still says Fahrenheit.',
    },
  ),
  ...twins(
    {
      fields: ['labResult', 'troponin', 'obx5', 'result.value'],
      value(random) {
        const comparator = random.pick(['<', '>', '', '<']);
        const value = decimal(random.int(1, 90), random.int(0, 3));
        const bare = object({ value });
        const right = comparator ? object({ comparator: json(comparator), value }) : bare;
        return shown(json(`${comparator}${value}`), right, bare);
      },
    },
    {
      name: 'b_detection_limit_comparator',
      why: 'A result below or above the limit of detection keeps its comparator, in a member of its own.',
    },
    {
      name: 'b_detection_limit_lost',
      critical: true,
      why: 'Less than the limit became exactly the limit: a negative finding reads as a measured value.',
    },
  ),
  ...twins(
    {
      fields: ['bloodPressure', 'bp', 'vitals.pressure', 'nibp'],
      once: true,
      value(random) {
        const [high, low] = [random.int(95, 185), random.int(50, 94)];
        const members = (systolic: number, diastolic: number): string => json({ systolic, diastolic });
        return shown(json(`${high}/${low}`), members(high, low), members(low, high));
      },
    },
    {
      name: 'b_blood_pressure_split',
      why: 'Blood pressure is written systolic over diastolic, which is what the two members say.',
    },
    {
      name: 'b_blood_pressure_swapped',
      critical: true,
      why: 'Systolic and diastolic pressure changed places.',
    },
  ),
  ...twins(
    {
      fields: ['concentration', 'viralFraction', 'leakRate', 'probability'],
      value(random) {
        const [mantissa, exponent] = [random.int(11, 99), random.int(4, 9)];
        const legacy = `${decimal(mantissa, 1)}E-${exponent}`;
        const wrong = random.chance(0.5) ? decimal(mantissa, 1) : decimal(mantissa, exponent);
        return shown(legacy, decimal(mantissa, exponent + 1), wrong);
      },
    },
    {
      name: 'b_tiny_number_without_exponent',
      why: 'A number with an exponent and the same number written out are equal.',
    },
    {
      name: 'b_tiny_number_exponent_wrong',
      critical: true,
      why: 'The exponent was dropped or read one too small, so the number is at least ten times too large.',
    },
  ),
];
