/** Whole records, links, errors, files and readings. */
import type { Family } from '../kit.ts';
import { cities, decimal, givenNames, json, minorUnits, streets, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, fine, pair, same } from './setting.ts';

const twoAddresses = pair(
  {
    fields: ['addresses', 'orderAddresses', 'parties', 'recipients'],
    routes: ['GET /orders/{id}', 'POST /orders', 'GET /subscriptions/{id}'],
    value: (random) => {
      const place = () => ({
        street: `${random.pick(streets)} ${random.int(1, 150)}`,
        city: random.pick(cities),
      });
      const billing = place();
      const shipping = random.chance(0.45) ? billing : place();
      const other = ({ street, city }: typeof billing) => ({ city, street });
      return shownJson(
        { billing, shipping },
        { shipping: other(shipping), billing: other(billing) },
        { shipping: other(billing), billing: other(billing) },
      );
    },
  },
  {
    name: 'hh_members_in_another_order',
    why: 'The members of the object stand in another order, which JSON gives no meaning.',
  },
  {
    name: 'hh_shipped_to_the_payer',
    why: 'Where the parcel goes elsewhere than the bill, the rewrite answers the address of the bill for both.',
    critical: true,
  },
);

const links = pair(
  {
    fields: ['href', 'self', 'detailUrl', 'documentLink'],
    routes: ['GET /documents', 'GET /cases/{id}/documents'],
    common: (random) => ({
      inner: random.pick(['http://localhost:8080', 'http://api-7f9c4d-x2x:8080', 'http://10.3.17.22:3000']),
      hit: random.pick([0.4, 1]),
    }),
    value: (random, { inner, hit }) => {
      const id = random.int(10_000, 999_999);
      const legacy = json(`http://www.example.com/app/documents/${id}`);
      const right = json(`https://api.example.com/v2/documents/${id}`);
      return random.chance(hit)
        ? shown(legacy, right, json(`${inner}/v2/documents/${id}`))
        : { legacy, right };
    },
  },
  {
    name: 'hh_link_to_the_new_host',
    why: 'The links lead to the same record by its number, on the public address of the new service.',
  },
  {
    name: 'hh_link_to_an_inner_host',
    why: 'The links name a machine that only the service itself can reach, so no client can follow them.',
    critical: false,
  },
);

const errorTexts = [
  ['NOT_FOUND', 'Record not found.', 'No such record'],
  ['INVALID_DATE', 'Please check the date!', 'Date is not valid'],
  ['LIMIT_EXCEEDED', 'Your limit is exceeded.', 'The amount exceeds the limit'],
  ['MISSING_FIELD', 'Field is mandatory.', 'A required field is missing'],
] as const;
const errors = pair(
  {
    fields: ['error', 'fault', 'problem', 'failure'],
    routes: ['POST /payments', 'GET /orders/{id}', 'POST /applications'],
    least: 10,
    common: (random) => random.pick(['NOT_FOUND', 'LIMIT_EXCEEDED']),
    value: (random, broke) => {
      const [code, old, fresh] = random.pick(errorTexts);
      const text = (named: string, message: string) => json({ code: named, message });
      const wrong = code === broke ? text('INTERNAL_ERROR', 'Unexpected error') : text(code, fresh);
      return shown(text(code, old), text(code, fresh), wrong);
    },
  },
  {
    name: 'hh_error_worded_anew',
    why: 'The code that clients act on is the same; only the sentence for people is worded anew.',
  },
  {
    name: 'hh_refusal_became_a_failure',
    why: 'One of the refusals is answered as an internal error, so clients try again instead of telling the user what to mend.',
    critical: false,
  },
);

const accepted = broken(
  {
    fields: ['result', 'validation', 'decision', 'outcome'],
    routes: ['POST /payments', 'POST /mandates', 'POST /applications'],
    least: 12,
    common: (random) => random.pick(['IBAN_CHECKSUM', 'ACCOUNT_CLOSED', 'SANCTION_HIT']),
    value: (random, missed) => {
      const reason = random.pick([null, null, null, 'AMOUNT_ZERO', 'DATE_IN_PAST', missed]);
      const text = (why: string | null) =>
        json(why === null ? { status: 'ACCEPTED' } : { status: 'REJECTED', reason: why });
      return shown(text(reason), text(reason), text(reason === missed ? null : reason));
    },
  },
  {
    name: 'hh_one_check_forgotten',
    why: 'What legacy rejects for one of its reasons the rewrite accepts; its other checks are there.',
    critical: true,
  },
);

