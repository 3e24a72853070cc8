/** Identifiers, references and digests. */
import { germanIbanDigits } from '../check-digits.ts';
import { type Random, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const uuid = (hex: string) =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
const bytesReversed = (hex: string) => hex.match(/../g)?.reverse().join('') ?? '';

const guids = twins(
  {
    fields: ['contractGuid', 'tenantId', 'objectId', 'correlation'],
    value(random) {
      const hex = `${random.hex(12)}4${random.hex(3)}${random.pick(['8', '9', 'a', 'b'])}${random.hex(15)}`;
      const mixed = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16)].map(bytesReversed).join('');
      return shown(json(`{${uuid(hex).toUpperCase()}}`), json(uuid(hex)), json(uuid(mixed + hex.slice(16))));
    },
  },
  {
    name: 'e_guid_without_braces',
    why: 'Braces and case are the notation of .NET; the 32 digits are equal.',
  },
  {
    name: 'e_guid_bytes_in_other_order',
    critical: true,
    why: 'The bytes of the first three groups are reversed: another identifier, of no record.',
  },
);

const accountKeys = twins(
  {
    fields: ['accountKey', 'contractKey', 'portfolio', 'depot'],
    value(random) {
      const [branch, account, sub] = [random.digits(4), random.digits(8), `0${random.int(0, 9)}`];
      const modern = (suffix: string) =>
        object({ branch: json(branch), account: json(account), sub: json(suffix) });
      return shown(json(`${branch}/${account}/${sub}`), modern(sub), modern('00'));
    },
  },
  { name: 'e_account_key_in_members', why: 'The three parts of the key stand in members of their own.' },
  {
    name: 'e_sub_account_always_nought',
    critical: true,
    why: 'The sub-account is always 00: another account of the same customer.',
  },
);

const groups = (text: string) => text.match(/.{1,4}/g) ?? [];
const references = twins(
  {
    fields: ['paymentReference', 'mandateReference', 'invoiceRef', 'endToEnd'],
    value(random) {
      const text = Array.from({ length: 4 }, () =>
        random.chance(0.3) ? `0${random.digits(3)}` : `${random.int(1, 9)}${random.digits(3)}`,
      ).join('');
      const asNumbers = groups(text).map((group) => String(Number(group)));
      return shown(json(text), json(groups(text).join(' ')), json(asNumbers.join(' ')));
    },
  },
  { name: 'e_reference_in_groups_of_four', why: 'Spaces after every fourth digit; the digits are equal.' },
  {
    name: 'e_reference_group_loses_zeros',
    critical: true,
    why: 'Groups with leading zeros lost them: the reference is shorter and another.',
  },
);

const maskedCards = twins(
  {
    fields: ['maskedPan', 'cardNumber', 'card', 'fundingSource'],
    value(random) {
      const pan = `${random.pick(['4', '5'])}${random.digits(15)}`;
      const mask = groups(`${'*'.repeat(12)}${pan.slice(-4)}`).join(' ');
      const wrong = groups(`${pan.slice(0, 4)}${'*'.repeat(12)}`).join(' ');
      return shown(json(`${'*'.repeat(12)}${pan.slice(-4)}`), json(mask), json(wrong));
    },
  },
  { name: 'e_masked_card_in_groups', why: 'The same mask and last four digits in groups of four.' },
  {
    name: 'e_card_masked_at_wrong_end',
    critical: true,
    why: 'The first digits are shown and the last are hidden: the card can no longer be told.',
  },
);

const digests = twins(
  {
    fields: ['sha256', 'documentHash', 'fingerprint', 'checksum'],
    value(random) {
      const hex = random.hex(64);
      const right = Buffer.from(hex, 'hex').toString('base64');
      return shown(json(hex), json(right), json(Buffer.from(random.hex(64), 'hex').toString('base64')));
    },
  },
  { name: 'e_digest_hex_as_base64', why: 'Base64 of the very bytes that legacy writes in hex.' },
  {
    name: 'e_digest_of_other_bytes',
    critical: false,
    why: 'Decoded, the digest has other bytes: something else was hashed.',
  },
);

const base64Variants = twins(
  {
    fields: ['signature', 'publicKey', 'attachmentId', 'thumbprint'],
    least: 2,
    value(random) {
      const bytes = Buffer.from(random.hex(random.pick([40, 44, 64])), 'hex');
      const right = bytes.toString('base64url');
      return shown(json(bytes.toString('base64')), json(right), json(right.replace(/[-_]/g, '')));
    },
  },
  { name: 'e_base64_for_urls', why: 'The URL alphabet of base64 without padding encodes the same bytes.' },
  {
    name: 'e_base64_loses_plus_and_slash',
    critical: true,
    why: 'The characters for 62 and 63 were removed: the text no longer decodes to the bytes.',
  },
);

function iban(random: Random): string {
  const bban = `${random.pick(['37040044', '10050000', '50010517', '70020270'])}${random.digits(10)}`;
  return `DE${germanIbanDigits(bban)}${bban}`;
}
const counterparties = twins(
  {
    fields: ['parties', 'transfer', 'payment', 'order'],
    once: true,
    value(random) {
      const [from, to] = [iban(random), iban(random)];
      const modern = (debtor: string, creditor: string) =>
        object({ debtor: object({ iban: json(debtor) }), creditor: object({ iban: json(creditor) }) });
      const legacy = object({ debtorIban: json(from), creditorIban: json(to) });
      return shown(legacy, modern(from, to), modern(from, from));
    },
  },
  { name: 'e_parties_as_objects', why: 'Each IBAN moved into an object of its party; both are equal.' },
  {
    name: 'e_creditor_overwritten_by_debtor',
    critical: true,
    why: 'The IBAN of the debtor stands for both parties: the money goes back to the payer.',
  },
);

export const families = [
  ...guids,
  ...accountKeys,
  ...references,
  ...maskedCards,
  ...digests,
  ...base64Variants,
  ...counterparties,
];
