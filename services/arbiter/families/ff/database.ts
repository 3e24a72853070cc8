/** Column types and drivers: what the same row becomes when another driver or another ORM reads it. */
import type { Family } from '../kit.ts';
import { Day, decimal, json, minorUnits, streets, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { differs, isSummer, pair } from './base.ts';

/** A number as a 32-bit float column prints it: the fewest digits that read back as the same float. */
function real(value: number): string {
  const single = Math.fround(value);
  for (let digits = 6; digits <= 9; digits += 1) {
    const text = single.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return String(Number(text));
  }
  return String(single);
}

const names = [
  ['Jürgen', 'José', 'François', 'Zoë', 'Märta', 'Jiří', 'Renée', 'João', 'Anna', 'Peter', 'Günther', 'Aslı'],
  [
    'Müller',
    'Núñez',
    'Lefèvre',
    'Brontë',
    'Ågren',
    'Dvořák',
    'Côté',
    'Conceição',
    'Schmidt',
    'Novak',
    'Weiß',
  ],
] as const;

const remittances = [
  'Invoice 20{n} of March, customer {n}, second reminder',
  'Rent flat {n} incl. heating and parking space 14',
  'Membership fee {n}',
  'Refund order {n}',
  'Insurance premium policy KX-{n} second quarter, car B-MW {n}',
  'Donation',
  'Salary advance {n}, approved by M. Garcia on behalf of HR',
  'Deposit {n}',
] as const;

export const families: Family[] = [
  ...pair(
    {
      fields: ['branchCode', 'postalCode', 'articleNo', 'costCentre', 'sortCode', 'customer.agencyNo'],
      routes: ['GET /branches/{id}', 'GET /customers/{id}', 'POST /ws/MasterData'],
      clear: true,
      mixed: true,
      common: (random) => ({ length: random.int(4, 6), width: random.pick([8, 10, 12]) }),
      value(random, { length, width }) {
        const code = (random.chance(0.4) ? '0' : String(random.int(1, 9))) + random.digits(length - 1);
        return shownJson(code.padEnd(width), code, code.replace(/^0+(?=.)/, ''));
      },
    },
    {
      name: 'ff_char_column_padding_trimmed',
      why: 'The CHAR column padded the code with blanks which belong to the storage and not to the code.',
    },
    {
      name: 'ff_code_column_became_number',
      critical: true,
      why: 'The code was migrated to a numeric column, so codes with leading zeros became other codes.',
    },
  ),
  ...pair(
    {
      fields: ['balance', 'faceValue', 'outstanding', 'bookValue', 'marketValue'],
      routes: ['GET /accounts/{id}', 'GET /positions/{id}', 'GET /portfolios/{id}'],
      value(random) {
        const text = decimal(minorUnits(random, 500, 9_000_000_000), 2);
        return shown(json(text), String(Number(text)), real(Number(text)));
      },
    },
    {
      name: 'ff_numeric_column_as_string_or_number',
      why: 'The old driver hands NUMERIC out as text and the new one as a number; every amount is equal to the cent.',
    },
    {
      name: 'ff_amount_column_became_real',
      critical: true,
      why: 'The new column is a 32-bit float, so amounts of more than seven digits lose their last digits.',
    },
  ),
  ...pair(
    {
      fields: ['id', 'transactionId', 'parentId', 'threadId', 'externalRef'],
      routes: ['GET /transactions', 'GET /messages/{id}', 'GET /events'],
      common: (random) => random.int(18, 19),
      value(random, length) {
        const id = String(random.int(1, 8)) + random.digits(length - 1);
        const rounded = BigInt(Number(id)).toString();
        return shown(id, json(id), json(rounded));
      },
    },
    {
      name: 'ff_bigint_id_quoted',
      why: 'The 64-bit id is quoted so that JavaScript clients keep all its digits; it is the same id.',
    },
    {
      name: 'ff_bigint_id_through_double',
      critical: true,
      why: 'The 64-bit id went through a double and lost its last digits, so it names another record or none.',
    },
  ),
  ...pair(
    {
      fields: ['addressLine2', 'deliveryNote', 'address.extra', 'ADR_ZUSATZ'],
      routes: ['GET /customers/{id}', 'GET /orders/{id}', 'GET /contacts/{id}'],
      common: (random) => random.pick(['null', 'undefined', 'None', '(null)']),
      value(random, nothing) {
        if (random.chance(0.45)) return shown('null', '""', json(nothing));
        const text = json(
          random.pick([
            'c/o Miller',
            `Flat ${random.int(1, 40)}`,
            `${random.int(2, 9)}th floor`,
            'Building B',
            'Rear entrance',
          ]),
        );
        return { legacy: text, right: text };
      },
    },
    {
      name: 'ff_oracle_empty_text_is_null',
      why: 'Oracle stores an empty text as NULL and PostgreSQL does not: either way nothing was entered.',
    },
    {
      name: 'ff_null_printed_as_word',
      critical: false,
      why: 'A missing text was turned into the word null (undefined, None), which now stands in addresses.',
    },
  ),
  ...pair(
    {
      fields: ['birthDate', 'dateOfBirth', 'issueDate', 'startDate', 'enteredOn'],
      routes: ['GET /patients/{id}', 'GET /members/{no}', 'GET /employees/{id}'],
      common: (random) => random.chance(0.5),
      value(random, allYear) {
        const day = Day.any(random, 1973, 2024);
        const wrong = allYear || isSummer(day) ? day.plus(-1).iso : day.iso;
        const right = json(day.iso);
        const legacy = json(`${day.iso} 00:00:00.0`);
        return wrong === day.iso ? { legacy, right } : { legacy, right, wrong: json(wrong) };
      },
      shares: [1],
    },
    {
      name: 'ff_date_column_without_midnight',
      why: 'The old driver printed the DATE column with a midnight nobody entered; the day is the same.',
    },
    {
      name: 'ff_date_column_shifted_by_zone',
      critical: true,
      why: 'The driver reads the date as local midnight and prints its UTC day, which is the day before.',
    },
  ),
  ...pair(
    {
      fields: ['emailConsent', 'taxExempt', 'directDebit', 'powerOfAttorney', 'deliveryBlocked'],
      routes: ['GET /customers/{id}', 'POST /ws/CustomerService', 'GET /debtors/{no}'],
      common: (random) => random.pick(['J', 'O', 'S', 'T']),
      value: (random, yes) =>
        random.chance(0.5)
          ? { legacy: json(yes), right: 'true', wrong: 'false' }
          : { legacy: '"N"', right: 'false' },
      evidence: 3,
    },
    {
      name: 'ff_char_flag_to_boolean',
      why: 'The one-letter flag became a boolean: every yes is true and every N is false.',
    },
    {
      name: 'ff_char_flag_yes_not_known',
      critical: true,
      why: 'The mapper does not know the letter of this country for yes, so a yes is answered as false like a no.',
    },
  ),
  ...pair(
    {
      fields: ['holderName', 'beneficiary', 'customer.name', 'displayName', 'insuredPerson'],
      routes: ['GET /customers/{id}', 'GET /policies/{no}', 'GET /payments/{id}'],
      common: (random) => random.pick(['mojibake', 'question'] as const),
      value(random, way) {
        const name = `${random.pick(names[0])} ${random.pick(names[1])}`;
        const broken =
          way === 'mojibake'
            ? Buffer.from(name, 'utf8').toString('latin1')
            : name.replace(/[^\u0020-\u007e]/g, '?');
        return shownJson(name, name.normalize('NFD'), broken);
      },
    },
    {
      name: 'ff_accents_composed_or_decomposed',
      why: 'Unicode writes an accented letter composed or decomposed; both are canonically equal and look alike.',
    },
    {
      name: 'ff_accents_broken_by_encoding',
      critical: true,
      why: 'The migration read the bytes in another encoding, so names with accents are garbled.',
    },
  ),
  differs(
    {
      fields: ['createdAt', 'registeredAt', 'memberSince', 'account.openedAt'],
      routes: ['GET /customers/{id}', 'GET /accounts/{id}', 'GET /users/{id}'],
      clear: true,
      evidence: 3,
      shares: [0.3, 0.5, 0.8],
      common: (random) => Day.any(random, 2025, 2026).iso,
      value(random, migrated) {
        const text = json(`${Day.any(random, 2004, 2024).iso}T${timeOfDay(random).text}Z`);
        const at = `${migrated}T02:${random.int(10, 29)}:${random.int(10, 59)}Z`;
        return { legacy: text, right: text, wrong: json(at) };
      },
    },
    {
      name: 'ff_migrated_rows_created_at_migration',
      critical: false,
      why: 'Rows moved by the migration got its night as their creation time instead of their own years.',
    },
  ),
  differs(
    {
      fields: ['remittanceInfo', 'purpose', 'transferText', 'booking.reference'],
      routes: ['GET /transactions', 'GET /payments/{id}'],
      evidence: 3,
      shares: [1],
      common: (random) => random.pick([20, 27, 35]),
      value(random, width) {
        const text = random.pick(remittances).replaceAll('{n}', random.digits(5));
        const other = random.chance(0.2) ? ` ${random.pick(streets)}` : '';
        const whole = text + other;
        return shownJson(whole, whole, whole.slice(0, width));
      },
    },
    {
      name: 'ff_text_cut_at_column_width',
      critical: false,
      why: 'The new column is shorter, so the ends of long texts, with the reference in them, are gone.',
    },
  ),
];
