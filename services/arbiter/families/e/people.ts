/** Names of people and firms. */
import { type Random, twins } from '../kit.ts';
import { cities, givenNames, json, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const person = (random: Random) => ({ given: random.pick(givenNames), family: random.pick(surnames) });
const accented = [
  'Müller',
  'Zoë Brontë',
  'Łukasz Żak',
  'Núñez',
  'Søren Åberg',
  'François',
  'Jäger & Söhne',
  'Çelik',
];

const surnameFirst = twins(
  {
    fields: ['holder', 'customerName', 'beneficiary', 'insuredPerson'],
    least: 8,
    common: () => ({ previous: 'Jo Bell' }),
    value(random, last) {
      const { given, family } = person(random);
      const right = `${given} ${family}`;
      const wrong = last.previous;
      last.previous = right;
      return shown(json(`${family}, ${given}`), json(right), json(wrong));
    },
  },
  { name: 'e_surname_comma_given_name', why: 'The same name, given name first and without the comma.' },
  {
    name: 'e_name_of_previous_customer',
    critical: true,
    why: 'Some answers carry the name of the request before: a shared variable was overwritten.',
  },
);

const splitName = twins(
  {
    fields: ['name', 'applicant', 'cardholder', 'debtor'],
    value(random) {
      const { given, family } = person(random);
      const middle = random.chance(0.6) ? `${random.pick(['Lee', 'Rose', 'Marie', 'Jon', 'Grace'])}` : '';
      const first = middle === '' ? given : `${given} ${middle}`;
      const modern = (firstName: string, lastName: string) =>
        object({ firstName: json(firstName), lastName: json(lastName) });
      const legacy = json(`${family.toUpperCase()}, ${first}`);
      return shown(legacy, modern(first, family), modern(given, middle === '' ? family : middle));
    },
  },
  {
    name: 'e_name_split_at_comma',
    why: 'The text before the comma became the last name, the rest the first name.',
  },
  {
    name: 'e_second_given_name_as_surname',
    critical: true,
    why: 'People with two given names lost their surname: the second given name stands there.',
  },
);

const keysRenamed = twins(
  {
    fields: ['contact', 'owner', 'policyHolder', 'user'],
    value(random) {
      const { given, family } = person(random);
      const city = json(random.pick(cities));
      const legacy = object({ first_name: json(given), last_name: json(family), home_city: city });
      const modern = (first: string, last: string) =>
        object({ firstName: json(first), lastName: json(last), homeCity: city });
      return shown(legacy, modern(given, family), modern(family, given));
    },
  },
  { name: 'e_snake_keys_to_camel', why: 'Keys changed from snake case to camel case; each keeps its value.' },
  {
    name: 'e_first_and_last_name_swapped',
    critical: true,
    why: 'The first name stands as last name and the last as first.',
  },
);

/** UTF-8 bytes shown as Latin-1: what a reader with the wrong charset makes of a text. */
const misread = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const escapedText = (text: string) =>
  json(text).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const unicodeEscapes = twins(
  {
    fields: ['accountName', 'merchantName', 'creditor', 'remitter'],
    value(random) {
      const text = random.chance(0.6) ? random.pick(accented) : random.pick(surnames);
      return shown(json(text), escapedText(text), json(misread(text)));
    },
  },
  { name: 'e_letters_by_unicode_escape', why: 'JSON escapes of letters denote those very letters.' },
  {
    name: 'e_utf8_read_as_latin1',
    critical: false,
    why: 'Letters outside ASCII became two odd ones each: UTF-8 was read as Latin-1.',
  },
);

const normalForms = twins(
  {
    fields: ['displayName', 'shopName', 'signatory', 'nameOnCard'],
    value(random) {
      const text = random.chance(0.6) ? random.pick(accented) : random.pick(surnames);
      return shown(json(text), json(text.normalize('NFD')), json(text.replace(/[^ -~]/g, '?')));
    },
  },
  {
    name: 'e_letters_decomposed',
    why: 'Letter and accent as two code points are canonically equal to the one.',
  },
  {
    name: 'e_letters_became_question_marks',
    critical: false,
    why: 'Letters outside ASCII were replaced by question marks.',
  },
);

export const families = [...surnameFirst, ...splitName, ...keysRenamed, ...unicodeEscapes, ...normalForms];
