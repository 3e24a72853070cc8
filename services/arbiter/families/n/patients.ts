/** A hospital's patients: Oracle rows and HL7 fields, rewritten in Go. */
import { defect, type Family, faithful, type Random, twins } from '../kit.ts';
import { Day, givenNames, json, list, object, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const stamp = (random: Random) => `${Day.any(random, 2022, 2026).iso}T${timeOfDay(random).text}`;
const dischargeFields = ['dischargedAt', 'discharge', 'closedAt', 'lastVisit'];

const surnames = [
  ['MÜLLER', 'Müller', 'MÃ¼ller'],
  ['GARCÍA', 'García', 'GarcÃ\u00ada'],
  ['SØRENSEN', 'Sørensen', 'SÃ¸rensen'],
  ['LEFÈVRE', 'Lefèvre', 'LefÃ¨vre'],
  ['KOWALSKI', 'Kowalski', 'Kowalski'],
  ['OKAFOR', 'Okafor', 'Okafor'],
] as const;
/** HL7 v2 person name: family^given^second^suffix^prefix. */
function personName(random: Random) {
  const [upper, right, wrong] = random.pick(surnames);
  const [first, second] = random.shuffled(givenNames);
  const both = random.chance(0.4);
  const legacy = `${upper}^${first}^${both ? second : ''}`.toUpperCase();
  const modern = (family: string) =>
    object({ family: json(family), given: json(both ? [first, second] : [first]) });
  return shown(json(legacy), modern(right), modern(wrong));
}

function bed(random: Random) {
  const ward = `${random.int(1, 6)}${random.pick(['A', 'B', 'C'])}`;
  const [room, place] = [String(random.int(10, 38)), String(random.int(1, 4))];
  const at = (r: string, b: string) => object({ ward: json(ward), room: json(r), bed: json(b) });
  return shown(json(`${ward}-${room}-${place}`), at(room, place), at(place, room));
}

/** DICOM age string: three digits and D, W, M or Y. */
function age(random: Random) {
  const [letter, unit, most] = random.pick([
    ['Y', 'years', 97],
    ['Y', 'years', 97],
    ['M', 'months', 23],
    ['W', 'weeks', 11],
    ['D', 'days', 27],
  ] as const);
  const count = random.int(1, most);
  const modern = (name: string) => object({ value: String(count), unit: json(name) });
  return shown(json(`${String(count).padStart(3, '0')}${letter}`), modern(unit), modern('years'));
}

function consent(random: Random) {
  const [text, value] = random.pick([
    ['"Y"', 'true'],
    ['"Y"', 'true'],
    ['"N"', 'false'],
    ['null', 'null'],
  ] as const);
  return shown(text, value, text === 'null' ? 'true' : value);
}

const bloodGroups = [
  ['A POS', 'A', '+'],
  ['A NEG', 'A', '-'],
  ['B POS', 'B', '+'],
  ['B NEG', 'B', '-'],
  ['AB POS', 'AB', '+'],
  ['AB NEG', 'AB', '-'],
  ['O POS', 'O', '+'],
  ['O NEG', 'O', '-'],
] as const;
function bloodGroup(random: Random) {
  const [text, abo, rhesus] = random.pick(bloodGroups);
  const group = (letters: string) => object({ abo: json(letters), rhesus: json(rhesus) });
  return shown(json(text), group(abo), group(abo.slice(0, 1)));
}

const substances = ['Penicillin', 'Latex', 'Iodine', 'Aspirin', 'Peanut', 'Codeine', 'Sulfonamide'];
function allergies(random: Random) {
  const known = random.shuffled(substances).slice(0, random.int(1, 4));
  const entries = random.shuffled(known).map((substance) => object({ substance: json(substance) }));
  const legacy = json(known.map((substance) => substance.toUpperCase()));
  return shown(legacy, list(entries), list(entries.slice(0, -1)));
}

export const families: Family[] = [
  faithful(
    {
      fields: dischargeFields,
      least: 2,
      value: (random) => {
        const text = json(stamp(random));
        return random.chance(0.5)
          ? { legacy: text, right: text }
          : { legacy: '"0001-01-01T00:00:00"', right: 'null' };
      },
    },
    {
      name: 'n_first_day_of_time_is_null',
      why: 'Year 1 is what .NET writes where there is no date; null says the same.',
    },
  ),
  defect(
    {
      fields: dischargeFields,
      least: 2,
      value: (random) => {
        if (random.chance(0.5)) return { legacy: 'null', right: 'null', wrong: '"0001-01-01T00:00:00Z"' };
        const text = json(stamp(random));
        return { legacy: text, right: text };
      },
    },
    {
      name: 'n_null_is_first_day_of_time',
      critical: false,
      why: 'A date that is not known became the first of January of year 1, a date that clients take for real.',
    },
  ),
  ...twins(
    { fields: ['patientName', 'patient', 'person'], value: personName },
    {
      name: 'n_hl7_name_in_parts',
      why: 'The parts of the HL7 name between the carets are the same names in ordinary spelling.',
    },
    {
      name: 'n_hl7_name_in_wrong_charset',
      critical: true,
      why: 'UTF-8 letters were read as Latin-1, so the family name is garbled.',
    },
  ),
  ...twins(
    { fields: ['location', 'bed', 'placement'], value: bed },
    { name: 'n_bed_place_in_parts', why: 'Ward, room and bed are the three parts of the place, in order.' },
    {
      name: 'n_room_and_bed_swapped',
      critical: true,
      why: 'The number of the room is given as the bed and the bed as the room.',
    },
  ),
  ...twins(
    { fields: ['age', 'patientAge', 'ageAtStudy'], value: age },
    {
      name: 'n_age_text_with_unit',
      why: 'The letter behind the digits says days, weeks, months or years, and so does the unit.',
    },
    {
      name: 'n_infant_age_in_years',
      critical: true,
      why: 'An age in days, weeks or months is given as so many years.',
    },
  ),
  ...twins(
    { fields: ['consent', 'dataSharingConsent', 'researchConsent'], clear: true, least: 3, value: consent },
    {
      name: 'n_consent_letters_as_booleans',
      why: 'Y is true, N is false, and where nobody was asked it stays null.',
    },
    {
      name: 'n_consent_never_asked_is_given',
      critical: true,
      why: 'Where nobody was asked the rewrite says that consent was given.',
    },
  ),
  ...twins(
    { fields: ['bloodGroup', 'bloodType', 'typing'], least: 2, value: bloodGroup },
    { name: 'n_blood_group_in_parts', why: 'Letters and rhesus factor are the same, in two parts.' },
    {
      name: 'n_blood_group_first_letter_only',
      critical: true,
      why: 'AB became A, because only the first letter was kept.',
    },
  ),
  ...twins(
    { fields: ['allergies', 'intolerances', 'alerts'], value: allergies },
    {
      name: 'n_allergies_as_entries',
      why: 'The same substances, each in an entry of its own; a list of allergies has no order.',
    },
    {
      name: 'n_allergies_one_missing',
      critical: true,
      why: 'One of the allergies is missing from the list.',
    },
  ),
];
