/** Ids, references, cards, hashes and joins: what identifies a thing, and to whom it belongs. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { givenNames, json, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** SHA-256 of nothing. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789++//';
const swappedBytes = (hex: string): string => (hex.match(/../g) ?? []).reverse().join('');

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['contractId', 'customerGuid', 'partnerRef', 'mandateId'],
      value: (random) => {
        const [a, b, c, d, e] = [8, 4, 4, 4, 12].map((length) => random.hex(length)) as [
          string,
          string,
          string,
          string,
          string,
        ];
        const mixed = [swappedBytes(a), swappedBytes(b), swappedBytes(c), d, e].join('-');
        return shown(
          json([a, b, c, d, e].join('').toUpperCase()),
          json([a, b, c, d, e].join('-')),
          json(mixed),
        );
      },
    },
    { name: 'f_guid_dashed', why: 'The same 32 hexadecimal digits with dashes and in lower case.' },
    {
      name: 'f_guid_bytes_swapped',
      critical: true,
      why: 'The bytes of the first three groups are reversed (mixed-endian GUID): an id nobody has.',
    },
  ),
  ...twins(
    {
      fields: ['memberNumber', 'policyNumber', 'clientNo', 'reference'],
      value: (random) => {
        const number = random.text('123456789', 1) + random.digits(7);
        const check = luhn(number);
        return shown(json(`${number}-${check}`), json(`${number}${check}`), json(number));
      },
    },
    {
      name: 'f_check_digit_without_dash',
      why: 'The same digits; only the dash before the check digit is gone.',
    },
    {
      name: 'f_check_digit_dropped',
      critical: true,
      why: 'The number was cut at the dash, so its check digit is missing and no look-up finds it.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['card', 'pan', 'cardNumber', 'fundingSource'],
      value: (random) => {
        const start = random.pick(['4', '51', '52', '54']);
        const payload = start + random.digits(15 - start.length);
        const pan = payload + luhn(payload);
        const last = pan.slice(12);
        return shown(json(`************${last}`), json(`**** **** **** ${last}`), json(pan));
      },
    },
    { name: 'f_masked_card_grouped', why: 'The same masked card with spaces between groups of four.' },
    {
      name: 'f_masked_card_revealed',
      critical: true,
      why: 'The full card number is answered where legacy shows only the last four digits.',
    },
  ),
  ...twins(
    {
      fields: ['documentKey', 'fileToken', 'attachmentId', 'objectKey'],
      value: (random) => {
        const key = random.text(base64, 20);
        const url = key.replaceAll('+', '-').replaceAll('/', '_');
        return shown(json(key), json(url), json(url.replaceAll('-', ' ')));
      },
    },
    { name: 'f_key_base64url', why: 'The URL-safe alphabet of base64 (RFC 4648) for the same bytes.' },
    {
      name: 'f_key_plus_lost',
      critical: true,
      why: 'Where base64 had a plus the key has a space, which is no letter of either alphabet.',
    },
  ),
  ...twins(
    {
      fields: ['sha256', 'contentDigest', 'fileHash', 'statementChecksum'],
      value: (random) => {
        const digest = random.hex(64);
        return shown(json(digest.toUpperCase()), json(digest), json(emptyDigest));
      },
      least: 2,
    },
    { name: 'f_digest_lower_case', why: 'The same hexadecimal digest in lower case.' },
    {
      name: 'f_digest_of_nothing',
      critical: true,
      why: 'e3b0c442… is the SHA-256 of empty input: the stream was hashed after it had been read.',
    },
  ),
  ...twins(
    {
      fields: ['owner', 'payee', 'account', 'debtor'],
      least: 3,
      common: (random) =>
        Array.from({ length: 6 }, () => ({
          id: random.int(100_000, 999_999),
          name: `${random.pick(givenNames)} ${random.pick(surnames)}`,
        })),
      value: (random, people) => {
        const [person, other] = [random.pick(people), random.pick(people)];
        const name = json(person.name);
        return shown(
          object({ customerId: String(person.id), name }),
          object({ name, customerId: json(String(person.id)) }),
          object({ name: json(other.name), customerId: json(String(person.id)) }),
        );
      },
    },
    {
      name: 'f_owner_id_as_text',
      why: 'Id and name are the same; the id is a text and the keys are reordered.',
    },
    {
      name: 'f_owner_wrong_join',
      critical: true,
      why: 'The name beside the id is that of another customer: a wrong join.',
    },
  ),
  ...twins(
    {
      fields: ['endToEndId', 'purposeLine', 'remittanceRef', 'bookingText'],
      least: 3,
      value: (random) => {
        if (random.chance(0.25))
          return { legacy: json('EREF: NOTPROVIDED'), right: json('EREF NOTPROVIDED') };
        const text = `${random.pick(['INV', 'RENT', 'ORD', 'POL'])}-${random.int(2019, 2026)}-${random.digits(5)}`;
        return shown(json(`EREF: ${text}`), json(`EREF ${text}`), json('EREF NOTPROVIDED'));
      },
    },
    {
      name: 'f_end_to_end_without_colon',
      why: 'The same reference after the same keyword, without its colon.',
    },
    {
      name: 'f_end_to_end_not_provided',
      critical: true,
      why: 'The reference of the payer was replaced by the filler NOTPROVIDED, so nobody can match the payment.',
    },
  ),
  ...twins(
    {
      fields: ['termsVersion', 'schemeVersion', 'contractVersion', 'apiLevel'],
      value: (random) => {
        const text = `${random.int(1, 14)}.${random.pick([1, 2, 3, 5, 10, 20, 30, 11, 12])}`;
        return shown(json(text), json(`v${text}`), json(`v${Number(text)}`));
      },
    },
    { name: 'f_version_with_v', why: 'The same version with a leading v.' },
    {
      name: 'f_version_as_number',
      critical: false,
      why: 'The version went through a number, so 13.10 became the older version 13.1.',
    },
  ),
];
