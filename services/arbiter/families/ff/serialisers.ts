/** Serialisers: what JSON, XML and form mappers make of the same object. */
import { germanIbanDigits } from '../check-digits.ts';
import type { Family, Random } from '../kit.ts';
import { decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { always, differs, pair, same } from './base.ts';

const traders = [
  'Marks & Spencer',
  'Johnson & Johnson',
  "Sainsbury's",
  'H&M Hennes & Mauritz',
  'Procter & Gamble',
  "McDonald's",
  'Tiffany & Co.',
  'Alpine Mutual',
  'Boots <Airport>',
  "Levi's Store",
  'Acme Freight',
] as const;

/** What a serialiser that guards against HTML writes for the characters HTML could take for its own: JSON escapes. */
const escapes: Record<string, string> = { '&': '\\u0026', "'": '\\u0027', '<': '\\u003c', '>': '\\u003e' };
const entities: Record<string, string> = { '&': '&amp;', "'": '&#39;', '<': '&lt;', '>': '&gt;' };

function orderLine(random: Random): string {
  return object({
    sku: json(`${random.text('ABCDEFGHKLMNPRSTUWXYZ', 2)}-${random.digits(4)}`),
    quantity: String(random.int(1, 12)),
    price: decimal(minorUnits(random, 100, 60_000), 2),
  });
}

function iban(random: Random): string {
  const bban = random.int(1, 7) + random.digits(17);
  return `DE${germanIbanDigits(bban)}${bban}`;
}

const pairsSwapped = [
  {
    keys: ['debit', 'credit'],
    field: 'accounts',
    route: 'GET /ledger/{period}',
    of: (random: Random) => String(random.int(1_000, 9_999)),
  },
  {
    keys: ['payerIban', 'payeeIban'],
    field: 'parties',
    route: 'GET /payments/{id}',
    of: iban,
  },
  { keys: ['givenName', 'familyName'], field: 'holder', route: 'GET /customers/{id}', of: undefined },
  {
    keys: ['origin', 'destination'],
    field: 'leg',
    route: 'GET /bookings/{id}',
    of: (random: Random) => random.pick(['LHR', 'CDG', 'FRA', 'OSL', 'MAD', 'VIE', 'ZRH', 'WAW']),
  },
] as const;

export const families: Family[] = [
  ...pair(
    {
      fields: ['lines', 'order.items', 'positions', 'item'],
      routes: ['POST /ws/OrderService', 'GET /orders/{id}', 'GET /deliveries/{id}'],
      shares: always,
      evidence: 3,
      value(random) {
        const lines = Array.from({ length: random.chance(0.5) ? 1 : random.int(2, 5) }, () =>
          orderLine(random),
        );
        return lines.length === 1
          ? { legacy: lines[0], right: list(lines) }
          : { legacy: list(lines), right: list(lines), wrong: list(lines.slice(-1)) };
      },
    },
    {
      name: 'ff_single_element_list_unwrapped',
      why: 'The XML bridge answered a list of one as its bare element; the elements are the same.',
    },
    {
      name: 'ff_repeated_element_overwritten',
      critical: true,
      why: 'The XML reader keeps only the last of several equal elements, so the other lines are lost.',
    },
  ),
  ...pair(
    {
      fields: ['merchantName', 'payee', 'shop.title', 'counterparty'],
      routes: ['GET /transactions', 'GET /merchants/{id}', 'GET /cards/{id}/bookings'],
      value(random) {
        const text = json(
          `${random.pick(traders)}${random.chance(0.4) ? `, branch ${random.int(2, 400)}` : ''}`,
        );
        const by = (table: Record<string, string>) =>
          text.replace(/[&'<>]/g, (character) => table[character]!);
        return shown(by(escapes), text, by(entities));
      },
    },
    {
      name: 'ff_json_escapes_of_html_characters',
      why: 'One serialiser escapes ampersands and quotes in the notation of JSON; every parser reads the same text.',
    },
    {
      name: 'ff_html_entities_in_json_text',
      critical: false,
      why: 'The text was escaped for HTML before it was put into JSON, so clients show entities in names.',
    },
  ),
  ...pair(
    {
      fields: [],
      routes: [],
      shares: [1, 0.5],
      common: (random) => random.pick(pairsSwapped),
      place: ({ field, route }) => ({
        fields: [field, 'details', 'core'],
        routes: [route, `${route}/details`],
      }),
      value(random, { keys, of }) {
        const first = of?.(random) ?? random.pick(givenNames);
        const second = of?.(random) ?? random.pick(surnames);
        const entries = (a: string, b: string) => [[keys[0], json(a)] as const, [keys[1], json(b)] as const];
        const legacy = object(Object.fromEntries(entries(first, second)));
        const reversed = (a: string, b: string) => object(Object.fromEntries(entries(a, b).reverse()));
        return first === second
          ? { legacy, right: reversed(first, second) }
          : { legacy, right: reversed(first, second), wrong: reversed(second, first) };
      },
    },
    {
      name: 'ff_object_members_in_other_order',
      why: 'The members of the object come in another order, which has no meaning in JSON.',
    },
    {
      name: 'ff_two_members_exchanged',
      critical: true,
      why: 'Two values of the same type were mapped crosswise, so each stands under the name of the other.',
    },
  ),
  ...pair(
    {
      fields: ['shippingAddress', 'contactAddress', 'billing', 'lastAddress'],
      routes: ['GET /orders/{id}', 'GET /users/{id}', 'GET /carts/{id}'],
      common: (random) => random.pick(['[object Object]', 'com.acme.crm.dto.DetailDto@']),
      value(random, printed) {
        const value = json({
          kind: random.pick(['home', 'work', 'other']),
          street: `${random.pick(['Oak Avenue', 'Mill Lane', 'Via Roma'])} ${random.int(1, 180)}`,
          zip: random.digits(5),
        });
        const wrong = printed.endsWith('@') ? printed + random.hex(7) : printed;
        return shown(json(value), value, json(wrong));
      },
    },
    {
      name: 'ff_json_text_unpacked_to_object',
      why: 'The column with JSON text is answered as the object it holds; its members are the same.',
    },
    {
      name: 'ff_object_printed_by_default',
      critical: false,
      why: "The object was turned into text by the language's default, so none of its contents arrive.",
    },
  ),
  ...pair(
    {
      fields: ['dependants', 'vehicles', 'openInvoices', 'beneficiaries', 'attachments'],
      routes: ['GET /patients/{id}', 'GET /policies/{no}', 'GET /customers/{id}'],
      shares: [1, 1, 0.6],
      evidence: 3,
      common: (random) => (random.chance(0.5) ? 'null' : undefined),
      value(random, none) {
        if (random.chance(0.55)) return { legacy: none, right: '[]' };
        const entries = Array.from({ length: random.int(1, 3) }, () =>
          json({
            id: random.int(10_000, 99_999),
            name: `${random.pick(givenNames)} ${random.pick(surnames)}`,
          }),
        );
        return { legacy: list(entries), right: list(entries), wrong: '[]' };
      },
    },
    {
      name: 'ff_no_elements_as_empty_list',
      why: 'Where there are no elements, the rewrite answers an empty list instead of null or nothing.',
    },
    {
      name: 'ff_lazy_relation_not_loaded',
      critical: true,
      why: 'The relation is no longer loaded, so lists that have elements are answered empty.',
    },
  ),
  same(
    {
      fields: ['taxNumber', 'loyaltyCard', 'externalRef', 'customsNumber', 'formerNumber'],
      routes: ['GET /customers/{id}', 'GET /members/{no}', 'GET /companies/{id}'],
      common: (random) => random.chance(0.5),
      value(random, dropped) {
        const text = json(`${random.pick(['K', 'M', 'T'])}${random.digits(8)}`);
        if (random.chance(0.5)) return { legacy: text, right: text };
        return dropped ? { legacy: 'null', right: undefined } : { legacy: undefined, right: 'null' };
      },
    },
    {
      name: 'ff_null_member_left_out',
      why: 'One serialiser writes null for a missing value and the other leaves the member out.',
    },
  ),
  same(
    {
      fields: ['postalAddress', 'addressLabel', 'letterHead', 'recipientBlock'],
      routes: ['GET /customers/{id}', 'GET /letters/{id}', 'POST /labels'],
      mixed: true,
      value(random) {
        const lines = [
          `${random.pick(givenNames)} ${random.pick(surnames)}`,
          ...(random.chance(0.3) ? [`Flat ${random.int(1, 30)}`] : []),
          `${random.int(1, 200)} High Street`,
          `${random.digits(5)} ${random.pick(['Leeds', 'Graz', 'Porto'])}`,
        ];
        return { legacy: json(lines.join('\r\n')), right: json(lines.join('\n')) };
      },
    },
    {
      name: 'ff_line_ends_of_unix',
      why: 'Lines end in one control character instead of two; every line is the same.',
    },
  ),
  differs(
    {
      fields: ['user', 'createdBy', 'assignee', 'account.owner'],
      routes: ['GET /users/{id}', 'GET /tickets/{id}', 'GET /users/me'],
      shares: [1, 0.5],
      value(random) {
        const [first, last] = [random.pick(givenNames), random.pick(surnames)];
        const who = {
          id: random.int(1_000, 99_999),
          name: `${first} ${last}`,
          email: `${first}.${last}@mail.example`.toLowerCase(),
        };
        const hash = `$2a$10$${random.text('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./', 53)}`;
        return shown(json(who), json(who), json({ ...who, passwordHash: hash }));
      },
    },
    {
      name: 'ff_entity_serialised_with_password_hash',
      critical: true,
      why: "The whole entity is serialised instead of its public view, so the password's hash is given away.",
    },
  ),
];
