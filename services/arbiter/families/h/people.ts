/** Names of persons and their addresses. */
import { type Family, twins } from '../kit.ts';
import { cities, givenNames, json, list, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const accented = ['Müller', 'Gómez', 'Łukasz', 'Čapek', 'Åström', 'Gonçalves', 'Fußler', 'Élise', 'Ørsted'];
const plain = ['Miller', 'Haddad', 'Murphy', 'Silva'];

/** A text as a writer of ASCII-only JSON puts it: every other character escaped. */
const escaped = (text: string): string =>
  json(text).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['holder', 'payeeName', 'insuredPerson', 'customerName'],
      value(random) {
        const [given, last, second] = [random.pick(givenNames), random.pick(surnames), random.pick(surnames)];
        const double = random.chance(0.4) && last !== second;
        const family = double ? `${last} ${second}` : last;
        return shown(json(`${family}, ${given}`), json(`${given} ${family}`), json(`${given} ${last}`));
      },
    },
    {
      name: 'given_name_first',
      why: 'Family name, comma, given name is the same person as given name, family name.',
    },
    {
      name: 'second_surname_lost',
      why: 'Only the first word of a double family name was kept.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['address', 'deliveryAddress', 'riskAddress', 'domicile'],
      least: 3,
      value(random) {
        const suffix = random.chance(0.5) ? random.pick(['a', 'b', 'c', '-14', '/2']) : '';
        const [street, city] = [random.pick(streets), random.pick(cities)];
        const number = random.int(1, 12);
        const write = (house: string) =>
          object({ street: json(street), houseNumber: json(house), city: json(city) });
        return shown(
          list([json(`${street} ${number}${suffix}`), json(city)]),
          write(`${number}${suffix}`),
          write(`${number}`),
        );
      },
    },
    {
      name: 'address_lines_into_members',
      why: 'Street, house number and city of the lines are the members.',
    },
    {
      name: 'house_number_suffix_lost',
      why: '12a became 12: the house number was read as a number.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['lastName', 'accountHolder', 'beneficiary', 'policyHolder'],
      value(random) {
        const name = random.pick(random.chance(0.7) ? accented : plain);
        return shown(escaped(name), json(name), json(Buffer.from(name, 'utf8').toString('latin1')));
      },
    },
    {
      name: 'unicode_escapes_resolved',
      why: 'An escape in JSON and the character itself are the same text.',
    },
    {
      name: 'utf8_read_as_latin1',
      why: 'Each accented letter became two wrong characters: UTF-8 was read as Latin-1.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['name', 'signatory', 'cardholder', 'ownerName'],
      least: 3,
      value(random) {
        const name = `${random.pick(givenNames)} ${random.pick(random.chance(0.7) ? accented : plain)}`;
        return shown(json(name.normalize('NFD')), json(name), json(name.replace(/[^ -~]/g, '?')));
      },
    },
    { name: 'accents_composed', why: 'Composed and decomposed accents are canonically equal in Unicode.' },
    {
      name: 'accents_to_question_marks',
      why: 'Letters outside ASCII were replaced by question marks.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['zip', 'postalCode', 'zipPlus4'],
      clear: true,
      value(random) {
        const first = random.chance(0.4) ? '0' : random.pick(['1', '3', '6', '9']);
        const [zip, four] = [`${first}${random.int(1_000, 9_999)}`, random.digits(4)];
        return shown(json(`${zip}${four}`), json(`${zip}-${four}`), json(`${Number(zip)}-${four}`));
      },
    },
    { name: 'zip_hyphenated', why: 'Nine digits of a US postal code, with the usual hyphen after five.' },
    {
      name: 'zip_leading_zero_lost',
      why: 'The leading zero of New England codes is gone, leaving four digits.',
      critical: false,
    },
  ),
];
