/** Names and texts: characters, spaces, markup, templates. */
import type { Family, Random } from '../kit.ts';
import { cities, givenNames, json, streets, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, pair, sameJson } from './setting.ts';

const accented = [
  'Müller', 'Groß', 'Lefèvre', 'Núñez', 'Sørensen', 'Åkesson', 'Gonçalves', 'Jäger', 'Peña', 'Benoît', 'Köhler', 'Björk',
]; // biome-ignore format: a word list
const beyondLatin1 = ['Wałęsa', 'Dvořák', 'Şahin', 'Kovačević', 'Ștefan', 'Łukasz', 'Žižka', 'Erdoğan']; // beyond ISO 8859-1

/** JSON text with every character beyond ASCII escaped. */
const escaped = (text: string): string =>
  json(text).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** UTF-8 bytes read as ISO 8859-1. */
const misread = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const person = (random: Random): string =>
  random.pick([random.pick(surnames), random.pick(accented), random.pick(accented)]);

const escapes = pair(
  {
    fields: ['fullName', 'holderName', 'recipient', 'patientName'],
    routes: ['GET /customers/{id}', 'GET /accounts/{id}/holder', 'GET /shipments/{id}', 'GET /patients/{id}'],
    evidence: 3,
    value: (random) => {
      const name = `${random.pick(givenNames)} ${person(random)}`;
      return shown(escaped(name), json(name), json(misread(name)));
    },
  },
  {
    name: 'hh_characters_escaped',
    why: 'Legacy escapes characters beyond ASCII in its JSON; after parsing the names are the same.',
  },
  {
    name: 'hh_utf8_read_as_latin1',
    why: 'Names in UTF-8 are read byte by byte, so Müller is now MÃ¼ller.',
    critical: true,
  },
);

const normalised = pair(
  {
    fields: ['lastName', 'familyName', 'insuredName', 'author'],
    routes: ['GET /members/{id}', 'GET /patients/{id}', 'GET /policies/{id}', 'GET /books/{isbn}'],
    value: (random) => {
      const name = random.pick([random.pick(surnames), random.pick(accented), random.pick(beyondLatin1)]);
      const wrong = [...name].map((c) => (c.codePointAt(0)! > 255 ? '?' : c)).join('');
      return shown(
        json(name),
        json(name.normalize('NFD')),
        json(wrong === name ? name.normalize('NFD') : wrong),
      );
    },
  },
  {
    name: 'hh_accents_decomposed',
    why: 'The same letters, with their accents as combining characters: they read and print alike.',
  },
  {
    name: 'hh_letters_become_question_marks',
    why: 'Letters that are not in ISO 8859-1 are lost and stand as question marks in people’s names.',
    critical: true,
  },
);

const goods = [
  'Stainless steel kettle 1.7 l with temperature control', 'Bamboo cutting board', 'Wireless headphones, noise cancelling, black',
  'Garden hose 25 m', 'Merino sweater, round neck, dark green, size L', 'Desk lamp with dimmer and wireless charger', 'Cast iron pan 28 cm',
  'Running shoes', 'Waterproof hiking jacket for women, petrol blue', 'Notebook A5', 'Coffee beans 1 kg, medium roast, whole, organic',
]; // biome-ignore format: a word list
const padded = pair(
  {
    fields: ['productName', 'articleText', 'itemDescription', 'title'],
    routes: ['GET /products/{sku}', 'GET /orders/{id}/lines', 'GET /catalogue/{id}'],
    common: (random) => random.pick([20, 24, 30]),
    value: (random, limit) => {
      const name = random.pick(goods);
      return shown(json(name.padEnd(60)), json(name), json(name.slice(0, limit)));
    },
  },
  {
    name: 'hh_padding_trimmed',
    why: 'Legacy pads its column of fixed width with blanks, which the rewrite trims.',
  },
  {
    name: 'hh_text_cut_to_column',
    why: 'The new column is shorter, so long names end in the middle of a word.',
    critical: false,
  },
);

