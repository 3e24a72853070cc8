/** Names, remarks and links: encodings, escapes, padding. */
import { type Family, twins } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const accented = ['Müller', 'García', 'Dvořák', 'Håkansson', 'Çelik', 'François', 'Núñez', 'Weiß', 'Łukasz'];
const remarks = [
  'Call before visit',
  'Key at neighbour',
  'Invoice by post',
  'No claims so far',
  'Paid in cash',
];

/** What a reader of Latin-1 makes of UTF-8. */
const mojibake = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const entities = twins(
  {
    fields: ['holderName', 'companyName', 'payee'],
    value(random) {
      const name = `${random.pick(accented)} & ${random.pick(surnames)}`;
      const legacy = name.replace(/[^ -%'-~]/g, (character) => `&#${character.codePointAt(0)};`);
      return shown(json(legacy), json(name), json(mojibake(name)));
    },
  },
  { name: 'c_character_references_read', why: 'A character reference like &#252; stands for its character.' },
  {
    name: 'c_bytes_read_as_latin',
    critical: false,
    why: 'Letters beyond ASCII became two wrong ones: the name is garbled.',
  },
);

const composed = twins(
  {
    fields: ['lastName', 'nameOnCard', 'accountHolder'],
    value(random) {
      const name = `${random.pick(givenNames)} ${random.pick(['Müller', 'García', 'Dvořák', 'Núñez', 'Ångström'])}`;
      const bare = name.normalize('NFD').replace(/\p{M}/gu, '?');
      return shown(json(name.normalize('NFD')), json(name), json(bare));
    },
  },
  {
    name: 'c_letters_composed',
    why: 'A letter with a combining mark and the composed letter are canonically equal.',
  },
  {
    name: 'c_marks_to_question_marks',
    critical: false,
    why: 'Marks of letters became question marks inside the name.',
  },
);

const padded = twins(
  {
    fields: ['customerName', 'NAME1', 'insuredName'],
    least: 3,
    value(random) {
      const name = `${random.pick(givenNames)} ${random.pick(surnames)}-${random.pick(surnames)}`;
      return shown(json(name.padEnd(35)), json(name), json(name.slice(0, 12)));
    },
  },
  { name: 'c_name_column_trimmed', why: 'The blanks behind the name filled a fixed column.' },
  {
    name: 'c_name_cut_at_twelve',
    critical: true,
    why: 'The name was cut at twelve characters; another person may bear what is left.',
  },
);

const cased = twins(
  {
    fields: ['fullName', 'policyHolder', 'cardHolder'],
    value(random) {
      const [first, second] = random.shuffled(givenNames);
      const last = random.pick(surnames);
      const full = random.chance(0.6) ? `${first} ${second} ${last}` : `${first} ${last}`;
      return shown(json(full.toUpperCase()), json(full), json(`${first} ${last}`));
    },
  },
  { name: 'c_capital_name_in_title_case', why: 'The same name, no longer all in capital letters.' },
  {
    name: 'c_second_given_name_lost',
    critical: true,
    why: 'The second given name, which legacy has, is missing.',
  },
);

const lines = twins(
  {
    fields: ['remark', 'letterText', 'comments'],
    value(random) {
      const text = random.shuffled(remarks).slice(0, random.int(2, 3));
      return shown(json(text.join('\r\n')), json(text.join('\n')), json(text.join('\\n')));
    },
  },
  { name: 'c_line_ends_of_unix', why: 'Both are line ends, of Windows and of Unix.' },
  {
    name: 'c_line_ends_escaped_twice',
    critical: false,
    why: 'Instead of a new line the text has a backslash and the letter n.',
  },
);

const escaped = twins(
  {
    fields: ['beneficiary', 'city', 'surname'],
    once: true,
    value(random) {
      const name = random.pick(accented);
      const legacy = json(name).replace(
        /[^ -~]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      return shown(legacy, json(name), json(legacy.slice(1, -1)));
    },
  },
  { name: 'c_json_escapes_read', why: 'A JSON escape and its character are the same text.' },
  {
    name: 'c_json_escaped_twice',
    critical: false,
    why: 'The escape itself became the text, so readers see backslashes.',
  },
);

const link = twins(
  {
    fields: ['returnUrl', 'documentLink', 'next'],
    value(random) {
      const id = random.digits(6);
      const reference = `${random.digits(3)}%2B${random.digits(3)}`;
      const url = (query: string) => json(`https://api.example.com/claims/${id}?${query}`);
      return shown(
        json(`https://API.example.com:443/claims/${id}?ref=${reference}`),
        url(`ref=${reference}`),
        url(`ref=${reference.replace('%2B', '+')}`),
      );
    },
  },
  { name: 'c_default_port_left_out', why: '443 is the port of https anyway and hosts know no case.' },
  {
    name: 'c_encoded_plus_decoded',
    critical: true,
    why: 'An encoded plus sign became a bare one, which servers read as a blank.',
  },
);

export const families: readonly Family[] = [
  ...entities,
  ...composed,
  ...padded,
  ...cased,
  ...lines,
  ...escaped,
  ...link,
];
