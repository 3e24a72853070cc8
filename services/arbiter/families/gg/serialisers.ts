/** Serialisers and encodings: JSON, XML, forms, Base64, character sets. */
import type { Family } from '../kit.ts';
import { cities, companies, decimal, json, minorUnits, object, streets } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, pair, person, same, uuid } from './parts.ts';

const accented = [
  'Jürgen Müller', 'Zoë Brontë', 'José Muñoz', 'Søren Ærø', 'Renée Côté', 'Anna Lindström', 'Björn Åkesson', 'Inès Lefèvre',
] as const; // biome-ignore format: a word list
const sentences = [
  'Ring twice, the bell is broken',
  'Leave at the back door',
  'Dog in the garden',
  'Call before delivery',
  'Invoice to head office',
  'Gate code 4711',
  'Customer is deaf, please write',
];
const mojibake = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export const families: readonly Family[] = [
  ...pair(
    ['GET /customers/{id}', 'GET /patients/{id}', 'POST /ws/PersonService'],
    {
      fields: ['holderName', 'fullName', 'patientName'],
      always: true,
      value(random) {
        const name = random.chance(0.5) ? random.pick(accented) : person(random);
        return shownJson(name.normalize('NFD'), name, mojibake(name));
      },
    },
    ['accents_composed', 'Accents as characters of their own or composed: the same letters to every reader.'],
    [
      'utf8_read_as_latin1',
      'UTF-8 is read as Latin-1, so names with accents are garbled, the others are not.',
      'critical',
    ],
  ),
  ...same(
    ['GET /articles/{id}', 'GET /documents/{id}'],
    {
      fields: ['imageUrl', 'href', 'website'],
      value(random) {
        const url = json(`https://cdn.shop.example/img/${random.hex(6)}/${random.int(1, 9)}.jpg`);
        return { legacy: url.replaceAll('/', '\\/'), right: url };
      },
    },
    ['solidus_escaped', 'PHP escapes the slash in JSON; a parser reads the same text.'],
  ),
  ...pair(
    ['GET /suppliers/{id}', 'POST /ws/OrderService'],
    {
      fields: ['supplierName', 'firm', 'title'],
      always: true,
      value(random) {
        const [one, two] = [random.pick(companies), random.pick(['Sons', 'Co', 'Partners', 'Bros'])];
        const plain = random.chance(0.5) ? one : `${one} & ${two}`;
        const once = plain.replace('&', '&amp;');
        return shownJson(once, plain, once.replace('&', '&amp;'));
      },
    },
    ['entity_decoded', 'The ampersand was escaped for XML and is now plain, as JSON needs it.'],
    [
      'entity_escaped_twice',
      'What was escaped already is escaped again, and readers see &amp;amp; in names.',
      'minor',
    ],
  ),
  ...pair(
    ['GET /orders/{id}', 'GET /tickets/{id}'],
    {
      fields: ['note', 'deliveryNote', 'remarks'],
      always: true,
      value(random) {
        const lines = random.shuffled(sentences).slice(0, random.int(1, 3));
        return shownJson(lines.join('\r\n'), lines.join('\n'), lines[0]);
      },
    },
    ['crlf_to_lf', 'Lines end in LF instead of CR LF; the text of each line is the same.'],
    [
      'first_line_only',
      'Only the first line of a note survives, so the driver never reads the rest.',
      'minor',
    ],
  ),
  ...same(
    ['GET /documents/{id}', 'GET /certificates/{id}'],
    {
      fields: ['content', 'certificate', 'attachment'],
      value(random) {
        const bytes = Buffer.from(random.hex(2 * random.int(30, 140)), 'hex').toString('base64');
        const mime = bytes.match(/.{1,76}/g) ?? [];
        return { legacy: json(mime.join('\r\n')), right: json(bytes) };
      },
    },
    ['mime_line_breaks', 'MIME breaks Base64 into lines of 76 characters; the bytes are the same.'],
  ),
  ...pair(
    ['GET /orders/{id}', 'POST /quotes'],
    {
      fields: ['sums', 'totals'],
      always: true,
      value(random) {
        const net = minorUnits(random, 500, 900_000);
        const [n, v] = [decimal(net, 2), decimal(Math.round(net * 0.21), 2)];
        return shown(object({ net: n, vat: v }), object({ vat: v, net: n }), object({ vat: n, net: v }));
      },
    },
    ['members_in_other_order', 'The members of a JSON object have no order; each name has its value.'],
    [
      'constructor_arguments_swapped',
      'Two arguments of one type are passed in the wrong order: net is VAT and VAT is net.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /customers/{id}', 'GET /claims/{id}'],
    {
      fields: ['attachments', 'beneficiaries', 'phones'],
      always: true,
      value(random) {
        if (random.chance(0.5)) return { legacy: 'null', right: '[]' };
        const items = json(Array.from({ length: random.int(1, 3) }, () => uuid(random).slice(0, 13)));
        return { legacy: items, right: items, wrong: '[]' };
      },
    },
    ['no_list_empty_list', 'No list and an empty one both say that there are no items.'],
    [
      'lazy_list_never_loaded',
      'The list is loaded lazily and was never asked for, so items that exist are not listed.',
      'minor',
    ],
  ),
  ...broken(
    ['GET /customers/{id}', 'GET /customers/{id}/address', 'GET /accounts/{id}'],
    {
      fields: ['postalCode', 'postcode', 'zip'],
      clear: true,
      always: true,
      value(random) {
        const code = random.chance(0.4) ? `0${random.int(1000, 9999)}` : String(random.int(10_000, 99_999));
        return shownJson(code, code, String(Number(code)));
      },
    },
    [
      'postcode_as_number',
      'Codes pass through a number, so those that begin with 0 lose it and name no place.',
      'minor',
    ],
  ),
  ...same(
    ['POST /ws/StockService', 'GET /articles/{id}/stock'],
    {
      fields: ['quantity', 'pieces', 'numberOfItems'],
      clear: true,
      value(random) {
        const pieces = random.int(0, 4000);
        return { legacy: json(String(pieces).padStart(7, '0')), right: String(pieces) };
      },
    },
    ['quantity_unpadded', 'A number of pieces from a fixed-width field, without its leading zeros.'],
  ),
  ...same(
    ['GET /stores/{id}', 'GET /customers/{id}/address'],
    {
      fields: ['addressLine', 'branchAddress', 'label'],
      value(random) {
        const text = `${random.pick(streets)} ${random.int(1, 99)}, ${random.pick(cities)}`;
        return { legacy: json(text.replaceAll(' ', '\u00a0')), right: json(text) };
      },
    },
    [
      'no_break_spaces',
      'Spaces instead of no-break spaces that came from a web page; the words are the same.',
    ],
  ),
];
