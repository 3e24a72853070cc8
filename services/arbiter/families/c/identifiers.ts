/** Identifiers: numbers that must not be calculated with, contact data, digests. */
import { germanIbanDigits } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { givenNames, json, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const bigId = twins(
  {
    fields: ['transactionId', 'contractId', 'messageId'],
    value(random) {
      const text = `${random.int(1, 9)}${random.digits(17)}${random.pick(['1', '3', '7', '9'])}`;
      return shown(text, json(text), json(String(BigInt(Math.round(Number(text))))));
    },
  },
  { name: 'c_long_id_quoted', why: 'The same digits, quoted so that no client rounds them.' },
  {
    name: 'c_long_id_rounded',
    critical: true,
    why: 'The last digits of the identifier were lost in a double.',
  },
);

const iban = twins(
  {
    fields: ['iban', 'creditorAccount', 'payoutAccount'],
    value(random) {
      const bban = random.digits(18);
      const text = `DE${germanIbanDigits(bban)}${bban}`;
      const at = random.int(6, 20);
      const swapped = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
      return shown(json(text.replace(/(.{4})(?=.)/g, '$1 ')), json(text), json(swapped));
    },
  },
  { name: 'c_iban_ungrouped', why: 'The blanks between groups of four are for readers only.' },
  {
    name: 'c_iban_digits_swapped',
    critical: true,
    why: 'Two digits of the IBAN changed places, so it is no longer the account.',
  },
);

const postal = twins(
  {
    fields: ['postalCode', 'zip', 'plz'],
    least: 3,
    value(random) {
      const code = random.chance(0.5) ? `0${random.digits(4)}` : `${random.int(1, 9)}${random.digits(4)}`;
      return shown(json(`${code}   `), json(code), json(String(Number(code))));
    },
  },
  { name: 'c_postal_code_trimmed', why: 'Blanks after the five digits only filled a fixed column.' },
  {
    name: 'c_postal_code_without_zero',
    critical: false,
    why: 'A leading zero is part of a postal code and is gone.',
  },
);

const phone = twins(
  {
    fields: ['phone', 'mobile', 'contactNumber'],
    once: true,
    value(random) {
      const area = random.pick(['30', '40', '89', '171', '221']);
      const rest = random.digits(random.int(6, 8));
      return shown(
        json(`+49 (0)${area} ${rest.slice(0, 3)}-${rest.slice(3)}`),
        json(`+49${area}${rest}`),
        json(`+490${area}${rest}`),
      );
    },
  },
  { name: 'c_phone_to_e164', why: 'The zero in parentheses is dialled only without the country code.' },
  {
    name: 'c_phone_with_trunk_zero',
    critical: true,
    why: 'After +49 the zero must go: this number reaches nobody.',
  },
);

const mail = twins(
  {
    fields: ['email', 'login', 'notifyTo'],
    value(random) {
      const person = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
      const tag = random.chance(0.4) ? `+${random.pick(['bank', 'insurance', 'home', 'work'])}` : '';
      const domain = random.pick(['Example.COM', 'Mail.Example.org', 'EXAMPLE.NET']);
      return shown(
        json(`${person}${tag}@${domain}`),
        json(`${person}${tag}@${domain.toLowerCase()}`),
        json(`${person}@${domain.toLowerCase()}`),
      );
    },
  },
  { name: 'c_mail_domain_lower', why: 'The case of a domain name has no meaning.' },
  {
    name: 'c_mail_tag_lost',
    critical: true,
    why: 'The part after the plus sign belongs to the address of the person and is gone.',
  },
);

const card = twins(
  {
    fields: ['maskedCard', 'cardNumber', 'paymentMethod'],
    value(random) {
      const [first, last, other] = [`4${random.digits(5)}`, random.digits(4), random.digits(4)];
      return shown(
        json(`${first.slice(0, 4)} ${first.slice(4)}** **** ${last}`),
        json(`${first}******${last}`),
        json(`${first}******${other}`),
      );
    },
  },
  {
    name: 'c_masked_card_ungrouped',
    why: 'The same visible digits at the same places, without blanks between the groups.',
  },
  {
    name: 'c_card_shows_wrong_four',
    critical: true,
    why: 'The four digits at the end are those of another card.',
  },
);

const guid = twins(
  {
    fields: ['customerGuid', 'documentId', 'externalRef'],
    value(random) {
      const text = random.hex(32);
      const dashed = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const bytes = (hex: string) => (hex.match(/../g) ?? []).reverse().join('');
      const mixed =
        bytes(text.slice(0, 8)) + bytes(text.slice(8, 12)) + bytes(text.slice(12, 16)) + text.slice(16);
      return shown(json(`{${dashed(text).toUpperCase()}}`), json(dashed(text)), json(dashed(mixed)));
    },
  },
  { name: 'c_guid_plain', why: 'Braces and capital letters are no part of the number that a GUID is.' },
  {
    name: 'c_guid_byte_order',
    critical: true,
    why: 'The bytes of the first three groups are reversed, so nobody finds the record by it.',
  },
);

const token = twins(
  {
    fields: ['pageToken', 'signature', 'documentKey'],
    value(random) {
      const bytes = Buffer.from(Array.from({ length: 20 }, () => random.int(0, 255)));
      const text = bytes.toString('base64');
      return shown(json(text), json(bytes.toString('base64url')), json(text.replace(/[+/=]/g, '')));
    },
  },
  { name: 'c_base64_for_urls', why: 'The alphabet for URLs writes the same bytes; padding is optional.' },
  {
    name: 'c_base64_characters_stripped',
    critical: true,
    why: 'Plus signs and slashes stand for bits of the content and were left out.',
  },
);

const digest = twins(
  {
    fields: ['checksum', 'fileHash', 'fingerprint'],
    value(random) {
      const bytes = Array.from({ length: 16 }, () => random.int(0, 255));
      const legacy = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return shown(
        json(legacy.toUpperCase()),
        json(legacy),
        json(bytes.map((byte) => byte.toString(16)).join('')),
      );
    },
  },
  { name: 'c_digest_lower_case', why: 'Hexadecimal digits mean the same in either case.' },
  {
    name: 'c_digest_zeros_lost',
    critical: true,
    why: 'Bytes below 16 lost their zero, so the digest is shorter and matches nothing.',
  },
);

export const families: readonly Family[] = [
  ...bigId,
  ...iban,
  ...postal,
  ...phone,
  ...mail,
  ...card,
  ...guid,
  ...token,
  ...digest,
];
