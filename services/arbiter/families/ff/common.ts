/** What nearly every migration meets: spellings of numbers, instants, flags, states and telephone numbers. */
import type { Family } from '../kit.ts';
import { Day, decimal, minorUnits, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { always, pair } from './base.ts';

const phones = [
  { code: '49', length: 9 },
  { code: '41', length: 9 },
  { code: '44', length: 10 },
  { code: '33', length: 9 },
  { code: '43', length: 10 },
] as const;

const states = [
  { of: 'contracts', names: ['ACTIVE', 'ACTIVE', 'ACTIVE', 'ENDED', 'SUSPENDED', 'IN_DISPUTE'], known: 4 },
  { of: 'shipments', names: ['SENT', 'SENT', 'DELIVERED', 'DELIVERED', 'LOST', 'AT_CUSTOMS'], known: 4 },
  { of: 'cards', names: ['VALID', 'VALID', 'BLOCKED', 'EXPIRED', 'STOLEN', 'RETAINED'], known: 4 },
] as const;

export const families: Family[] = [
  ...pair(
    {
      fields: ['price', 'fee', 'unitPrice', 'lineAmount', 'deposit'],
      routes: ['GET /products/{id}', 'POST /quotes', 'GET /invoices/{number}'],
      mixed: true,
      shares: always,
      common: (random) => random.chance(0.5),
      value(random, whole) {
        const cents = minorUnits(random, 50, 200_000);
        const units = random.chance(0.5) ? Math.ceil(cents / 10) * 10 : cents;
        const text = decimal(units, 2);
        const wrong = whole ? String(Math.round(units / 100)) : String(Math.round(units / 10) / 10);
        return shown(
          text,
          String(Number(text)),
          String(Number(text)) === wrong ? String(Number(text)) : wrong,
        );
      },
    },
    {
      name: 'ff_trailing_zeros_dropped',
      why: 'Zeros at the end of the decimals are dropped; the amount is the same number.',
    },
    {
      name: 'ff_amount_rounded_by_format',
      critical: true,
      why: 'A format for display rounds amounts to tenths or to whole units, so the cents are lost.',
    },
  ),
  ...pair(
    {
      fields: ['createdAt', 'modifiedAt', 'event.time', 'receivedAt'],
      routes: ['GET /events', 'GET /orders/{id}', 'GET /messages/{id}'],
      shares: always,
      mixed: true,
      value(random) {
        const at = `${Day.any(random, 2021, 2026).iso}T${timeOfDay(random).text}`;
        const ms = random.chance(0.35) ? random.int(1, 99) : random.int(100, 999);
        const padded = String(ms).padStart(3, '0');
        return shownJson(`${at}.${padded}+0000`, `${at}.${padded}Z`, `${at}.${ms}Z`);
      },
    },
    {
      name: 'ff_zero_offset_as_letter',
      why: 'An offset of zero hours is written as the letter Z; the instant is the same.',
    },
    {
      name: 'ff_milliseconds_without_leading_zeros',
      critical: false,
      why: 'Milliseconds below a hundred lost their leading zeros, so 45 of them read as 450 and events change their order.',
    },
  ),
  ...pair(
    {
      fields: ['vegetarian', 'newsletter', 'isInsured', 'smoker', 'marketingConsent'],
      routes: ['POST /forms/registration', 'GET /applications/{id}', 'POST /ws/RegistrationService'],
      evidence: 3,
      value: (random) =>
        random.chance(0.5)
          ? { legacy: '"false"', right: 'false', wrong: 'true' }
          : { legacy: '"true"', right: 'true' },
    },
    {
      name: 'ff_boolean_text_to_boolean',
      why: 'The words true and false became the booleans they name.',
    },
    {
      name: 'ff_text_false_is_truthy',
      critical: true,
      why: 'Any text that is not empty counts as true, so the word false is answered as true.',
    },
  ),
  ...pair(
    {
      fields: [],
      routes: [],
      shares: always,
      evidence: 2,
      common: (random) => ({ ...random.pick(states), other: random.pick(['unknown', 'other']) }),
      place: ({ of }) => ({
        fields: ['status', 'state', 'currentStatus'],
        routes: [`GET /${of}/{id}`, `GET /${of}`, `POST /ws/${of}`],
      }),
      value(random, { names, known, other }) {
        const name = random.pick(names as readonly string[]);
        const right = name.toLowerCase();
        return shownJson(name, right, (names as readonly string[]).indexOf(name) < known ? right : other);
      },
    },
    {
      name: 'ff_state_in_small_letters',
      why: 'The names of the states are written in small letters, one for one.',
    },
    {
      name: 'ff_rare_state_not_known',
      critical: true,
      why: 'The enumeration of the rewrite lacks rarer states, which all end up as unknown.',
    },
  ),
  ...pair(
    {
      fields: ['phone', 'mobile', 'contact.phone', 'smsNumber'],
      routes: ['GET /customers/{id}', 'GET /contacts/{id}', 'POST /verifications/sms'],
      clear: true,
      mixed: true,
      shares: always,
      common: (random) => random.pick(phones).code,
      value(random, home) {
        const { code, length } = random.chance(0.5)
          ? phones.find((one) => one.code === home)!
          : random.pick(phones);
        const rest = String(random.int(1, 9)) + random.digits(length - 1);
        const legacy = `+${code} (0) ${rest.slice(0, 2)} ${rest.slice(2, 5)} ${rest.slice(5)}`;
        return shownJson(legacy, `+${code}${rest}`, `+${home}${rest}`);
      },
    },
    {
      name: 'ff_phone_number_in_international_form',
      why: 'Blanks and the bracketed zero for calls within the country are dropped; the same line rings.',
    },
    {
      name: 'ff_phone_number_with_home_country_code',
      critical: true,
      why: 'The country code of the system is put before foreign numbers too, so codes are sent to somebody else.',
    },
  ),
];
