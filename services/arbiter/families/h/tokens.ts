/** Hashes, links to pages, bank and merchant codes, tokens. */
import { type Family, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown } from '../shown.ts';

const letters = 'ABCDEFGHIKLMNPRSTUVW';
const bytes = (random: Random, length: number): Buffer => Buffer.from(random.hex(length * 2), 'hex');
const pairs = (hex: string): string[] => hex.match(/../g) ?? [];

export const families: readonly Family[] = [
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
      least: 3,
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
