/** Numbers and keys that name something: accounts, places, people. */
import { germanIbanDigits } from '../check-digits.ts';
import type { Family, Random } from '../kit.ts';
import { cities, Day, givenNames, json, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, fine, pair } from './setting.ts';

const bigNumbers = pair(
  {
    fields: ['customerId', 'orderId', 'deviceId', 'transactionId'],
    routes: ['GET /customers?name={name}', 'GET /orders/{id}', 'GET /devices/{id}', 'POST /payments'],
    evidence: 3,
    value: (random) => {
      const digits = `${random.int(1, 8)}${random.digits(17)}`;
      return shown(digits, json(digits), String(Number(digits)));
    },
  },
  { name: 'hh_long_number_as_text', why: 'The same long number as a text, digit for digit.' },
  {
    name: 'hh_long_number_rounded',
    why: 'Numbers of 18 digits pass through a double and come back rounded, so they name another record.',
    critical: true,
  },
);

const iban = (random: Random): { bank: string; account: string } => ({
  bank: `${random.pick(['37', '50', '20', '70'])}0${random.digits(5)}`,
  account: random.chance(0.5) ? random.digits(7).padStart(10, '0') : `${random.int(1, 9)}${random.digits(9)}`,
});
const ibans = pair(
  {
    fields: ['iban', 'debtorIban', 'payeeAccount', 'creditorIban'],
    routes: ['GET /accounts/{id}', 'GET /mandates/{id}', 'POST /payments', 'GET /payments/{id}'],
    clear: true,
    value: (random) => {
      const { bank, account } = iban(random);
      const full = `DE${germanIbanDigits(bank + account)}${bank}${account}`;
      const spaced = full.replace(/(.{4})(?=.)/g, '$1 ');
      const short = `${full.slice(0, 12)}${account.replace(/^0+/, '')}`;
      return shown(json(spaced), json(full), json(short));
    },
  },
  { name: 'hh_iban_without_blanks', why: 'The same account number without the blanks of its printed form.' },
  {
    name: 'hh_iban_loses_zeros',
    why: 'Account numbers lose their leading zeros inside the IBAN, which is then too short to be one.',
    critical: true,
  },
);

const phones = pair(
  {
    fields: ['phone', 'mobile', 'callBackNumber', 'contactPhone'],
    routes: ['GET /customers/{id}', 'GET /patients/{id}', 'GET /drivers/{id}'],
    clear: true,
    value: (random) => {
      const area = random.pick(['30', '40', '89', '151', '171', '221', '711']);
      const number = random.digits(random.int(6, 8));
      const legacy = `0${area}${random.pick(['/', ' ', '-', ' / '])}${number}`;
      return shownJson(legacy, `+49${area}${number}`, `+490${area}${number}`);
    },
  },
  {
    name: 'hh_phone_international',
    why: 'The same German number in its international form, without the zero of the trunk.',
  },
  {
    name: 'hh_trunk_zero_kept',
    why: 'The country code is put in front of the trunk zero, and +49 0 … cannot be dialled.',
    critical: false,
  },
);

const customerNumbers = fine(
  {
    fields: ['customerNumber', 'partnerNo', 'materialNumber', 'vendorNo'],
    routes: [
      'GET /customers/{id}',
      'GET /business-partners/{id}',
      'GET /materials/{id}',
      'GET /vendors/{id}',
    ],
    clear: true,
    least: 10,
    value: (random) => {
      const number = String(random.int(1_000, 4_999_999));
      return { legacy: json(number.padStart(10, '0')), right: json(number) };
    },
  },
  {
    name: 'hh_filled_up_with_zeros',
    why: 'The host fills its running numbers up to ten digits with zeros, as it stores them; the rewrite shows them as people write them.',
  },
);

const postcodes = broken(
  {
    fields: ['postalCode', 'zip', 'postcode', 'plz'],
    routes: ['GET /customers/{id}/addresses', 'GET /depots/{id}', 'GET /meters/{id}'],
    clear: true,
    least: 10,
    common: (random) => random.chance(0.5),
    value: (random, text) => {
      const code = random.chance(0.3)
        ? `0${random.int(1, 9)}${random.digits(3)}`
        : `${random.int(1, 9)}${random.digits(4)}`;
      const number = String(Number(code));
      return shown(
        json(code),
        json(code),
        code.startsWith('0') ? (text ? json(number) : number) : json(code),
      );
    },
  },
  {
    name: 'hh_postcode_loses_its_zero',
    why: 'Postcodes of five digits that begin with 0 are answered with four, which is no place.',
    critical: false,
  },
);

const bleed = broken(
  {
    fields: ['customer', 'holder', 'patient', 'member'],
    routes: ['GET /customers/{id}', 'GET /accounts/{id}/holder', 'GET /patients/{id}', 'GET /me'],
    least: 16,
    evidence: 1,
    share: [0.06, 0.1, 0.18],
    common: (): { last?: string } => ({}),
    value: (random, memory) => {
      const legacy = json({
        number: random.digits(8),
        name: `${random.pick(givenNames)} ${random.pick(surnames)}`,
        birthDate: Day.any(random, 1944, 2006).iso,
        city: random.pick(cities),
      });
      const before = memory.last;
      memory.last = legacy;
      return before === undefined ? { legacy, right: legacy } : shown(legacy, legacy, before);
    },
  },
  {
    name: 'hh_answer_of_the_request_before',
    why: 'Now and then the rewrite answers with the person of the request before: data kept between requests.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...bigNumbers,
  ...ibans,
  ...phones,
  customerNumbers,
  postcodes,
  bleed,
];