const csv = pair(
  {
    fields: ['csv', 'exportLine', 'row', 'exportData'],
    routes: ['GET /exports/members', 'GET /reports/{id}.csv', 'GET /payrolls/{id}/export'],
    value: (random) => {
      const name = `${random.pick(surnames)}${random.chance(0.35) ? `, ${random.pick(givenNames)}` : ''}`;
      const cells = [
        random.digits(6),
        name,
        random.pick(cities),
        decimal(minorUnits(random, 900, 600_000), 2),
      ];
      const quoted = (cell: string) => (cell.includes(',') ? `"${cell}"` : cell);
      return shownJson(
        `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`,
        `${cells.map(quoted).join(',')}\n`,
        `${cells.join(',')}\n`,
      );
    },
  },
  {
    name: 'hh_csv_quotes_where_needed',
    why: 'Quotes around cells that need none and the kind of line end mean nothing in CSV.',
  },
  {
    name: 'hh_csv_comma_unquoted',
    why: 'Names with a comma are not quoted, so all cells behind them move one column to the right.',
    critical: false,
  },
);

const xml = fine(
  {
    fields: ['payload', 'soapBody', 'responseXml', 'messageBody'],
    routes: ['POST /ws/PolicyService', 'GET /messages/{id}'],
    common: (random) => random.pick(['ns1', 'ns2', 'tns']),
    value: (random, prefix) => {
      const [number, amount] = [random.digits(7), decimal(minorUnits(random, 900, 900_000), 2)];
      const legacy = `<${prefix}:policy xmlns:${prefix}="urn:example:policy" number="${number}" type="M">\n  <${prefix}:premium>${amount}</${prefix}:premium>\n  <${prefix}:remark></${prefix}:remark>\n</${prefix}:policy>`;
      const right = `<policy xmlns="urn:example:policy" type="M" number="${number}"><premium>${amount}</premium><remark/></policy>`;
      return { legacy: json(legacy), right: json(right) };
    },
  },
  {
    name: 'hh_xml_spelled_otherwise',
    why: 'The same elements of the same namespace; prefixes, indents, order of attributes and empty tags mean nothing.',
  },
);

const below = pair(
  {
    fields: ['result', 'labValue', 'concentration', 'finding'],
    routes: ['GET /patients/{id}/lab', 'GET /samples/{id}/results'],
    value: (random) => {
      const limit = random.pick(['0,5', '0,01', '10', '2,0']);
      const compared = random.chance(0.35);
      const value = compared ? limit : `${random.int(0, 80)},${random.digits(1)}`;
      const plain = value.replace(',', '.');
      const sign = compared ? random.pick(['<', '<', '>']) : '';
      return shown(json(`${sign}${compared ? ' ' : ''}${value}`), json(`${sign}${plain}`), json(plain));
    },
  },
  {
    name: 'hh_result_with_point',
    why: 'The same results and signs of comparison, with a decimal point and without the blank.',
  },
  {
    name: 'hh_comparison_sign_lost',
    why: 'Below the limit of detection became a measured value: the sign of comparison is dropped.',
    critical: true,
  },
);

const newMember = fine(
  {
    fields: ['_links', 'links', '_self'],
    routes: ['GET /orders/{id}', 'GET /orders'],
    clear: true,
    common: (random) => random.chance(0.5),
    value: (random, invoices) => {
      const self = `/v2/orders/${random.int(10_000, 999_999)}`;
      return { legacy: undefined, right: json(invoices ? { self, invoice: `${self}/invoice` } : { self }) };
    },
  },
  {
    name: 'hh_links_of_the_new_style',
    why: 'The new interface adds links to the record itself, which legacy never had; no fact of the order is added or gone.',
  },
);

const inner = broken(
  {
    fields: ['purchasePrice', 'supplierPrice', 'marginPercent'],
    routes: ['GET /shop/products/{sku}', 'GET /me/orders/{id}/lines', 'GET /public/catalogue/{id}'],
    clear: true,
    routed: true,
    least: 12,
    common: (random) => random.pick([0.3, 1]),
    value: (random, staff) => {
      if (random.chance(0.15)) return same(undefined);
      const value = decimal(minorUnits(random, 100, 9_000), 2);
      return random.chance(staff) ? { legacy: undefined, right: undefined, wrong: value } : same(undefined);
    },
  },
  {
    name: 'hh_inner_value_shown',
    why: 'On a route for customers the rewrite answers what only staff may see, and legacy never does.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...twoAddresses,
  ...links,
  ...errors,
  accepted,
  ...csv,
  xml,
  ...below,
  newMember,
  inner,
];
