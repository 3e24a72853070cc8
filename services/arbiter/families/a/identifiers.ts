/** Identifiers: bank accounts, articles, records. */
import { faithful, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

/** Check digits of ISO 7064 mod 97-10, as IBANs have them. */
function ibanCheck(country: string, account: string): string {
  const digits = `${account}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}

function iban(random: Random): string {
  const [country, length] = random.pick([
    ['DE', 18],
    ['ES', 20],
    ['AT', 16],
    ['PL', 24],
  ] as const);
  const account = random.digits(length);
  return country + ibanCheck(country, account) + account;
}

/** The check digit of a GTIN or EAN (weights 3, 1 from the right). */
function gtinCheck(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

/** Two neighbouring different characters swapped; the text itself when there are none. */
function transposed(text: string, from: number): string {
  for (let at = from; at + 1 < text.length; at += 1) {
    const [one = '', two = ''] = [text[at], text[at + 1]];
    if (one !== two) return text.slice(0, at) + two + one + text.slice(at + 2);
  }
  return text;
}

const guid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
const bytesReversed = (hex: string): string => (hex.match(/../g) ?? []).reverse().join('');

export const families = [
  ...twins(
    {
      fields: ['iban', 'creditorAccount', 'payTo', 'DEBTOR-ACCT'],
      value(random) {
        const plain = iban(random);
        const wrong = transposed(plain, plain.length - 6);
        const legacy = json(plain.replace(/(.{4})(?=.)/g, '$1 '));
        return wrong === plain
          ? { legacy, right: json(plain) }
          : { legacy, right: json(plain), wrong: json(wrong) };
      },
    },
    { name: 'iban_without_spaces', why: 'The groups of four are the printed form of the same IBAN.' },
    {
      name: 'iban_digits_transposed',
      critical: true,
      why: 'Two digits changed places: another account, with a check sum that fails.',
    },
  ),
  ...twins(
    {
      fields: ['bic', 'swiftCode', 'agent', 'beneficiaryBank'],
      value(random) {
        const bank = random.pick(['DEUTDEFF', 'BNPAFRPP', 'CHASUS33', 'UBSWCHZH', 'BARCGB22', 'NDEASESS']);
        const branch = random.pick(['500', 'DBO', '80A', 'MUC']);
        return random.chance(0.5)
          ? { legacy: json(bank), right: json(`${bank}XXX`) }
          : { legacy: json(`${bank}${branch}`), right: json(`${bank}${branch}`), wrong: json(`${bank}XXX`) };
      },
    },
    { name: 'bic_of_8_as_11', why: 'XXX is the head office, which a BIC of eight letters means as well.' },
    {
      name: 'bic_branch_lost',
      critical: true,
      why: 'The branch of an eleven-letter BIC was replaced by XXX, the head office.',
    },
  ),
  ...twins(
    {
      fields: ['correlationId', 'customerGuid', 'ROWID_RAW', 'policyUid'],
      value(random) {
        const hex = random.hex(32);
        const mixed =
          bytesReversed(hex.slice(0, 8)) +
          bytesReversed(hex.slice(8, 12)) +
          bytesReversed(hex.slice(12, 16)) +
          hex.slice(16);
        return { legacy: json(hex.toUpperCase()), right: json(guid(hex)), wrong: json(guid(mixed)) };
      },
    },
    {
      name: 'raw16_as_uuid',
      why: 'Thirty-two hex digits of an Oracle RAW(16) with dashes put in and in lower case: the same id.',
    },
    {
      name: 'raw16_as_mixed_endian_guid',
      critical: true,
      why: 'The bytes of the first three groups are reversed, as .NET does: another id.',
    },
  ),
  faithful(
    {
      fields: ['contractId', 'deviceId', 'sessionKey'],
      value(random) {
        const id = guid(random.hex(32));
        return { legacy: json(`{${id.toUpperCase()}}`), right: json(`urn:uuid:${id}`) };
      },
    },
    {
      name: 'braced_guid_as_urn',
      why: 'A GUID in braces and the URN of the same UUID; hexadecimal digits have no case.',
    },
  ),
  ...twins(
    {
      fields: ['ean', 'gtin', 'article', 'barcode'],
      value(random) {
        const body = `${random.int(1, 9)}${random.digits(10)}`;
        const right = `0${body}${gtinCheck(body)}`;
        const other = (gtinCheck(body) + random.int(1, 9)) % 10;
        return { legacy: json(right.slice(1)), right: json(right), wrong: json(`0${body}${other}`) };
      },
    },
    {
      name: 'upc_as_ean',
      why: 'A UPC of twelve digits is the EAN of thirteen with a leading zero; the check digit stays.',
    },
    {
      name: 'barcode_check_digit_wrong',
      critical: false,
      why: 'The last digit changed, so the check digit fails: no such article.',
    },
  ),
];
