/** Database types and drivers: what a column was, and what another driver makes of it. */
import type { Family, Random } from '../kit.ts';
import { companies, Day, decimal, json, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, fromTable, offset, pair, same, uuid, wallClock, zulu } from './parts.ts';

/** An hour of office time in Berlin, and its offset; the weeks in which clocks change are left out. */
function berlin(random: Random): { utc: number; hours: number } {
  const month = random.pick([1, 2, 4, 5, 6, 7, 8, 9, 11, 12]);
  const day = Day.of(random.int(2022, 2025), month, random.int(1, 28));
  const utc = day.date.getTime() + random.int(7 * 60, 17 * 60) * 60_000;
  return { utc, hours: month >= 4 && month <= 9 ? 2 : 1 };
}

export const families: readonly Family[] = [
  ...pair(
    ['GET /payees/{id}', 'GET /suppliers/{id}', 'POST /ws/PartnerService'],
    {
      fields: ['payeeName', 'holderName', 'supplierName'],
      always: true,
      common: (random) => random.pick([40, 50, 60]),
      value(random, width) {
        const form = random.pick(['Ltd', 'GmbH', 'AG', 'Holdings Ltd', 'International Services SA', 'Inc']);
        const name = `${random.pick(companies)} ${form}`;
        return shownJson(name.padEnd(width), name, name.slice(0, 20).trimEnd());
      },
    },
    ['char_column_blanks', 'A CHAR column pads with trailing blanks, which are no part of the name.'],
    [
      'varchar_too_short',
      'The new column keeps 20 characters, so longer names of payees end in the middle of a word.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /orders/{id}', 'GET /accounts/{id}/transactions', 'GET /messages/{id}'],
    {
      fields: ['transactionId', 'orderId', 'messageId'],
      always: true,
      value(random) {
        const id = `${random.int(1, 8)}${random.digits(17)}${random.int(1, 9)}`;
        return shown(id, json(id), String(Number(id)));
      },
    },
    ['bigint_as_text', 'A BIGINT key written as text keeps all of its digits, which JSON numbers may not.'],
    [
      'bigint_through_double',
      'Keys of 19 digits pass through a double, so their last digits become those of another row.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /customers/{id}', 'GET /accounts/{id}', 'GET /users/{id}/rights'],
    {
      fields: ['blocked', 'tradingAllowed', 'taxExempt', 'jointSignature'],
      always: true,
      value: fromTable([
        ['Y', true],
        ['N', false, true],
      ]),
    },
    ['char_flag_boolean', 'A CHAR(1) flag of Y and N is the same as true and false.'],
    ['char_flag_truthy', "Any text that is not empty counts as true, so 'N' became true.", 'critical'],
  ),
  ...same(
    ['GET /customers/{id}', 'GET /customers/{id}/address'],
    {
      fields: ['addressLine2', 'middleName', 'careOf'],
      clear: true,
      value(random) {
        if (random.chance(0.5)) return { legacy: 'null', right: '""' };
        const text = json(
          random.pick(['Flat 3', 'Building B', 'Rear house', 'Unit 12', '2nd floor', 'Marie']),
        );
        return { legacy: text, right: text };
      },
    },
    [
      'oracle_empty_text',
      'Oracle keeps an empty text as NULL; for an optional line of text both say nothing.',
    ],
  ),
  ...pair(
    ['GET /appointments/{id}', 'GET /shipments/{id}', 'GET /bookings/{id}'],
    {
      fields: ['startsAt', 'pickupAt', 'deliveredAt'],
      always: true,
      value(random) {
        const { utc, hours } = berlin(random);
        const legacy = `${wallClock(utc, hours)}${offset(hours)}`;
        return shownJson(legacy, zulu(utc), zulu(utc + (hours - 1) * 3_600_000));
      },
    },
    ['timestamptz_as_utc', 'The same instants, written in UTC instead of with the offset of Berlin.'],
    [
      'winter_offset_all_year',
      'The driver takes the winter offset all year, so every summer appointment is an hour late.',
      'minor',
    ],
  ),
  ...pair(
    ['GET /contracts/{id}', 'GET /accounts/{id}', 'GET /memberships/{id}'],
    {
      fields: ['terminatedOn', 'closedOn', 'cancelledOn'],
      clear: true,
      always: true,
      value(random) {
        if (random.chance(0.5)) return shownJson('0000-00-00', null, '1970-01-01');
        const day = json(Day.any(random, 2010, 2025).iso);
        return { legacy: day, right: day };
      },
    },
    ['zero_date_null', "MySQL's zero date says that there is none, as null does."],
    ['zero_date_epoch', 'The zero date became 1970-01-01, so running contracts look long ended.', 'critical'],
  ),
  ...pair(
    ['GET /invoices/{number}', 'GET /claims/{id}'],
    {
      fields: ['status', 'state', 'invoiceStatus'],
      always: true,
      value: fromTable([
        ['Open', 'OPEN'],
        ['Approved', 'APPROVED'],
        ['Part-paid', 'PART_PAID', 'CANCELLED'],
        ['Paid', 'PAID', 'PART_PAID'],
        ['Overdue', 'OVERDUE', 'PAID'],
        ['Written off', 'WRITTEN_OFF', 'OVERDUE'],
      ]),
    },
    ['enum_constant_names', 'The names of the constants of an enum instead of its labels, one for one.'],
    [
      'enum_ordinal_shifted',
      'Ordinals are stored, and a new constant in the middle shifted every later status by one.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /documents/{id}', 'GET /patients/{id}', 'GET /accounts/{id}'],
    {
      fields: ['documentId', 'rowguid', 'externalId'],
      always: true,
      value(random) {
        const id = uuid(random);
        const [a = '', b = '', c = '', ...rest] = id.split('-');
        const turned = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');
        return shownJson(`{${id.toUpperCase()}}`, id, [turned(a), turned(b), turned(c), ...rest].join('-'));
      },
    },
    ['guid_braces', 'Braces and capitals are one way to write a GUID; its 128 bits are the same.'],
    [
      'guid_byte_order',
      'The bytes of the first three groups are read in the other order: the GUID of no known row.',
      'critical',
    ],
  ),
  ...same(
    ['GET /articles/{id}', 'GET /meters/{id}', 'GET /quotes/{id}'],
    {
      fields: ['price', 'reading', 'weightKg'],
      value(random) {
        const text = decimal(minorUnits(random, 105, 900_000), 2);
        return { legacy: String(Math.fround(Number(text))), right: String(Number(text)) };
      },
    },
    [
      'real_column_dust',
      'A REAL column prints the binary dust of a number that was entered with two decimals.',
    ],
  ),
  ...broken(
    ['GET /accounts/{id}/balance', 'GET /positions/{id}', 'GET /invoices/{number}'],
    {
      fields: ['balance', 'marketValue', 'openAmount'],
      least: 12,
      always: true,
      value(random) {
        const amount = Number(decimal(minorUnits(random, 1000, 900_000_000), 2));
        const single = Math.fround(amount);
        const same = single.toFixed(2) === amount.toFixed(2);
        return { legacy: String(amount), right: String(single), ...(same ? {} : { wrong: String(single) }) };
      },
    },
    [
      'double_read_as_real',
      'Amounts are read as 32-bit floats: small ones only gain dust, large ones are wrong by cents and more.',
      'critical',
    ],
  ),
  ...same(
    ['GET /sensors/{id}/last', 'GET /audit/{id}', 'GET /shipments/{id}/events'],
    {
      fields: ['recordedAt', 'eventTime', 'changedAt'],
      value(random) {
        const { utc } = berlin(random);
        const at = utc + random.int(1, 59_999);
        const seconds = zulu(at).slice(0, 19);
        const micros = String(at % 1000).padStart(3, '0') + random.digits(3);
        return {
          legacy: json(`${seconds.replace('T', ' ')}.${micros}`),
          right: json(`${seconds}.${micros.slice(0, 3)}Z`),
        };
      },
    },
    [
      'timestamp_milliseconds',
      'The same moment to the millisecond, which is all that people or clients use.',
    ],
  ),
];
