/** Families of a ward: doses, schedules, measures of a patient and their urgency. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const quantity = (value: number | string, unit: string) => object({ value: String(value), unit: json(unit) });

const doseUnit = twins(
  {
    fields: ['dose', 'doseQuantity', 'strength', 'amountGiven'],
    least: 5,
    value(random) {
      const micrograms = random.pick([25, 50, 75, 100, 125, 150, 250, 400, 500]);
      const right = quantity(micrograms, 'ug');
      return random.chance(0.5)
        ? shown(json(`${micrograms / 1000} MG`), right, quantity(micrograms / 1000, 'ug'))
        : shown(json(`${micrograms} MCG`), right, quantity(micrograms, 'mg'));
    },
  },
  {
    name: 'dose_in_micrograms',
    why: 'Every dose is the same mass, written in micrograms instead of mg or mcg.',
  },
  {
    name: 'dose_off_by_thousand',
    why: 'The figure or the unit of a dose was changed without the other: a thousand times too much or too little.',
    critical: true,
  },
);

const schedule = coded(
  ['frequency', 'doseSchedule', 'sig', 'timing'],
  [
    ['QD', 'once daily', 'four times daily'],
    ['BID', 'twice daily'],
    ['TID', 'three times daily'],
    ['QID', 'four times daily', 'once daily'],
    ['QOD', 'every other day', 'once daily'],
    ['Q6H', 'every 6 hours', 'six times daily'],
    ['Q8H', 'every 8 hours'],
    ['QHS', 'at bedtime', 'every hour'],
    ['PRN', 'as needed'],
  ],
  {
    name: 'sig_code_in_words',
    why: 'The Latin dosing abbreviations are spelt out with their usual meaning.',
  },
  {
    name: 'sig_code_confused',
    why: 'A dosing abbreviation was read as another one (QD for QID, QOD for QD): the patient gets another number of doses.',
    critical: true,
  },
);

const triage = coded(
  ['triage', 'triageCategory', 'urgency'],
  [
    ['RED', 'immediate', 'standard'],
    ['ORANGE', 'very urgent', 'urgent'],
    ['YELLOW', 'urgent', 'non-urgent'],
    ['GREEN', 'standard', 'very urgent'],
    ['BLUE', 'non-urgent', 'immediate'],
  ],
  {
    name: 'triage_colour_named',
    why: 'Each colour of the Manchester triage is answered by the name of its category.',
  },
  {
    name: 'triage_by_alphabet',
    why: 'Triage colours were numbered by the alphabet, so red patients are no longer immediate.',
    critical: true,
  },
);

const bloodGroup = coded(
  ['bloodGroup', 'aboRh', 'bloodType'],
  [
    ['A POS', 'A+'],
    ['A NEG', 'A-', 'A+'],
    ['B POS', 'B+'],
    ['B NEG', 'B-', 'B+'],
    ['AB POS', 'AB+'],
    ['AB NEG', 'AB-', 'AB+'],
    ['0 POS', 'O+'],
    ['0 NEG', 'O-', 'O+'],
  ],
  { name: 'blood_group_short', why: 'The same ABO group and rhesus factor in the short notation.' },
  {
    name: 'blood_group_rhesus',
    why: 'Rhesus negative patients are answered as positive: a transfusion may kill.',
    critical: true,
  },
);

const stature = twins(
  {
    fields: ['height', 'bodyHeight', 'stature'],
    value(random) {
      const [feet, inches] = [random.int(4, 6), random.int(0, 11)];
      const misread = (Number(`${feet}.${inches}`) * 12).toFixed(1);
      const right = feet * 12 + inches;
      const wrong = Number(misread) === right ? String(right) : misread;
      return shown(json(`${feet}'${inches}"`), json(`${right} in`), json(`${wrong} in`));
    },
  },
  { name: 'feet_inches_as_inches', why: 'Feet and inches were summed to inches, twelve to a foot.' },
  {
    name: 'feet_inches_as_decimals',
    why: 'Inches after the feet were read as decimals of a foot, so people have another height.',
    critical: true,
  },
);

const ageLimits = { Y: [2, 97], M: [2, 23], W: [2, 8], D: [1, 13] } as const;
const age = twins(
  {
    fields: ['age', 'patientAge', 'ageAtAdmission'],
    clear: true,
    least: 2,
    value(random) {
      const unit = random.pick(['Y', 'Y', 'M', 'M', 'W', 'D'] as const);
      const [youngest, oldest] = ageLimits[unit];
      const value = random.int(youngest, oldest);
      const name = { Y: 'years', M: 'months', W: 'weeks', D: 'days' }[unit];
      return shown(
        json(`${String(value).padStart(3, '0')}${unit}`),
        quantity(value, name),
        quantity(value, 'years'),
      );
    },
  },
  {
    name: 'age_with_unit',
    why: 'The age and its unit (years, months, weeks, days) are the same, split in two parts.',
  },
  {
    name: 'age_always_years',
    why: 'The unit letter of an age is ignored, so infants of some months become children or adults.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...doseUnit,
  ...schedule,
  ...triage,
  ...bloodGroup,
  ...stature,
  ...age,
];
