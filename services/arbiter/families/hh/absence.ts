/** What is not there: null, absent, empty, defaults and stand-ins for "none". */
import type { Family } from '../kit.ts';
import { Day, givenNames, json, minorUnits, surnames } from '../kit-values.ts';
import { broken, fine, pair, same, sameJson } from './setting.ts';

const extras = [
  'c/o Rossi', '2nd floor', 'Building B', 'Apt 14', 'Rear entrance', 'Flat 3', 'Unit 7', 'Gate 2', 'PO Box 112', 'Staircase C',
]; // biome-ignore format: a word list

/** Two facts of legacy, 0 and unknown, become one: Go's omitempty. */
const zeroOmitted = pair(
  {
    fields: ['noClaimYears', 'deductible', 'openInstalments', 'remainingCredit'],
    routes: [
      'GET /policies/{id}',
      'GET /policies/{id}/coverage',
      'GET /loans/{id}',
      'GET /accounts/{id}/credit',
    ],
    clear: true,
    least: 10,
    evidence: 3,
    value: (random) => {
      const kind = random.next();
      if (kind < 0.3) return { legacy: 'null', right: undefined };
      if (kind < 0.55) return { legacy: '0', right: '0', wrong: undefined };
      return sameJson(random.int(1, 24));
    },
  },
  {
    name: 'hh_null_is_left_out',
    why: 'The new serializer leaves out members that are null, and keeps 0 and every other value.',
  },
  {
    name: 'hh_zero_is_left_out',
    why: 'The new serializer leaves out 0 as if it were null, so "none" can no longer be told from "not known".',
    critical: true,
  },
);

const emptyText = pair(
  {
    fields: ['addressLine2', 'addressSupplement', 'careOf', 'deliveryHint'],
    routes: ['GET /customers/{id}/addresses', 'GET /shipments/{id}', 'POST /orders'],
    value: (random) =>
      random.chance(0.5) ? { legacy: 'null', right: '""', wrong: '"null"' } : sameJson(random.pick(extras)),
  },
  {
    name: 'hh_null_text_is_empty',
    why: 'Where there is no supplement legacy says null and the rewrite the empty text; either way nothing is printed.',
  },
  {
    name: 'hh_null_text_is_spelled',
    why: 'A null became the word "null", which now stands as a line on labels and letters.',
    critical: false,
  },
);

const emptyList = pair(
  {
    fields: ['beneficiaries', 'coInsured', 'additionalDrivers', 'authorisedSignatories'],
    routes: [
      'GET /policies/{id}',
      'GET /policies/{id}/insured',
      'GET /motor-policies/{id}',
      'GET /accounts/{id}/signatories',
    ],
    clear: true,
    common: (random) => (random.chance(0.5) ? 'null' : undefined),
    value: (random, none) => {
      const count = random.pick([0, 0, 1, 1, 2, 3]);
      if (count === 0) return { legacy: none, right: '[]' };
      const names = Array.from(
        { length: count },
        () => `${random.pick(givenNames)} ${random.pick(surnames)}`,
      );
      const text = json(names);
      return count === 1 ? { ...same(text), wrong: '[]' } : same(text);
    },
  },
  { name: 'hh_no_list_is_empty_list', why: 'No persons: legacy has no list, the rewrite an empty one.' },
  {
    name: 'hh_single_element_lost',
    why: 'A list of exactly one person comes back empty, because the converter only knows repeated elements.',
    critical: true,
  },
);

const openEnd = pair(
  {
    fields: ['validTo', 'endDate', 'insuredUntil', 'contractEnd'],
    routes: [
      'GET /contracts/{id}',
      'GET /subscriptions/{id}',
      'GET /policies/{number}',
      'GET /contracts/{number}',
    ],
    clear: true,
    common: (random) => random.pick(['9999-12-31', '2999-12-31']),
    value: (random, open) =>
      random.chance(0.5)
        ? { legacy: json(open), right: 'null', wrong: '"1970-01-01"' }
        : sameJson(Day.any(random, 2019, 2029).iso),
  },
  {
    name: 'hh_far_date_means_open',
    why: 'The far date was the old way to write "no end", which the rewrite says with null.',
  },
  {
    name: 'hh_open_end_is_epoch',
    why: 'Contracts without an end now end in 1970, so they count as long expired.',
    critical: true,
  },
);

