/** A laboratory moves its results from HL7 files to a FHIR-like service. */
import type { Family } from '../kit.ts';
import { decimal, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { both, bugOnly } from './mirrored.ts';

const patientRoutes = ['GET /patients/{id}/medication', 'GET /patients/{id}', 'GET /prescriptions/{id}'];
const resultRoutes = ['GET /results/{id}', 'GET /patients/{id}/results', 'POST /hl7/ORU'];

const drugs: readonly (readonly [string, readonly number[], string])[] = [
  ['Levothyroxine', [25, 50, 75, 100, 125], 'mcg'],
  ['Digoxin', [62.5, 125, 250], 'mcg'],
  ['Salbutamol', [100, 200], 'mcg'],
  ['Metformin', [500, 850, 1000], 'mg'],
  ['Ramipril', [2.5, 5, 10], 'mg'],
  ['Atorvastatin', [10, 20, 40], 'mg'],
];
const micrograms = both(
  {
    fields: ['dose', 'strength', 'medicationText'],
    routes: patientRoutes,
    always: true,
    common: (random) => ({ small: random.pick([0.15, 0.4]) }),
    value(random, { small }) {
      const [drug, strengths, unit] = random.pick(random.chance(small) ? drugs.slice(0, 3) : drugs.slice(3));
      const text = (written: string) => `${drug} ${strength} ${written}`;
      const strength = random.pick(strengths);
      return unit === 'mg'
        ? { legacy: json(text('mg')), right: json(text('mg')) }
        : shownJson(text('mcg'), text('µg'), text('mg'));
    },
    least: 10,
  },
  {
    name: 'ee_microgram_sign',
    why: 'mcg and µg are two spellings of microgram.',
  },
  {
    name: 'ee_microgram_is_milligram',
    critical: true,
    why: 'Micrograms became milligrams: a dose a thousand times as high.',
  },
);

const limits = ['0.5', '0.01', '5', '3', '10'] as const;
const comparator = both(
  {
    fields: ['resultValue', 'crp', 'troponin', 'OBX-5'],
    routes: resultRoutes,
    always: true,
    alike: true,
    common: (random) => ({ below: random.pick([0.2, 0.5]), limit: random.pick(limits) }),
    value(random, { below, limit }) {
      if (random.chance(below)) return shownJson(`< ${limit}`, `<${limit}`, limit);
      const text = json((Number(limit) * (1 + random.next() * 30)).toFixed(2));
      return { legacy: text, right: text };
    },
    least: 10,
  },
  {
    name: 'ee_below_limit_blank',
    why: 'Below the same limit of detection, written without the blank.',
  },
  {
    name: 'ee_below_limit_sign_lost',
    critical: true,
    why: 'Results below the limit of detection are shown as if the limit itself had been measured.',
  },
);

const allergy = both(
  {
    fields: ['allergies', 'AL1-3', 'knownAllergies'],
    routes: patientRoutes,
    always: true,
    common: (random) => ({ unasked: random.pick([0.15, 0.35]) }),
    value(random, { unasked }) {
      if (random.chance(unasked)) return { legacy: 'null', right: 'null', wrong: json('no known allergies') };
      if (random.chance(0.4)) return { legacy: json('NKA'), right: json('no known allergies') };
      const text = json(random.pick(['Penicillin', 'Latex', 'Peanut', 'Iodine', 'Ibuprofen']));
      return { legacy: text, right: text };
    },
    least: 12,
  },
  {
    name: 'ee_no_known_allergies',
    why: 'NKA is the usual abbreviation of "no known allergies"; unasked patients and allergies are as before.',
  },
  {
    name: 'ee_never_asked_is_none_known',
    critical: true,
    why: 'Patients who were never asked, null in legacy, now have "no known allergies".',
  },
);

const weight = bugOnly(
  {
    fields: ['weightKg', 'bodyWeightKg', 'weight_kg'],
    clear: true,
    routes: ['GET /patients/{id}', 'GET /patients/{id}/vitals'],
    value(random) {
      const tenths = random.int(420, 1250);
      const kilograms = decimal(tenths, 1);
      return { legacy: kilograms, right: kilograms, wrong: decimal(Math.round(tenths * 2.20462), 1) };
    },
  },
  {
    name: 'ee_pounds_for_kilograms',
    critical: true,
    why: 'Pounds are answered where kilograms are asked for, by which doses are reckoned.',
  },
);

export const families: Family[] = [...micrograms, ...comparator, ...allergy, weight];
