/** References, masks, links, hashes and tokens. */

import { luhn } from '../check-digits.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown } from '../shown.ts';

const letters = 'ABCDEFGHIKLMNPRSTUVW';
const bytes = (random: Random, length: number): Buffer => Buffer.from(random.hex(length * 2), 'hex');
const pairs = (hex: string): string[] => hex.match(/../g) ?? [];

/** A number that no double holds: odd and above 2^53. */
const beyondDouble = (random: Random): bigint =>
  9_007_199_254_740_993n + BigInt(random.int(0, 2_000_000_000)) * 2n;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['card', 'pan', 'cardNumber', 'paymentInstrument'],
      value(random) {
        const base = `${random.pick(['4', '51', '54'])}${random.digits(14)}`.slice(0, 15);
        const pan = `${base}${luhn(base)}`;
        const quads = (text: string) => json((text.match(/.{4}/g) ?? []).join(' '));
        const masked = `${pan.slice(0, 6)}******${pan.slice(12)}`;
        return { legacy: json(masked), right: quads(masked), wrong: quads(pan) };
      },
    },
    {
      name: 'masked_card_in_fours',
      why: 'The same masked card number, with a blank after every four characters.',
    },
    {
      name: 'card_number_unmasked',
      why: 'The six hidden digits of the card number are shown in clear.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['self', 'href', 'paymentUrl', 'statusLink'],
      value(random) {
        const id = beyondDouble(random);
        const path = random.pick(['payments', 'orders', 'claims']);
        const write = (of: bigint | number) => json(`https://api.example.com/v1/${path}/${BigInt(of)}`);
        return { legacy: json(`/v1/${path}/${id}`), right: write(id), wrong: write(Number(id)) };
      },
    },
    {
      name: 'relative_link_made_absolute',
      why: 'The path of the link, with its id, is the same behind the host.',
    },
    {
      name: 'id_in_link_rounded',
      why: 'The id in the link went through a double, so it ends in another digit and names another resource.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['customerGuid', 'mandateId', 'contractUid', 'deviceId'],
      value(random) {
        const parts = [8, 4, 4, 4, 12].map((length) => random.hex(length));
        const swapped = parts.map((part, at) => (at < 3 ? pairs(part).reverse().join('') : part));
        return shown(
          json(`{${parts.join('-').toUpperCase()}}`),
          json(parts.join('-')),
          json(swapped.join('-')),
        );
      },
    },
    {
      name: 'guid_braces_and_case',
      why: 'Braces and capitals are notation; the 128 bits of the id are the same.',
    },
    {
      name: 'guid_byte_order_swapped',
      why: 'The bytes of the first three groups are reversed, as when .NET bytes are read in network order.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['creditorReference', 'remittanceRef', 'paymentReference'],
      value(random) {
        const reference = random.digits(random.int(15, 21));
        const check = String(98n - (BigInt(`${reference}271500`) % 97n)).padStart(2, '0');
        const whole = `RF${check}${reference}`;
        return shown(json((whole.match(/.{1,4}/g) ?? []).join(' ')), json(whole), json(whole.slice(0, 20)));
      },
    },
    {
      name: 'creditor_reference_without_blanks',
      why: 'ISO 11649 references are printed in fours; the characters are equal.',
    },
    {
      name: 'creditor_reference_cut_to_20',
      why: 'References longer than twenty characters lost their end, so the payment matches no invoice.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['fingerprint', 'documentHash', 'checksum', 'sha256'],
      value(random) {
        const hex = random.hex(40);
        const unpadded = pairs(hex).map((byte) => byte.replace(/^0/, ''));
        return shown(json(hex.toUpperCase()), json(hex), json(unpadded.join('')));
      },
    },
    { name: 'hash_lowercased', why: 'Hexadecimal digits mean the same in both cases.' },
    {
      name: 'hash_bytes_without_leading_zero',
      why: 'Bytes below 16 are written with one digit, so the hash is shorter and no longer the hash.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['digest', 'signatureHash', 'contentDigest'],
      value(random) {
        const digest = bytes(random, 32);
        const twice = Buffer.from(digest.toString('latin1'), 'utf8');
        return {
          legacy: json(digest.toString('hex')),
          right: json(digest.toString('base64')),
          wrong: json(twice.toString('base64')),
        };
      },
    },
    { name: 'digest_hex_to_base64', why: 'Hex and Base64 of the same 32 bytes.' },
    {
      name: 'digest_bytes_encoded_as_text',
      why: 'The bytes were encoded as UTF-8 text first: the Base64 holds more than 32 bytes, and others.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['next', 'nextPage', 'moreUrl', 'links.next'],
      value(random) {
        const from = `2026-${random.pick(['01', '04', '07', '10'])}-01`;
        const [page, size] = [random.int(2, 9), random.pick([20, 50, 100])];
        const right = json(`/transactions?page=${page}&size=${size}&from=${from}`);
        const legacy = json(`/transactions?from=${from}&page=${page}&size=${size}`);
        return { legacy, right, wrong: json(`/transactions?page=${page - 1}&size=${size}&from=${from}`) };
      },
    },
    {
      name: 'query_parameters_reordered',
      why: 'The same named query parameters with the same values, in another order.',
    },
    {
      name: 'next_link_to_same_page',
      why: 'The link to the next page asks for the page before it again.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['bic', 'creditorAgent', 'swiftCode'],
      clear: true,
      value(random) {
        const base = `${random.text(letters, 4)}${random.pick(['DE', 'FR', 'IT', 'NL'])}${random.text(letters, 2)}`;
        const branch = random.chance(0.5) ? 'XXX' : random.digits(3);
        return shown(
          json(`${base}${branch}`),
          json(branch === 'XXX' ? base : `${base}${branch}`),
          json(base),
        );
      },
    },
    {
      name: 'bic_head_office_shortened',
      why: 'XXX only says head office, and a BIC of eight characters says the same.',
    },
    {
      name: 'bic_branch_dropped',
      why: 'The branch of the bank is cut off, so the BIC names the head office.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['sessionToken', 'cursor', 'resumeToken', 'signature'],
      value(random) {
        const text = bytes(random, 32).toString('base64');
        const right = text.replace(/=+$/, '');
        return shown(json(text), json(right), json(right.replaceAll('+', ' ')));
      },
    },
    { name: 'base64_padding_dropped', why: 'The padding at the end of Base64 carries no bytes.' },
    {
      name: 'base64_plus_becomes_space',
      why: 'Each plus in the Base64 text became a space, so the bytes are lost.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['mcc', 'merchantCategoryCode'],
      clear: true,
      value(random) {
        const code = random.chance(0.4)
          ? random.pick([742, 763, 780])
          : random.pick([4111, 5411, 5812, 5999, 7011]);
        return shown(`${code}`, json(`${code}`.padStart(4, '0')), json(`${code}`.padEnd(4, '0')));
      },
    },
    {
      name: 'merchant_category_in_four_digits',
      why: 'Merchant category codes have four digits; a number drops the zero in front.',
    },
    {
      name: 'merchant_category_padded_behind',
      why: 'The missing zero was put behind the digits, so 742 (0742, vets) became the code 7420.',
      critical: false,
    },
  ),
];
