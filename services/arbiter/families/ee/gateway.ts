/** A logistics group replaces its SOAP gateway by a REST one. */
import { germanIbanDigits } from '../check-digits.ts';
import type { Family, Random } from '../kit.ts';
import { companies, Day, givenNames, json, list, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both, harmlessOnly } from './mirrored.ts';

const person = (random: Random) => `${random.pick(givenNames)} ${random.pick(surnames)}`;

const shares = [[100], [50, 50], [60, 40], [40, 30, 30], [25, 25, 25, 25]] as const;
const oneOrMany = both(
  {
    fields: ['beneficiary', 'coOwners', 'payees'],
    routes: ['POST /ws/ContractService', 'GET /contracts/{id}'],
    always: true,
    common: (random) => ({ single: random.pick([0.3, 0.6]) }),
    value(random, { single }) {
      const parts = random.chance(single) ? shares[0] : random.pick(shares.slice(1));
      const names = random.shuffled(surnames).map((surname) => `${random.pick(givenNames)} ${surname}`);
      const items = parts.map((share, at) => object({ name: json(names[at]), share: String(share) }));
      const legacy = items.length === 1 ? items[0]! : list(items);
      return shown(legacy, list(items), list(items.slice(0, 1)));
    },
  },
  {
    name: 'ee_one_is_a_list_too',
    why: 'The XML bridge wrote a lone element without a list; the rewrite always writes a list of the same elements.',
  },
  {
    name: 'ee_only_first_element',
    critical: true,
    why: 'Of several elements only the first is left: the other beneficiaries and their shares are gone.',
  },
);

const offsets = ['+02:00', '+01:00', '-05:00', '+05:30', '-08:00', '+09:00'] as const;
const offsetMinutes = (offset: string) =>
  (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)));
const toUtc = both(
  {
    fields: ['pickupAt', 'deliveryDeadline', 'estimatedArrival', 'slotStart'],
    routes: ['POST /ws/ShipmentService', 'GET /shipments/{id}', 'GET /shipments/{id}/events'],
    common: (random) => ({ zones: random.shuffled(offsets).slice(0, random.int(1, 3)) }),
    value(random, { zones }) {
      const offset = random.pick(zones);
      const local = Day.any(random, 2024, 2026).date.getTime() + random.int(6 * 60, 20 * 60) * 60_000;
      const wall = new Date(local).toISOString().slice(0, 19);
      const utc = new Date(local - offsetMinutes(offset) * 60_000).toISOString().slice(0, 19);
      return shownJson(`${wall}${offset}`, `${utc}Z`, `${wall}Z`);
    },
  },
  {
    name: 'ee_same_moment_in_utc',
    why: 'The same moment, converted to UTC.',
  },
  {
    name: 'ee_offset_dropped',
    critical: false,
    why: 'The wall clock is kept while the offset is replaced by Z: another moment, by as many hours as the zone is away.',
  },
);

const searches = [
  'blue chair',
  'box 40x30',
  'pallet',
  'cold chain',
  'Größe M',
  'forklift',
  'tape & foam',
  'crate',
  'café table',
  'R&D samples',
];
const links = both(
  {
    fields: ['nextPage', 'selfLink', 'searchUrl', 'href'],
    routes: ['GET /catalogue', 'POST /ws/SearchService'],
    always: true,
    alike: true,
    value(random) {
      const query = encodeURIComponent(random.pick(searches));
      const link = (text: string, page: number) =>
        json(`https://api.example.com/items?q=${text}&page=${page}`);
      const page = random.int(2, 30);
      return shown(
        link(query.replaceAll('%20', '+'), page),
        link(query, page),
        link(query.replaceAll('%', '%25'), page),
      );
    },
  },
  {
    name: 'ee_query_plus',
    why: 'In a query, + and %20 are both a blank.',
  },
  {
    name: 'ee_query_encoded_twice',
    critical: false,
    why: 'Percent signs are encoded again, so the link searches for the text "%20" and finds nothing.',
  },
);

function iban(random: Random): string {
  const bban = `${random.pick(['37040044', '10050000', '50070010', '70150000'])}${random.digits(10)}`;
  return `DE${germanIbanDigits(bban)}${bban}`;
}
const parties = both(
  {
    fields: ['parties', 'payment', 'transferDetails'],
    routes: ['POST /ws/PaymentService', 'GET /payments/{id}'],
    alike: true,
    value(random) {
      const debtor = object({ name: json(person(random)), iban: json(iban(random)) });
      const creditor = object({ name: json(random.pick(companies)), iban: json(iban(random)) });
      return shown(
        object({ debtor, creditor }),
        object({ creditor, debtor }),
        object({ creditor: debtor, debtor: creditor }),
      );
    },
  },
  {
    name: 'ee_party_order',
    why: 'Both parties are the same; only the order of the two members differs.',
  },
  {
    name: 'ee_parties_swapped',
    critical: true,
    why: 'Payer and payee have changed places.',
  },
);

const fraction = harmlessOnly(
  {
    fields: ['scannedAt', 'eventTime', 'modified'],
    routes: ['GET /shipments/{id}/events', 'POST /ws/ShipmentService'],
    common: (random) => ({ digits: random.pick([3, 6, 7]), odd: random.pick([0, 0.5, 1]) }),
    value(random, { digits, odd }) {
      const moment = Day.any(random, 2023, 2025).date.getTime() + random.int(0, 86_399) * 1000;
      const thousandths = random.chance(odd) ? random.int(1, 999) : 0;
      const [second, part] = new Date(moment + thousandths).toISOString().slice(0, -1).split('.');
      const rest = part!.replace(/0+$/, '');
      return {
        legacy: json(`${second}.${part!.padEnd(digits, '0')}Z`),
        right: json(`${second}${rest === '' ? '' : `.${rest}`}Z`),
      };
    },
  },
  {
    name: 'ee_fraction_zeros',
    why: 'Only zeros at the end of the fraction of a second are left out; the moment is the same to the millisecond.',
  },
);

export const families: Family[] = [...oneOrMany, ...toUtc, ...links, ...parties, fraction];
