/** Patients of a hospital: names, ages, blood groups, decisions. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { givenNames, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      once: true,
      fields: ['patientName', 'name', 'subjectName'],
      value: (random) => {
        const [family, given, middle] = [
          random.pick(surnames),
          random.pick(givenNames),
          random.pick(['', 'J', 'Marie', 'Lee']),
        ];
        const rest = middle === '' ? [] : [middle];
        return shownJson(
          `${family}^${given}^${middle}`.replace(/\^$/, ''),
          { family, given: [given, ...rest] },
          { family: given, given: [family, ...rest] },
        );
      },
    },
    {
      name: 'r_patient_name_components',
      why: 'Family name, given name and middle name of PID-5 stand in the members of the same meaning.',
    },
    {
      name: 'r_patient_family_and_given_swapped',
      critical: true,
      why: 'The first component of an HL7 name is the family name; the rewrite answers it as the given name.',
    },
  ),
  ...coded(
    ['codeStatus', 'resuscitationStatus', 'advanceDirective'],
    [
      ['FULL', 'full code'],
      ['DNR', 'do not resuscitate'],
      ['', 'not recorded', 'do not resuscitate'],
      ['DNI', 'do not intubate'],
    ],
    {
      name: 'r_code_status_in_words',
      why: 'Each code status is written out, and an empty one is answered as not recorded.',
    },
    {
      name: 'r_unrecorded_becomes_dnr',
      critical: true,
      why: 'Patients without a recorded decision (empty) are answered as not to be resuscitated, like DNR.',
    },
    4,
  ),
  ...coded(
    ['bloodGroup', 'aboRh', 'bloodType'],
    [
      ['O POS', 'O+'],
      ['O NEG', 'O-', 'O+'],
      ['A POS', 'A+'],
      ['A NEG', 'A-', 'A+'],
      ['B POS', 'B+'],
      ['B NEG', 'B-', 'B+'],
      ['AB POS', 'AB+'],
      ['AB NEG', 'AB-', 'AB+'],
    ],
    {
      name: 'r_blood_group_with_sign',
      why: 'ABO group and rhesus factor are the same, POS and NEG as signs.',
    },
    {
      name: 'r_rhesus_always_positive',
      critical: true,
      why: 'Rhesus negative patients (NEG) are answered as positive.',
    },
  ),
  ...twins(
    {
      fields: ['age', 'patientAge', 'ageAtAdmission'],
      clear: true,
      value: (random) => {
        const [unit, high] = random.pick([['Y', 94], ['M', 23], ['M', 23], ['W', 11], ['D', 27]] as const); // biome-ignore format: a table
        const value = random.int(1, high);
        return shownJson(
          `${String(value).padStart(3, '0')}${unit}`,
          `P${value}${unit}`,
          unit === 'M' ? `P${value}Y` : `P${value}${unit}`,
        );
      },
    },
    {
      name: 'r_age_as_iso_duration',
      why: '018M and P18M are eighteen months, 004D and P4D four days: the same age.',
    },
    {
      name: 'r_infant_of_months_becomes_years',
      critical: true,
      why: 'Ages in months are answered in years, so an infant gets the dose of a child or an adult.',
    },
  ),
];
