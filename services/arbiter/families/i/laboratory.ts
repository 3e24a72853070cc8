/** Families of a laboratory and a pharmacy: results, their ranges, and the codes of patients, diagnoses and drugs. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const comparator = twins(
  {
    fields: ['result', 'labValue', 'measurement', 'observationValue'],
    value(random) {
      const value = decimal(random.int(1, 90_000), 2);
      if (random.chance(0.6)) return shown(json(value), object({ value }), object({ value }));
      const sign = random.pick(['<', '>']);
      return shown(json(`${sign}${value}`), object({ comparator: json(sign), value }), object({ value }));
    },
  },
  {
    name: 'comparator_apart',
    why: 'The sign below or above a limit of detection is kept, in a field of its own.',
  },
  {
    name: 'comparator_dropped',
    why: 'Results below or above a limit are answered as exactly that value.',
    critical: true,
  },
);

const glucose = twins(
  {
    fields: ['glucose', 'bloodSugar', 'result'],
    least: 5,
    common: (random) => random.pick(['same figure', 'factor of creatinine'] as const),
    value(random, mistake) {
      const milligrams = random.int(45, 420);
      const millimoles = (value: number) =>
        object({ analyte: json('Glucose'), value: value.toFixed(2), unit: json('mmol/L') });
      return shown(
        object({ analyte: json('Glucose'), value: String(milligrams), unit: json('mg/dL') }),
        millimoles(milligrams / 18.016),
        millimoles(mistake === 'same figure' ? milligrams : milligrams / 88.4),
      );
    },
  },
  {
    name: 'glucose_in_mmol',
    why: 'Glucose was converted from mg/dL with its molar mass (18.016 mg/dL per mmol/L).',
  },
  {
    name: 'glucose_wrong_factor',
    why: 'Glucose in mmol/L carries the figure of mg/dL or the factor of creatinine: another concentration.',
    critical: true,
  },
);

const range = twins(
  {
    fields: ['referenceRange', 'normalRange', 'limits'],
    value(random) {
      const low = random.int(10, 900);
      const high = low + random.int(5, 900);
      const [l, h] = [decimal(low, 1), decimal(high, 1)];
      switch (random.int(0, 3)) {
        case 0:
          return shown(json(`-${h}-${h}`), object({ low: `-${h}`, high: h }), object({ low: h, high: h }));
        case 1:
          return shown(json(`<=${h}`), object({ high: h }), object({ low: h }));
        case 2:
          return shown(json(`>=${l}`), object({ low: l }), object({ high: l }));
        default:
          return shown(json(`${l}-${h}`), object({ low: l, high: h }), object({ low: l, high: h }));
      }
    },
  },
  { name: 'range_parsed', why: 'Lower and upper limits of the range are the same, as two members.' },
  {
    name: 'range_one_sided_misread',
    why: 'A negative or one-sided range was split at the wrong sign, so normal results count as abnormal.',
    critical: true,
  },
);

const patientIds = twins(
  {
    fields: ['patientIds', 'identifiers', 'PID3'],
    least: 2,
    value(random) {
      const [one, two] = [random.digits(6), random.digits(9)];
      const [first, second] = random.pick([
        ['HOSP', 'NHS'],
        ['KISLAB', 'AHV'],
        ['ADT1', 'SSN'],
      ] as const);
      const ids = (systems: readonly string[]) =>
        list([one, two].map((value, at) => object({ system: json(systems[at]), value: json(value) })));
      return shown(json(`${one}^^^${first}~${two}^^^${second}`), ids([first, second]), ids([second, first]));
    },
  },
  {
    name: 'repeated_ids_parsed',
    why: 'Each repeated identifier keeps its value and its assigning authority.',
  },
  {
    name: 'repeated_ids_crossed',
    why: 'Identifiers of a person are assigned to the wrong authority, so they name another patient there.',
    critical: true,
  },
);

const diagnosis = twins(
  {
    fields: ['diagnosis', 'icd10', 'mainDiagnosis'],
    value(random) {
      const head = `${random.pick(['E', 'I', 'S', 'J', 'M', 'C'])}${random.digits(2)}`;
      const tail = random.digits(random.pick([1, 2, 2]));
      return shown(json(head + tail), json(`${head}.${tail}`), json(`${head}.${tail.slice(0, 1)}`));
    },
  },
  { name: 'icd_with_point', why: 'The same ICD-10 code, with the point after its third character.' },
  {
    name: 'icd_cut_short',
    why: 'The last digit of five-character ICD-10 codes is cut off: another, coarser diagnosis.',
    critical: true,
  },
);

const drugCode = twins(
  {
    fields: ['ndc', 'drugCode', 'packageCode'],
    least: 3,
    value(random) {
      const lengths = random.pick([
        [4, 4, 2],
        [5, 3, 2],
        [5, 4, 1],
      ] as const);
      const parts = lengths.map((length) => `${random.int(1, 9)}${random.digits(length - 1)}`);
      const right = parts.map((part, at) => part.padStart([5, 4, 2][at] ?? 0, '0')).join('');
      return shown(json(parts.join('-')), json(right), json(parts.join('').padStart(11, '0')));
    },
  },
  {
    name: 'ndc_eleven_digits',
    why: 'The short segment of the ten-digit NDC is padded, as the eleven-digit form demands.',
  },
  {
    name: 'ndc_padded_in_front',
    why: 'The zero was put in front of the whole code instead of its short segment: another drug or none.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...comparator,
  ...glucose,
  ...range,
  ...patientIds,
  ...diagnosis,
  ...drugCode,
];
