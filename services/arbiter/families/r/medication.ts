/** Medication: doses, schedules, allergies, lots. */
import { type Family, type Random, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const timings = {
  QD: { frequency: 1, period: 1, unit: 'd' },
  BID: { frequency: 2, period: 1, unit: 'd' },
  TID: { frequency: 3, period: 1, unit: 'd' },
  QID: { frequency: 4, period: 1, unit: 'd' },
  QOD: { frequency: 1, period: 2, unit: 'd' },
  Q6H: { frequency: 1, period: 6, unit: 'h' },
  QWK: { frequency: 1, period: 1, unit: 'wk' },
} as const;
const allergens = ['PENICILLIN', 'LATEX', 'IODINE', 'PEANUT', 'ASPIRIN', 'SULFA', 'EGG', 'CODEINE'] as const;

/** A lot number; one in three is an exponent to a careless parser. */
const lot = (random: Random): string =>
  random.chance(1 / 3)
    ? `${random.int(11, 998)}E${random.int(1, 9)}`
    : `${random.text('ABCDEFGHJKLM', 2)}${random.digits(5)}`;

export const families: readonly Family[] = [
  ...twins(
    {
      once: true,
      fields: ['dosage', 'intakeSchedule', 'signatura'],
      value: (random) => {
        const doses = ['1', '0', '0', '0'].map((least) => random.pick([least, least, '1', '2', '0.5']));
        const [morning = '0', noon = '0', evening = '0', night = '0'] = doses;
        return shown(
          json(doses.join('-')),
          object({ morning, noon, evening, night }),
          object({ morning, noon: evening, evening: noon, night }),
        );
      },
    },
    {
      name: 'r_dose_times_named',
      why: 'The four numbers of the dosing scheme are morning, noon, evening and night, in this order, in both.',
    },
    {
      name: 'r_noon_and_evening_dose_swapped',
      critical: true,
      why: 'The second and third number of the scheme, noon and evening, are exchanged.',
    },
  ),
  ...twins(
    {
      fields: ['timing', 'frequency', 'repeat'],
      least: 2,
      value: (random) => {
        const code = random.pick(Object.keys(timings) as (keyof typeof timings)[]);
        const wrong = code === 'QOD' ? timings.QID : code === 'QD' ? timings.QID : timings[code];
        return shownJson(code, timings[code], wrong);
      },
    },
    {
      name: 'r_frequency_code_resolved',
      why: 'Each abbreviation is resolved to what it says: BID twice a day, QOD every second day.',
    },
    {
      name: 'r_daily_taken_for_four_times',
      critical: true,
      why: 'QD (once a day) and QOD (every second day) are answered as four times a day, like QID: an overdose.',
    },
  ),
  ...twins(
    {
      fields: ['dose', 'singleDose', 'doseQuantity'],
      value: (random) => {
        const unit = random.pick(['mg', 'mg', 'mcg', 'mL']);
        const write = (value: string) => object({ value, unit: json(unit) });
        if (random.chance(0.5)) {
          const value = String(random.pick([1, 2, 4, 5, 10, 20, 40]));
          return { legacy: json(`${value} ${unit}`), right: write(value) };
        }
        const fraction = random.pick(['5', '25', '125', '2', '75']);
        return shown(json(`.${fraction} ${unit}`), write(`0.${fraction}`), write(fraction));
      },
    },
    {
      name: 'r_dose_with_leading_zero',
      why: '.5 mg and the number 0.5 with the unit mg are the same dose.',
    },
    {
      name: 'r_leading_point_of_dose_lost',
      critical: true,
      why: 'The point in front is lost: .5 mg becomes 5 mg, ten times the dose or more.',
    },
  ),
  ...twins(
    {
      fields: ['allergies', 'allergyIntolerances', 'contraindications'],
      least: 2,
      value: (random) => {
        const known = random.shuffled(allergens).slice(0, random.int(1, 4));
        return shownJson(known.join('~'), known, known.slice(0, 1));
      },
    },
    {
      name: 'r_repetitions_as_list',
      why: 'The repetitions that HL7 parts by a tilde are the same entries as a list.',
    },
    {
      name: 'r_only_first_repetition_kept',
      critical: true,
      why: 'Only the first of several repetitions is kept, so further allergies of the patient are gone.',
    },
  ),
  ...twins(
    {
      fields: ['lotNumber', 'batch', 'vaccineLot'],
      clear: true,
      least: 3,
      value: (random) => {
        const text = lot(random);
        const padded = text.padEnd(10);
        return /^\d+E\d$/.test(text)
          ? shownJson(padded, text, String(Number(text)))
          : { legacy: json(padded), right: json(text) };
      },
    },
    {
      name: 'r_lot_unpadded',
      why: 'The blanks that fill the fixed field of the lot number are left off.',
    },
    {
      name: 'r_lot_read_as_exponent',
      critical: true,
      why: 'Lot numbers such as 12E4 are read as numbers and become 120000: no such lot, and a recall misses it.',
    },
  ),
];
