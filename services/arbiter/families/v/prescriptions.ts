/** A pharmacy network's prescriptions: articles, doses, strengths, validity, warnings. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

/** An old seven-digit pharmacy number (PZN) with its check digit: weights from 2, modulo 11. */
function pharmacyNumber(random: Random): string {
  for (;;) {
    const base = `${random.int(1, 9)}${random.digits(5)}`;
    const check = [...base].reduce((sum, digit, at) => sum + Number(digit) * (at + 2), 0) % 11;
    if (check < 10) return `${base}${check}`;
  }
}

const article = twins(
  {
    fields: ['pzn', 'medicine.pzn', 'pharmaNumber'],
    clear: true,
    value(random) {
      const old = pharmacyNumber(random);
      return shownJson(Number(old), `0${old}`, `${old}0`);
    },
  },
  {
    name: 'v_pzn_eight_digits',
    why: 'The same pharmacy number, filled with a leading zero to the eight digits in use today.',
  },
  {
    name: 'v_pzn_zero_at_the_end',
    why: 'The number was filled with a zero at its end, which makes it the number of another article.',
    critical: true,
  },
);

const scheme = twins(
  {
    fields: ['doseScheme', 'intake', 'dosing'],
    value(random) {
      const dose = () => random.pick(['0', '0', '1', '1', '2', '0.5']);
      const [m, n, e, b] = [dose(), dose(), dose(), dose()];
      const legacy = json(`MORNING ${m} NOON ${n} EVENING ${e} NIGHT ${b}`);
      const modern = (noon: string, evening: string) => object({ morning: m, noon, evening, night: b });
      return shown(legacy, modern(n, e), modern(e, n));
    },
  },
  {
    name: 'v_dose_scheme_as_object',
    why: 'The same number of tablets for the same times of the day.',
  },
  {
    name: 'v_dose_noon_and_evening_swapped',
    why: 'The tablets for noon and for the evening changed places.',
    critical: true,
  },
);

const validity = twins(
  {
    fields: ['validFor', 'prescriptionValidity', 'x1'],
    value(random) {
      const [count, unit] = random.pick([
        [28, 'DAYS'],
        [7, 'DAYS'],
        [6, 'DAYS'],
        [3, 'MONTHS'],
        [1, 'MONTHS'],
        [12, 'MONTHS'],
      ] as const);
      const right = unit === 'DAYS' ? `P${count}D` : `P${count}M`;
      const wrong = unit === 'DAYS' ? right : `PT${count}M`;
      return shownJson(`${String(count).padStart(3, '0')} ${unit}`, right, wrong);
    },
  },
  {
    name: 'v_validity_as_iso_duration',
    why: 'The same span of days or months, written as an ISO 8601 duration.',
  },
  {
    name: 'v_validity_months_became_minutes',
    why: 'PT3M are three minutes, where legacy says three months.',
    critical: true,
  },
);

const strengths = [
  [500, 'MCG', '0.5', '500'],
  [250, 'MCG', '0.25', '250'],
  [75, 'MCG', '0.075', '75'],
  [400, 'MG', '400', undefined],
  [20, 'MG', '20', undefined],
  [5, 'MG', '5', undefined],
] as const;

const strength = twins(
  {
    fields: ['strength', 'activeIngredientAmount', 'val'],
    value(random) {
      const [amount, unit, milligrams, wrong] = random.pick(strengths);
      const modern = (value: string) => object({ value, unit: json('mg') });
      const both = { legacy: json(`${amount} ${unit}`), right: modern(milligrams) };
      return wrong === undefined ? both : { ...both, wrong: modern(wrong) };
    },
  },
  {
    name: 'v_strength_in_milligrams',
    why: 'The same amount of substance: micrograms (mcg) are converted to milligrams.',
  },
  {
    name: 'v_strength_micrograms_called_milligrams',
    why: 'The number of micrograms (mcg) is answered as that number of milligrams, a thousandfold dose.',
    critical: true,
  },
);

const side = coded(
  ['diagnosis', 'icdCode', 'dx'],
  [
    ['S72.01 LEFT', 'S72.01-L', 'S72.01-R'],
    ['S72.01 RIGHT', 'S72.01-R', 'S72.01-L'],
    ['M17.1 LEFT', 'M17.1-L', 'M17.1-R'],
    ['H25.1 RIGHT', 'H25.1-R', 'H25.1-L'],
    ['I10.00', 'I10.00'],
    ['E11.90', 'E11.90'],
  ],
  {
    name: 'v_diagnosis_side_letter',
    why: 'The same diagnosis of the same side, which is shortened to its letter.',
  },
  {
    name: 'v_diagnosis_other_side',
    why: 'The diagnosis is answered for the other side of the body.',
    critical: true,
  },
);

const allergies = twins(
  {
    fields: ['allergies', 'intolerances', 'allergyList'],
    clear: true,
    value(random) {
      const all = ['PENICILLIN', 'IODINE', 'LATEX', 'ASPIRIN', 'NUTS', 'SULFONAMIDES'];
      const known = random.shuffled(all).slice(0, random.pick([0, 1, 1, 2, 3, 4]));
      const words = known.map((word) => word.toLowerCase());
      return shownJson(known.length === 0 ? 'NONE KNOWN' : known.join(';'), words, words.slice(0, 1));
    },
  },
  {
    name: 'v_allergies_as_list',
    why: 'The same allergies in the same order, as a list; none known is an empty list.',
  },
  {
    name: 'v_allergies_only_first',
    why: 'Of several allergies only the first is answered.',
    critical: true,
  },
);

const interaction = twins(
  {
    fields: ['interactionWarning', 'drugInteraction', 'severity'],
    least: 4,
    value(random) {
      const found = random.pick(['', '', '', 'MINOR', 'MODERATE', 'SEVERE', 'CONTRAINDICATED']);
      if (found === '') return { legacy: json(' '.repeat(15)), right: 'null' };
      return shown(json(found.padEnd(15)), json(found), 'null');
    },
  },
  {
    name: 'v_interaction_blank_to_null',
    why: 'A blank warning became null and the others lost only their padding.',
  },
  {
    name: 'v_interaction_warning_lost',
    why: 'A warning of an interaction that legacy states is null in the rewrite.',
    critical: true,
  },
);

export const families: Family[] = [
  ...article,
  ...scheme,
  ...validity,
  ...strength,
  ...side,
  ...allergies,
  ...interaction,
];
