/** Texts that carry structure: notes, errors, PHP and Java notations, measures with units. */
import { type Family, type Random, twins } from '../kit.ts';
import { currencies, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const sentences = [
  'Rent for May',
  'Thank you',
  'Invoice enclosed',
  'Please call back',
  'Ring twice',
  'Goods are fragile',
];
const note = twins(
  {
    fields: ['remittanceText', 'customerNote', 'memo'],
    value(random: Random) {
      const parts = random.shuffled(sentences).slice(0, random.int(2, 3));
      return shown(json(parts.join('<br />\n')), json(parts.join('\n')), json(parts.join('')));
    },
  },
  { name: 'g_line_break_tags_removed', why: 'The tags only repeated the line breaks, which are all kept.' },
  {
    name: 'g_lines_glued_together',
    why: 'The breaks went with the tags, so the last word of a line runs into the next.',
    critical: false,
  },
);

const problems = [
  ['iban', 'is invalid'],
  ['amount', 'must be positive'],
  ['dueDate', 'is in the past'],
  ['email', 'is missing'],
] as const;
const errors = twins(
  {
    fields: ['errors', 'violations', 'problems'],
    value(random: Random) {
      const rows = random.shuffled(problems).slice(0, random.int(2, 3));
      const as = (fieldOf: (at: number) => string) =>
        list(rows.map(([, message], at) => object({ field: json(fieldOf(at)), message: json(message) })));
      const legacy = object(Object.fromEntries(rows.map(([field, message]) => [field, json([message])])));
      return shown(
        legacy,
        as((at) => rows[at]![0]),
        as(() => rows[0]![0]),
      );
    },
  },
  { name: 'g_errors_by_field_to_rows', why: 'Each message keeps its field; the members became rows.' },
  {
    name: 'g_all_errors_on_first_field',
    why: 'All messages are put down to the first field.',
    critical: false,
  },
);

const php = twins(
  {
    fields: ['payload', 'meta', 'storedValue'],
    once: true,
    value(random: Random) {
      const currency = random.pick(currencies);
      const cents = minorUnits(random, 150, 900_000);
      const amount = Number(decimal(cents, 2));
      const legacy = `a:2:{s:8:"currency";s:3:"${currency}";s:6:"amount";d:${amount};}`;
      const as = (value: number) => object({ currency: json(currency), amount: String(value) });
      return shown(json(legacy), as(amount), as(Math.trunc(amount)));
    },
  },
  {
    name: 'g_php_serialised_to_object',
    why: 'The object holds exactly the members of the serialised PHP array.',
  },
  {
    name: 'g_php_serialised_amount_without_cents',
    why: 'The amount of the serialised array lost its cents.',
    critical: true,
  },
);

const javaMap = twins(
  {
    fields: ['attributes', 'params', 'context'],
    once: true,
    value(random: Random) {
      const purpose = random.pick(['Rent', 'Car', 'Travel', 'House']);
      const detail = random.pick([', paid early', ', second half', ' and garage', ', final']);
      const branch = random.digits(4);
      const as = (text: string) => object({ purpose: json(text), branch: json(branch) });
      const legacy = json(`{branch=${branch}, purpose=${purpose}${detail}}`);
      return shown(legacy, as(purpose + detail), as((purpose + detail).split(',')[0]!));
    },
  },
  { name: 'g_java_map_text_to_object', why: 'The printed Java map and the object hold the same members.' },
  {
    name: 'g_java_map_value_ends_at_comma',
    why: 'A value with a comma was cut where the comma stands.',
    critical: false,
  },
);

const energy = twins(
  {
    fields: ['consumption', 'meterReading', 'usage'],
    value(random: Random) {
      const wattHours = random.int(1001, 9_800_000);
      const as = (value: string) => object({ value, unit: json('kWh') });
      const legacy = object({ value: String(wattHours), unit: json('Wh') });
      return shown(legacy, as(String(Number(decimal(wattHours, 3)))), as(String(wattHours)));
    },
  },
  {
    name: 'g_watt_hours_as_kilowatt_hours',
    why: 'A thousandth of the value in a thousandfold unit is the same energy.',
  },
  {
    name: 'g_only_unit_says_kilowatt_hours',
    why: 'The unit became a thousand times larger and the value did not follow.',
    critical: true,
  },
);

const mileage = twins(
  {
    fields: ['mileage', 'odometer', 'yearlyDistance'],
    value(random: Random) {
      const distance = random.int(2, 240) * 500;
      const as = (unit: string) => object({ unit: json(unit), value: String(distance) });
      return shown(json(`${distance} km`), as('km'), as('mi'));
    },
  },
  { name: 'g_distance_with_unit_split', why: 'The same number of kilometres, in two members.' },
  { name: 'g_kilometres_called_miles', why: 'The same number is answered as miles.', critical: false },
);

export const families: readonly Family[] = [
  ...note, ...errors, ...php, ...javaMap, ...energy, ...mileage,
]; // biome-ignore format: a list of names