const lines = pair(
  {
    fields: ['address', 'postalAddress', 'label', 'deliveryAddress'],
    routes: ['GET /customers/{id}', 'GET /members/{id}', 'GET /shipments/{id}/label', 'GET /orders/{id}'],
    value: (random) => {
      const parts = [
        `${random.pick(givenNames)} ${random.pick(surnames)}`,
        `${random.pick(streets)} ${random.int(1, 180)}`,
        `${random.digits(5)} ${random.pick(cities)}`,
      ];
      return shownJson(parts.join('\r\n'), parts.join('\n'), parts.join(''));
    },
  },
  { name: 'hh_line_ends', why: 'The same lines with the line ends of Unix instead of Windows.' },
  {
    name: 'hh_lines_run_together',
    why: 'Line breaks are removed and nothing put in their place, so house number and postcode run together.',
    critical: false,
  },
);

const dishes = ['Caf&eacute;', 'Cr&egrave;me', 'Gr&uuml;nkohl', 'Ros&eacute;', 'Paella', 'Risotto', 'Soup'];
const resolved = (text: string): string =>
  text.replace('&eacute;', 'é').replace('&egrave;', 'è').replace('&uuml;', 'ü');
const entities = pair(
  {
    fields: ['descriptionHtml', 'bodyHtml', 'teaserHtml', 'contentHtml'],
    routes: ['GET /articles/{id}', 'GET /products/{sku}', 'GET /menus/{id}'],
    clear: true,
    value: (random) => {
      const other = random.pick(['Bar', 'Wine', 'Bread', 'Garden']);
      const both = random.chance(0.6);
      const legacy = `<p>${random.pick(dishes)}${both ? ' &amp; ' : ' and '}${other}, <b>from ${random.int(4, 40)} euros</b></p>`;
      const right = resolved(legacy);
      return shownJson(legacy, right, right.replaceAll('&amp;', '&amp;amp;'));
    },
  },
  {
    name: 'hh_named_entities_resolved',
    why: 'In HTML a named entity and its letter are shown alike; the markup is untouched.',
  },
  {
    name: 'hh_html_escaped_twice',
    why: 'Escaped text is escaped again, so readers see &amp; instead of an ampersand.',
    critical: false,
  },
);

const middle = pair(
  {
    fields: ['fullName', 'displayName', 'salutationName', 'contactName'],
    routes: ['GET /customers/{id}', 'GET /users/{id}', 'POST /letters'],
    common: (random) => random.pick(['null', 'undefined', 'None']),
    value: (random, nothing) => {
      const [given, family] = [random.pick(givenNames), random.pick(surnames)];
      if (random.chance(0.35)) return sameJson(`${given} ${random.text('ABCEFGHJKLMPRST', 1)}. ${family}`);
      return shownJson(`${given}  ${family}`, `${given} ${family}`, `${given} ${nothing} ${family}`);
    },
  },
  {
    name: 'hh_blank_of_missing_name',
    why: 'Without a middle name legacy leaves two blanks between the names, the rewrite one.',
  },
  {
    name: 'hh_missing_name_spelled_out',
    why: 'Where there is no middle name the word null, None or undefined now stands in people’s names.',
    critical: false,
  },
);

const plus = broken(
  {
    fields: ['email', 'login', 'contactEmail', 'notifyTo'],
    routes: ['GET /users?email={email}', 'GET /customers/{id}', 'POST /accounts'],
    clear: true,
    value: (random) => {
      const name = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
      const tag = random.chance(0.35) ? `+${random.pick(['news', 'shop', 'bills', '2024'])}` : '';
      const mail = `${name}${tag}@${random.pick(['example.com', 'mail.example', 'example.org'])}`;
      return shownJson(mail, mail, mail.replace('+', ' '));
    },
  },
  {
    name: 'hh_plus_decoded_to_blank',
    why: 'A plus in the address is decoded as a blank, so these people cannot be reached and cannot log in.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...escapes,
  ...normalised,
  ...padded,
  ...lines,
  ...entities,
  ...middle,
  plus,
];
