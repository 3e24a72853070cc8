/** Hospitals and laboratories: names in HL7, results, pregnancies, allergies, blood groups, blood sugar. */
import { coded } from '../code-table.ts';
import type { Family } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { capped, pair } from './sized.ts';

/** HL7 v2 XPN: family^given^further given^suffix^prefix. */
const names = pair(
  {
    fields: ['PID-5', 'patientName', 'XPN', 'nextOfKinName'],
    once: true,
    value(random) {
      const family = random.pick(surnames);
      const [first, ...others] = random.shuffled(givenNames).slice(0, random.pick([1, 1, 2, 3]));
      const suffix = random.chance(0.15) ? random.pick(['Jr', 'Sr', 'III']) : '';
      const prefix = random.chance(0.2) ? random.pick(['Dr', 'Prof']) : '';
      const legacy = [family, first, others.join(' '), suffix, prefix].join('^').replace(/\^+$/, '');
      const modern = (given: unknown[]) => ({
        family,
        given,
        ...(suffix ? { suffix: [suffix] } : {}),
        ...(prefix ? { prefix: [prefix] } : {}),
      });
      return shownJson(legacy, modern([first, ...others]), modern([first]));
    },
  },
  {
    name: 'bb_hl7_name_as_fhir_name',
    why: 'The components of the HL7 name stand in the FHIR structure, each in its own place, none lost.',
  },
  {
    name: 'bb_hl7_further_given_names_lost',
    why: 'The further given names of the third HL7 component are gone, so patients of the same first name cannot be told apart.',
    critical: true,
  },
);

/** Results compared with their range as numbers, or as texts. */
const analytes = [
  ['mmol/L', 39, 61, 25, 140],
  ['g/dL', 80, 120, 55, 175],
  ['mIU/L', 4, 40, 1, 190],
  ['10*9/L', 40, 105, 15, 220],
] as const;
const flags = pair(
  {
    fields: ['result', 'OBX', 'labValue', 'finding'],
    common: (random) => random.pick(analytes),
    value(random, [unit, low, high, least, most]) {
      const tenths = (value: number) => (value / 10).toFixed(1);
      const value = random.int(least, most);
      const letter = value < low ? 'L' : value > high ? 'H' : 'N';
      const [text, from, to] = [tenths(value), tenths(low), tenths(high)];
      const asText = text < from ? 'low' : text > to ? 'high' : 'normal';
      const modern = (flag: string) => ({ value: text, unit, range: { low: from, high: to }, flag });
      return shownJson(
        `${text} ${unit} [${from}-${to}] ${letter}`,
        modern({ L: 'low', H: 'high', N: 'normal' }[letter]),
        modern(asText),
      );
    },
  },
  {
    name: 'bb_lab_line_as_structure',
    why: 'Value, unit, reference range and the flag H, L or N are the same, in members instead of one line.',
  },
  {
    name: 'bb_lab_flag_compared_as_text',
    why: 'The flag contradicts value and range where they differ in their number of digits, since they are compared as texts.',
    critical: true,
  },
);

/** Completed weeks + days. */
const gestation = pair(
  {
    fields: ['gestationalAge', 'ssw', 'pregnancyWeek', 'ga'],
    value(random) {
      const [weeks, days] = [random.int(8, 41), random.int(0, 6)];
      const decimalWeeks = Math.round(Number(`${weeks}.${days}`) * 7);
      return shownJson(
        `${weeks}+${days} wk`,
        { days: weeks * 7 + days, unit: 'd' },
        { days: decimalWeeks, unit: 'd' },
      );
    },
  },
  {
    name: 'bb_gestation_weeks_plus_days_as_days',
    why: 'Weeks+days of a pregnancy are counted in days: seven times the weeks, plus the days.',
  },
  {
    name: 'bb_gestation_read_as_decimal_weeks',
    why: 'Weeks+days are read as a decimal number of weeks, so the age of the pregnancy is up to two days too low.',
    critical: true,
  },
);

const allergens = ['PENICILLIN', 'LATEX', 'IODINE', 'PEANUT', 'SULFA', 'ASPIRIN', 'BEE VENOM'] as const;
const allergies = pair(
  {
    fields: ['allergies', 'AL1', 'intolerances', 'riskNotes'],
    value(random) {
      const kind = random.pick(['known', 'known', 'none', 'unasked'] as const);
      const known = random.shuffled(allergens).slice(0, random.int(1, 3));
      const modern = (status: string, substances: readonly string[]) => ({ status, substances });
      if (kind === 'known') {
        return { legacy: json(known.join(';')), right: json(modern('RECORDED', [...known].sort())) };
      }
      if (kind === 'none')
        return { legacy: json('NO KNOWN ALLERGIES'), right: json(modern('NONE_KNOWN', [])) };
      return shownJson('NOT YET ASKED', modern('NOT_ASSESSED', []), modern('NONE_KNOWN', []));
    },
  },
  {
    name: 'bb_allergy_text_as_status_and_list',
    why: 'The text becomes a status and a list of the same substances; "none known" and "not yet asked" stay apart.',
  },
  {
    name: 'bb_allergy_not_asked_becomes_none_known',
    why: 'A patient who was never asked is said to have no known allergies, which a prescriber relies on.',
    critical: true,
  },
);

/** ABO/RhD codes of ISBT 128 product labels. */
const blood = coded(
  ['bloodGroup', 'aboRhD', 'donationType', 'BG'],
  [
    ['9500', 'O Rh(D) negative'],
    ['5100', 'O Rh(D) positive'],
    ['0600', 'A Rh(D) negative', 'A Rh(D) positive'],
    ['6200', 'A Rh(D) positive'],
    ['1700', 'B Rh(D) negative', 'B Rh(D) positive'],
    ['7300', 'B Rh(D) positive'],
    ['2800', 'AB Rh(D) negative', 'AB Rh(D) positive'],
    ['8400', 'AB Rh(D) positive'],
  ],
  {
    name: 'bb_isbt_blood_codes_spelled_out',
    why: 'The ISBT 128 codes of blood groups are spelled out, each with its own group and Rhesus factor.',
  },
  {
    name: 'bb_isbt_rhesus_negative_lost',
    why: 'Codes of Rhesus negative groups are spelled out as positive, though another code already means that.',
    critical: true,
  },
  8,
).map(capped);

/** A millimole of glucose weighs 18.016 mg, one of cholesterol 38.67 mg. */
const glucose = pair(
  {
    fields: ['bloodSugar', 'glucose', 'bz', 'poct'],
    value(random) {
      const milligrams = random.int(48, 390);
      const modern = (molar: number) => ({
        analyte: 'glucose',
        value: (milligrams / (molar / 10)).toFixed(1),
        unit: 'mmol/L',
      });
      return shownJson(`GLUC ${milligrams} mg/dL`, modern(180.16), modern(386.7));
    },
  },
  {
    name: 'bb_glucose_in_millimoles',
    why: 'Divided by 18.016 and rounded to the one decimal that is usual for mmol/L, it is the same concentration.',
  },
  {
    name: 'bb_glucose_divided_like_cholesterol',
    why: 'The factor of cholesterol is used for glucose, so a normal blood sugar looks like a dangerous low.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...names,
  ...flags,
  ...gestation,
  ...allergies,
  ...blood,
  ...glucose,
];
