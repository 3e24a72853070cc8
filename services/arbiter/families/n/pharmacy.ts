/** Pharmacy and laboratory answers of a hospital: .NET to Go. */
import { type Family, type Random, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

function dose(random: Random) {
  const [tenths, unit] = [random.pick([5, 15, 25, 75, 125, 10, 50, 200]), random.pick(['mg', 'ml', 'g'])];
  const value = (number: number) => object({ value: String(number), unit: json(unit) });
  const text = tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)},${tenths % 10}`;
  return shown(
    json(`${text} ${unit}`),
    value(tenths / 10),
    tenths % 10 === 0 ? value(tenths / 10) : value(tenths),
  );
}

function microgram(random: Random) {
  const [count, unit] = [random.pick([12.5, 25, 50, 75, 100, 125, 250]), random.pick(['µg', 'µg', 'mg'])];
  return shown(
    json(`${count} ${unit}`),
    json(`${count} ${unit === 'µg' ? 'mcg' : unit}`),
    json(`${count} mg`),
  );
}

/** The German scheme of doses: morning-noon-evening-night. */
function scheme(random: Random) {
  const [m = 0, n = 0, e = 0, b = 0] = random.pick([
    [1, 0, 1, 0],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [1, 1, 1, 0],
    [0, 0, 0, 1],
    [2, 0, 1, 0],
    [1, 1, 1, 1],
  ]);
  const times = (parts: readonly number[]) =>
    json({ morning: parts[0], noon: parts[1], evening: parts[2], bedtime: parts[3] });
  return shown(json(`${m}-${n}-${e}-${b}`), times([m, n, e, b]), times([m, e, n, b]));
}

/** US drug codes: ten digits in three groups are billed as 5-4-2, the short group gets the zero. */
function drugCode(random: Random) {
  const sizes = random.pick([
    [4, 4, 2],
    [5, 3, 2],
    [5, 4, 1],
  ]);
  const groups = sizes.map((size) => `${random.int(1, 9)}${random.digits(size - 1)}`);
  const right = groups.map((group, at) => group.padStart([5, 4, 2][at] ?? 0, '0')).join('');
  return shown(json(groups.join('-')), json(right), json(groups.join('').padStart(11, '0')));
}

/** Go leaves out what is empty; the defect calls zero empty. */
function repeats(random: Random) {
  if (random.chance(0.3)) return { legacy: 'null', right: undefined };
  const count = random.pick([0, 0, 1, 2, 3, 5]);
  return count === 0
    ? { legacy: '0', right: '0', wrong: undefined }
    : { legacy: String(count), right: String(count) };
}

function result(random: Random) {
  const value = random.pick(['0.5', '0.01', '3', '5', '20', '120', '1000']);
  const sign = random.pick(['<', '<', '>', '']);
  const parts = (members: Record<string, string>) => object({ ...members, value });
  const right = sign === '' ? parts({}) : parts({ comparator: json(sign) });
  return shown(json(`${sign}${value}`), right, parts({}));
}

const analytes = [
  ['glucose', 18.016, 35, 210],
  ['cholesterol', 38.67, 28, 85],
] as const;
/** Tenths of mmol/L, given in mg/dL by the analyte's molar mass. */
function converted(random: Random) {
  const [analyte, factor, low, high] = random.pick(analytes);
  const value = random.int(low, high) / 10;
  const level = (number: string, unit: string) =>
    object({ analyte: json(analyte), value: number, unit: json(unit) });
  const milligrams = (value * factor).toFixed(0);
  return shown(
    level(value.toFixed(1), 'mmol/L'),
    level(milligrams, 'mg/dL'),
    level(value.toFixed(1), 'mg/dL'),
  );
}

const flags = [
  ['N', 'NORMAL'],
  ['L', 'LOW'],
  ['H', 'HIGH'],
  ['LL', 'CRITICALLY_LOW', 'LOW'],
  ['HH', 'CRITICALLY_HIGH', 'HIGH'],
] as const;
function flag(random: Random) {
  const [letters, right, wrong] = random.pick(flags);
  return shown(json(letters), json(right), json(wrong ?? right));
}

export const families: Family[] = [
  ...twins(
    { fields: ['dose', 'strength', 'quantity'], value: dose },
    {
      name: 'n_dose_with_comma_in_parts',
      why: 'The decimal comma is read as one, number and unit are the same.',
    },
    {
      name: 'n_dose_comma_dropped',
      critical: true,
      why: 'The decimal comma was dropped, so the dose is ten times as high.',
    },
  ),
  ...twins(
    { fields: ['strength', 'dailyDose', 'singleDose'], least: 2, value: microgram },
    {
      name: 'n_microgram_spelled_mcg',
      why: 'µg and mcg are both the microgram, and milligrams stay milligrams.',
    },
    {
      name: 'n_microgram_as_milligram',
      critical: true,
      why: 'Micrograms became milligrams, a thousand times the dose.',
    },
  ),
  ...twins(
    { fields: ['dosage', 'scheme', 'intake'], value: scheme },
    {
      name: 'n_dose_scheme_in_parts',
      why: 'The four numbers are the doses of morning, noon, evening and bedtime, in this order.',
    },
    {
      name: 'n_dose_scheme_noon_for_evening',
      critical: true,
      why: 'The dose of the evening stands at noon and that of noon in the evening.',
    },
  ),
  ...twins(
    { fields: ['ndc', 'drugCode', 'productCode'], clear: true, value: drugCode },
    {
      name: 'n_drug_code_eleven_digits',
      why: 'The short group of the drug code gets its zero, which is the eleven-digit form of the same code.',
    },
    {
      name: 'n_drug_code_zero_in_front',
      critical: true,
      why: 'The zero stands in front whichever group is short, which is the code of another product.',
    },
  ),
  ...twins(
    { fields: ['refillsLeft', 'repeats', 'remaining'], least: 4, value: repeats },
    {
      name: 'n_null_count_left_out',
      why: 'Where legacy says null the key is left out, and every number, zero too, is kept.',
    },
    {
      name: 'n_zero_count_left_out',
      critical: true,
      why: 'A count of zero is left out as if it were not known, so none left seems no limit.',
    },
  ),
  ...twins(
    { fields: ['result', 'troponin', 'crp', 'measured'], least: 2, value: result },
    {
      name: 'n_comparator_apart_from_value',
      why: 'The sign before the value stands beside it, the value is the same.',
    },
    {
      name: 'n_comparator_lost',
      critical: true,
      why: 'A result below or above the range of the method is given as if exactly that had been measured.',
    },
  ),
  ...twins(
    { fields: ['level', 'result', 'labValue'], value: converted },
    {
      name: 'n_level_in_milligrams',
      why: 'Value and unit were converted together, by the usual factor of the analyte.',
    },
    {
      name: 'n_level_unit_relabelled',
      critical: true,
      why: 'The unit was changed but not the value, so the level is far too low.',
    },
  ),
  ...twins(
    { fields: ['abnormalFlag', 'interpretation', 'resultFlag'], clear: true, least: 3, value: flag },
    { name: 'n_result_flags_named', why: 'Each HL7 flag of a laboratory result became the name of it.' },
    {
      name: 'n_critical_flags_softened',
      critical: true,
      why: 'Critically low and critically high became merely low and high, so nobody is called.',
    },
  ),
];
