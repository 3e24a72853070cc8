/** Hospitals: doses, results, blood, diagnoses and beds. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const quantity = (value: string, unit: string) => object({ value, unit: json(unit) });

const doses = twins(
  {
    fields: ['dose', 'prescribedDose', 'strength'],
    value(random: Random) {
      const amount = String(random.pick([5, 25, 50, 62.5, 75, 100, 125, 200, 250]));
      const micro = random.chance(0.6);
      const legacy = json(`${amount} ${micro ? 'mcg' : 'mg'}`);
      return shown(legacy, quantity(amount, micro ? 'ug' : 'mg'), quantity(amount, 'mg'));
    },
  },
  { name: 'k_dose_text_to_quantity', why: 'mcg and ug both write microgram, and the amounts agree.' },
  {
    name: 'k_dose_microgram_as_milligram',
    why: 'Micrograms are answered as milligrams, a thousandfold dose.',
    critical: true,
  },
);

const times = twins(
  {
    fields: ['frequency', 'administrationTimes', 'schedule'],
    least: 2,
    value(random: Random) {
      const hours = random.pick([4, 6, 8, 12]);
      const daily = (times: number) => object({ timesPerDay: String(times) });
      return shown(json(`every ${hours} hours`), daily(24 / hours), daily(hours));
    },
  },
  { name: 'k_interval_to_times_per_day', why: 'A dose every n hours round the clock is 24/n doses a day.' },
  {
    name: 'k_interval_taken_for_times',
    why: 'The hours between two doses were taken for the number of doses a day.',
    critical: true,
  },
);

const rhythm = twins(
  {
    fields: ['dosageScheme', 'intake', 'medicationPlan'],
    value(random: Random) {
      const [a, b, c, d] = random
        .pick(['1-0-1-0', '2-0-1-0', '1-1-0-2', '0-0-1-0', '1-0-2-1', '1-1-1-0'])
        .split('-') as [string, string, string, string];
      const day = (morning: string, noon: string, evening: string, night: string) =>
        object({ morning, noon, evening, night });
      const legacy = json(`morning ${a}, noon ${b}, evening ${c}, night ${d}`);
      return shown(legacy, day(a, b, c, d), day(a, c, b, d));
    },
  },
  {
    name: 'k_intake_text_to_object',
    why: 'The sentence and the object give the same number of tablets for each time of day.',
  },
  {
    name: 'k_intake_noon_evening_swapped',
    why: 'The tablets of noon and evening changed places.',
    critical: true,
  },
);

const censored = twins(
  {
    fields: ['troponin', 'labResult', 'crpValue'],
    value(random: Random) {
      const value = decimal(random.int(2, 90), 2);
      const below = random.chance(0.4);
      const legacy = json(`${below ? '<' : ''}${value}`);
      const plain = object({ value });
      return below
        ? shown(legacy, object({ comparator: json('<'), value }), plain)
        : { legacy, right: plain };
    },
  },
  {
    name: 'k_result_comparator_split',
    why: 'The sign "<" moved from the text into its own member and the figures agree.',
  },
  {
    name: 'k_result_comparator_dropped',
    why: 'A result below the limit of detection is answered as if exactly that value had been measured.',
    critical: true,
  },
);

const ranges = twins(
  {
    fields: ['baseExcessRange', 'referenceRange', 'normalRange'],
    value(random: Random) {
      const [low, high] = [random.int(-40, -5), random.int(6, 60)];
      const negative = random.chance(0.6);
      const bottom = negative ? low : random.int(1, 5);
      const span = (from: number) => object({ low: decimal(from, 1), high: decimal(high, 1) });
      return shown(json(`${decimal(bottom, 1)} - ${decimal(high, 1)}`), span(bottom), span(Math.abs(bottom)));
    },
  },
  { name: 'k_range_text_to_bounds', why: 'Both sides give the same lower and upper bound.' },
  {
    name: 'k_range_lower_sign_lost',
    why: 'The minus of the lower bound was taken for the dash between the bounds.',
    critical: true,
  },
);

const blood = coded(
  ['bloodGroup', 'bloodType', 'donorGroup'],
  [
    ['A POS', 'A+', 'A-'],
    ['A NEG', 'A-', 'A+'],
    ['B POS', 'B+'],
    ['0 POS', 'O+'],
    ['0 NEG', 'O-', 'O+'],
    ['AB NEG', 'AB-', 'AB+'],
    ['AB POS', 'AB+', 'A+'],
  ],
  {
    name: 'k_blood_group_signs',
    why: 'POS and NEG are the rhesus signs + and -, and group 0 is also written O.',
  },
  {
    name: 'k_blood_group_confused',
    why: 'Some blood groups are answered with another letter or the opposite rhesus sign.',
    critical: true,
  },
  2,
);

const bodies = twins(
  {
    fields: ['bodyTemperature', 'temp', 'vitalTemp'],
    least: 3,
    value(random: Random) {
      const tenths = random.int(0, 40) * 5; // 36.0 to 38.. °C in steps that are exact in °F too
      const celsius = 350 + tenths / 5;
      const fahrenheit = (celsius * 18 + 3200) / 100;
      const f = fahrenheit.toFixed(2).replace(/0$/, '');
      return shown(quantity(f, 'degF'), quantity(decimal(celsius, 1), 'Cel'), quantity(f, 'Cel'));
    },
  },
  {
    name: 'k_fahrenheit_to_celsius',
    why: 'The temperatures are the same when degrees Fahrenheit are converted to Celsius.',
  },
  {
    name: 'k_fahrenheit_relabelled_celsius',
    why: 'The figure in degrees Fahrenheit is now labelled Celsius without conversion.',
    critical: true,
  },
);

const diagnoses = twins(
  {
    fields: ['icd10', 'diagnosis', 'mainDiagnosis'],
    least: 2,
    value(random: Random) {
      const [category, detail] = [
        `${random.pick(['E', 'I', 'J', 'K', 'M', 'S'])}${random.digits(2)}`,
        random.digits(random.int(1, 2)),
      ];
      return shown(json(`${category}${detail}`), json(`${category}.${detail}`), json(category));
    },
  },
  { name: 'k_icd_dot_added', why: 'The dot after the third character of a diagnosis is only notation.' },
  {
    name: 'k_icd_detail_cut',
    why: 'The digits after the category are gone, so the exact diagnosis is lost.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...doses,
  ...times,
  ...rhythm,
  ...censored,
  ...ranges,
  ...blood,
  ...bodies,
  ...diagnoses,
];
