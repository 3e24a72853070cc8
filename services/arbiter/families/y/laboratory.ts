/** Results of a laboratory service, once MUMPS: comparators, ranges, flags, units, ages, susceptibility. */
import { mixed, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';

const flags = [
  ['N', 'normal'],
  ['L', 'low'],
  ['H', 'high'],
  ['LL', 'critically low'],
  ['HH', 'critically high'],
] as const;
const analytes = [
  ['mmol/L', 'mmol/l', 'mg/dL', 30, 120],
  ['umol/L', 'umol/l', 'mg/dL', 500, 1400],
  ['g/L', 'g/l', 'g/dL', 1100, 1700],
] as const;
const antibiotics = ['AMX', 'CIP', 'CTX', 'GEN', 'NIT', 'SXT', 'MEM', 'FOS'] as const;
const ageUnits = [
  ['Y', 'years', 1, 98],
  ['M', 'months', 1, 23],
  ['D', 'days', 1, 28],
] as const;

export const families = [
  ...twins(
    {
      fields: ['result', 'troponin', 'crp.value', 'measured'],
      value(random) {
        const number = decimal(random.int(1, 400), random.pick([1, 2]));
        if (random.chance(0.5)) return { legacy: json(number), right: object({ value: number }) };
        const comparator = random.pick(['<', '<', '>']);
        return {
          legacy: json(`${comparator}${number}`),
          right: object({ comparator: json(comparator), value: number }),
          wrong: object({ value: number }),
        };
      },
    },
    {
      name: 'result-comparator-as-member',
      why: 'Comparator and number of the result are the same, as two members instead of one text.',
    },
    {
      name: 'result-comparator-dropped',
      why: 'Less than or greater than the limit of the method comes out as an exactly measured value.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['referenceRange', 'normalRange', 'range'],
      value(random) {
        const low = random.int(5, 140);
        const high = low + random.int(6, 300);
        const range = (from: number, to: number) => object({ low: decimal(from, 1), high: decimal(to, 1) });
        return {
          legacy: json(`${decimal(low, 1)} - ${decimal(high, 1)}`),
          right: range(low, high),
          wrong: range(high, low),
        };
      },
    },
    {
      name: 'reference-range-as-low-and-high',
      why: 'The lower and the upper end of the reference range are the same numbers, each in its member.',
    },
    {
      name: 'reference-range-ends-swapped',
      why: 'The upper end stands under low and the lower end under high, so every result would be flagged.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['abnormalFlag', 'flag', 'interpretation'],
      least: 8,
      value(random) {
        const [code, word] = random.pick(flags);
        return {
          legacy: json(code),
          right: json(word),
          ...(code.length === 2 ? { wrong: json(word.replace('critically ', '')) } : {}),
        };
      },
    },
    {
      name: 'abnormal-flag-letters-to-words',
      why: 'Each flag of the laboratory becomes its own word: N normal, L low, H high, LL and HH the critical ones.',
    },
    {
      name: 'abnormal-flag-critical-becomes-plain',
      why: 'LL and HH come out as plain low and high, so the critical results no longer stand apart.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['observation', 'quantity', 'analyte.result'],
      value(random) {
        const [written, lower, other, low, high] = random.pick(analytes);
        const value = decimal(random.int(low, high), 1);
        const quantity = (unit: string) => object({ value, unit: json(unit) });
        return { legacy: quantity(written), right: quantity(lower), wrong: quantity(other) };
      },
    }),
    {
      name: 'unit-litre-in-lower-case',
      why: 'Both l and L are accepted symbols of the litre; value and unit are the same.',
    },
    {
      name: 'unit-replaced-value-kept',
      why: 'The unit became another one (mmol/L to mg/dL) while the number was not converted.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['ageAtSampling', 'patientAge', 'age'],
      value(random) {
        const [letter, word, low, high] = random.pick(ageUnits);
        const value = random.int(low, high);
        const age = (unit: string) => object({ value: String(value), unit: json(unit) });
        return {
          legacy: json(`${String(value).padStart(3, '0')}${letter}`),
          right: age(word),
          ...(letter === 'Y' ? {} : { wrong: age('years') }),
        };
      },
    },
    {
      name: 'age-letter-to-unit-word',
      why: 'Age 034Y, 011M or 009D becomes the same number of years, months or days.',
    },
    {
      name: 'age-of-infant-in-years',
      why: 'Months and days of infants come out as years, which selects the wrong ranges and doses.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['susceptibility', 'antibiogram', 'resistance'],
      least: 2,
      value(random) {
        const tested = random.shuffled(antibiotics).slice(0, random.int(3, 6));
        const results = tested.map(() => random.pick(['S', 'I', 'R']));
        const report = (values: readonly string[]) =>
          object(Object.fromEntries(tested.map((drug, at) => [drug, json(values[at])])));
        const shifted = [...results.slice(1), results[0] ?? ''];
        return {
          legacy: json(tested.map((drug, at) => `${drug}=${results[at]}`).join(';')),
          right: report(results),
          ...(shifted.join() === results.join() ? {} : { wrong: report(shifted) }),
        };
      },
    },
    {
      name: 'antibiogram-as-object',
      why: 'Every antibiotic keeps its own S, I or R, as a member instead of a text piece.',
    },
    {
      name: 'antibiogram-shifted-by-one',
      why: 'Antibiotics carry the result of their neighbour, so a resistant germ may seem susceptible.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['comment', 'reportRemarks', 'freeText'],
      value(random) {
        const lines = random
          .shuffled([
            'Sample slightly haemolysed.',
            'Potassium may be falsely raised.',
            'Please repeat with a fresh sample.',
            'Do not use for dose adjustment.',
            'Phoned to the ward.',
          ])
          .slice(0, random.int(1, 4));
        return {
          legacy: list(lines.map(json)),
          right: json(lines.join('\n')),
          ...(lines.length === 1 ? {} : { wrong: json(lines.slice(0, -1).join('\n')) }),
        };
      },
    },
    {
      name: 'comment-lines-joined',
      why: 'The lines of the comment are all there in order, in one text with line breaks.',
    },
    {
      name: 'comment-last-line-lost',
      why: 'The last line of the laboratory comment, often the warning, is missing.',
      critical: true,
    },
  ),
];