const placeholders = fine(
  {
    fields: ['fax', 'secondPhone', 'alternativePhone', 'emergencyNumber'],
    routes: [
      'GET /suppliers/{id}',
      'GET /customers/{id}',
      'GET /members/{id}',
      'GET /patients/{id}/contacts',
    ],
    common: (random) =>
      random.shuffled(['"-"', '"n/a"', '"N/A"', '" "', '"."', '""']).slice(0, random.int(2, 4)),
    value: (random, blanks) =>
      random.chance(0.55)
        ? { legacy: random.pick(blanks), right: 'null' }
        : sameJson(`0${random.int(20, 89)} ${random.digits(6)}`),
  },
  {
    name: 'hh_placeholder_for_nothing',
    why: 'Clerks typed a dash, a dot or n/a where nothing was known; the migration made null of all of them.',
  },
);

const nullMembers = fine(
  {
    fields: ['contact', 'customer', 'sender', 'buyer'],
    routes: ['GET /suppliers/{id}', 'GET /customers/{id}', 'GET /shipments/{id}', 'GET /orders/{id}'],
    value: (random) => {
      const entries: [string, string | undefined][] = [
        ['firstName', json(random.pick(givenNames))],
        ['title', random.chance(0.2) ? '"Dr."' : undefined],
        ['lastName', json(random.pick(surnames))],
        ['company', random.chance(0.3) ? '"Acme Freight"' : undefined],
        ['vatId', random.chance(0.25) ? json(`DE${random.digits(9)}`) : undefined],
      ];
      const text = (all: boolean) =>
        `{${entries
          .filter(([, value]) => all || value !== undefined)
          .map(([key, value]) => `"${key}":${value ?? 'null'}`)
          .join(',')}}`;
      return { legacy: text(false), right: text(true) };
    },
  },
  {
    name: 'hh_null_members_written',
    why: 'The rewrite writes optional members as null, which legacy left out; every known value is the same.',
  },
);

const unknownZero = broken(
  {
    fields: ['deliveryDays', 'leadTimeDays', 'daysToRestock'],
    routes: ['GET /products/{sku}/availability', 'GET /baskets/{id}/delivery'],
    clear: true,
    value: (random) => {
      const kind = random.next();
      if (kind < 0.3) return { ...same('null'), wrong: '0' };
      return sameJson(kind < 0.45 ? 0 : random.int(1, 40));
    },
  },
  {
    name: 'hh_unknown_becomes_zero',
    why: 'Where legacy does not know (null) the rewrite says 0, which in this field means at once.',
    critical: false,
  },
);

const defaultCurrency = broken(
  {
    fields: ['currency', 'accountCurrency', 'price.currency'],
    routes: ['GET /invoices/{number}', 'GET /accounts/{id}', 'GET /orders/{id}/lines'],
    least: 10,
    common: (random) => random.pick(['CHF', 'GBP', 'SEK', 'PLN']),
    value: (random, lost) => {
      const currency = random.pick(['EUR', 'EUR', 'EUR', 'USD', lost]);
      return currency === lost ? { ...sameJson(currency), wrong: '"EUR"' } : sameJson(currency);
    },
  },
  {
    name: 'hh_currency_falls_to_default',
    why: 'A currency that the rewrite does not have in its table is answered as EUR, so amounts change their worth.',
    critical: true,
  },
);

const partMissing = broken(
  {
    fields: ['coverage', 'loyalty', 'tariff'],
    routes: ['GET /policies/{id}/overview', 'GET /customers/{id}/overview', 'GET /contracts/{id}'],
    least: 20,
    share: [0.08, 0.14, 0.25],
    common: (random) => (random.chance(0.4) ? undefined : random.pick(['null', '{}'])),
    value: (random, nothing) => ({
      ...sameJson({
        code: `${random.text('ABCDEFGHKLMNP', 2)}${random.digits(3)}`,
        since: Day.any(random, 2012, 2025).iso,
        value: minorUnits(random, 900, 90_000) / 100,
      }),
      wrong: nothing,
    }),
  },
  {
    name: 'hh_part_missing_now_and_then',
    why: 'When a downstream call is slow the rewrite leaves out the whole part, which legacy always answers.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...zeroOmitted,
  ...emptyText,
  ...emptyList,
  ...openEnd,
  placeholders,
  nullMembers,
  unknownZero,
  defaultCurrency,
  partMissing,
];
