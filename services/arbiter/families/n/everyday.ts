/** Plain values that every one of these systems answers all day: amounts, times, weekdays, notes, names. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, givenNames, grouped, json, minorUnits, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

function half(random: Random) {
  const units = minorUnits(random, 100, 2_000_000);
  return shown(decimal(units, 2), json(decimal(units, 2)), json(decimal(units - 1, 2)));
}

/** Whole euros, a point, and the cents without their zero: 12.05 becomes 12.5. */
function unpadded(random: Random) {
  const [euros, cents] = [random.int(1, 900), random.chance(0.3) ? random.int(1, 9) : random.int(10, 99)];
  return shown(json(`${euros}.${two(cents)}`), `${euros}.${two(cents)}`, `${euros}.${cents}`);
}

/** Thousands with a point, decimals with a comma; the defect stops reading at the comma or takes the point for the decimal one. */
function continental(random: Random) {
  const text = decimal(minorUnits(random, 2_000, 90_000_000), 2);
  const legacy = grouped(text, '.', ',');
  const cut = Number.parseFloat(legacy);
  return shown(json(legacy), text, cut === Number(text) ? text : String(cut));
}

function aroundZero(random: Random) {
  const units = random.chance(0.25) ? 0 : random.int(-250, 400);
  const text = decimal(units, 2);
  if (units === 0) return { legacy: json('-0.00'), right: json('0.00') };
  const unsigned = units > -100 ? text.replace('-', '') : text;
  return shown(json(text), json(text), json(unsigned));
}

function clock(random: Random) {
  const [day, { h, text }] = [Day.any(random, 2022, 2026), timeOfDay(random)];
  const at = (hour: number) => json(`${day.iso}T${two(hour)}${text.slice(2)}`);
  return shown(json(`${day.iso} ${text}.000`), at(h), at(h % 12 === 0 ? 12 : h % 12));
}

const weekdays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
function visits(random: Random) {
  const first = random.int(0, 2);
  const days = random.pick([[first, first + 2, first + 4], [first + 1], [first, first + 3]]);
  const named = (shift: number) => json(days.map((day) => weekdays[(day + shift) % 7]));
  return shown(json(days.map((day) => weekdays[day]?.slice(0, 3))), named(0), named(1));
}

const remarks = [
  'Patient slept well.',
  'Deliver to gate 4, ring twice.',
  'Customer asks for a call back.',
  'Blood pressure checked at noon.',
  'Two pallets damaged on arrival.',
  'No objection to the payment plan.',
];
function note(random: Random) {
  const lines = random.shuffled(remarks).slice(0, random.int(2, 3));
  return shown(json(lines.join('\r\n')), json(lines.join('\n')), json(lines[0]));
}

const accented = ['Müller', 'Łukasz', 'Sørensen', 'García', 'Žižek', 'Özdemir', 'Françoise'];
/** JSON writes é itself or as \u00e9; the defect has no such letter in its code page. */
function escaped(random: Random) {
  const [given, surname] = [random.pick(givenNames), random.pick([...accented, 'Novak', 'Patel'])];
  const plain = json(`${given} ${surname}`);
  const letter = /[^ -~]/g;
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return shown(plain.replace(letter, code), plain, plain.replace(letter, '?'));
}

export const families: Family[] = [
  ...twins(
    { fields: ['instalment', 'interest', 'copayment', 'freight'], value: half },
    { name: 'n_amount_number_to_text', why: 'The same amount to the cent, as a text instead of a number.' },
    {
      name: 'n_amount_a_cent_short',
      critical: true,
      why: 'The amount is a cent less than the one that legacy charges.',
    },
  ),
  ...twins(
    { fields: ['price', 'fee', 'dailyRate', 'toll'], least: 3, value: unpadded },
    { name: 'n_price_text_to_number', why: 'The same price to the cent, as a number instead of a text.' },
    {
      name: 'n_cents_without_their_zero',
      critical: true,
      why: 'Cents below ten lost their zero, so five cents became fifty.',
    },
  ),
  ...twins(
    { fields: ['saldo', 'creditLimit', 'invoiceTotal', 'customsValue'], least: 2, value: continental },
    {
      name: 'n_continental_amount_to_number',
      why: 'Points group thousands and the comma is the decimal one.',
    },
    {
      name: 'n_continental_amount_cut',
      critical: true,
      why: 'The point of the thousands was read as the decimal one, or what follows the comma was cut.',
    },
  ),
  ...twins(
    { fields: ['difference', 'balance', 'adjustment'], least: 4, value: aroundZero },
    { name: 'n_minus_zero_is_zero', why: 'Minus zero is zero; every other amount is the same.' },
    {
      name: 'n_minus_lost_below_one',
      critical: true,
      why: 'Between minus one and zero the sign is lost, so what is owed became a credit.',
    },
  ),
  ...twins(
    { fields: ['givenAt', 'collectedAt', 'postedAt', 'departure'], value: clock },
    {
      name: 'n_time_without_thousandths',
      why: 'The same day and clock time; only the thousandths, all zero, are gone.',
    },
    {
      name: 'n_time_on_twelve_hours',
      critical: true,
      why: 'Hours are printed from 1 to 12 without morning or afternoon, so the afternoon became the night.',
    },
  ),
  ...twins(
    { fields: ['visitDays', 'deliveryDays', 'dialysisDays'], value: visits },
    { name: 'n_weekdays_in_full', why: 'The three letters of each weekday became its full name.' },
    {
      name: 'n_weekdays_one_later',
      critical: true,
      why: 'Every weekday became the one after it, so nobody comes on the agreed day.',
    },
  ),
  ...twins(
    { fields: ['remark', 'nursingNote', 'instructions'], value: note },
    { name: 'n_note_line_ends', why: 'The same lines of text; only the line ends are those of Unix.' },
    {
      name: 'n_note_first_line_only',
      critical: false,
      why: 'Of a note of several lines only the first is left.',
    },
  ),
  ...twins(
    { fields: ['holderName', 'patientName', 'consignee'], value: escaped },
    { name: 'n_letters_not_escaped', why: 'An escaped letter and the letter itself are the same JSON text.' },
    {
      name: 'n_letters_as_question_marks',
      critical: true,
      why: 'Letters that the code page lacks became question marks, so the name is another one.',
    },
  ),
];
