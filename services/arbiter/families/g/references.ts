/** Ids, references, hashes and links. */
import { createHash } from 'node:crypto';
import { type Family, type Random, twins } from '../kit.ts';
import { json, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const urn = twins(
  {
    fields: ['payment', 'contractRef', 'resource'],
    least: 3,
    value(random: Random) {
      const kind = random.pick(['payment', 'contract', 'claim', 'order']);
      const id = random.int(1_000_000, 9_999_998);
      const as = (of: number) => object({ kind: json(kind), id: json(String(of)) });
      return shown(json(`urn:bank:${kind}:${id}`), as(id), as(id + 1));
    },
  },
  { name: 'g_urn_taken_apart', why: 'The same kind and id, in two members.' },
  { name: 'g_urn_of_next_record', why: 'The id is that of the next record.', critical: true },
);

const creditor = twins(
  {
    fields: ['creditorReference', 'structuredRef', 'paymentRef'],
    once: true,
    value(random: Random) {
      const reference = `RF${random.digits(2)}${random.digits(16)}`;
      const legacy = reference.replace(/(.{4})(?=.)/g, '$1 ');
      return shown(json(legacy), json(reference), json(reference.slice(0, 16)));
    },
  },
  { name: 'g_creditor_reference_ungrouped', why: 'The same creditor reference without its blanks.' },
  {
    name: 'g_creditor_reference_cut',
    why: 'The creditor reference was cut after sixteen characters.',
    critical: true,
  },
);

const emptyDigest = createHash('sha256').digest('base64');
const digest = twins(
  {
    fields: ['documentHash', 'sha256', 'contentDigest'],
    value(random: Random) {
      const hex = random.hex(64);
      return shown(json(hex), json(Buffer.from(hex, 'hex').toString('base64')), json(emptyDigest));
    },
  },
  { name: 'g_digest_hex_to_base64', why: 'The same 32 bytes, in base64 instead of hexadecimal digits.' },
  { name: 'g_digest_of_nothing', why: 'Every document gets the SHA-256 of empty content.', critical: true },
);

const signed = twins(
  {
    fields: ['downloadUrl', 'documentLink', 'pdf'],
    least: 4,
    value(random: Random) {
      const id = random.int(10_000, 99_998);
      const as = (of: number) =>
        json(`https://files.bank.example/documents/${of}?signature=${random.hex(32)}`);
      return { legacy: as(id), legacy2: as(id), right: as(id), wrong: as(id + 1) };
    },
  },
  {
    name: 'g_signed_link_each_time',
    why: 'The link names the same document; its signature is new in each answer of legacy too.',
  },
  {
    name: 'g_signed_link_to_other_document',
    why: 'Beneath the changing signature the link names another document.',
    critical: true,
  },
);

const query = twins(
  {
    fields: ['returnUrl', 'searchLink', 'self'],
    least: 2,
    value(random: Random) {
      const [name, town] = [
        random.pick(surnames),
        random.pick(['St Gallen', 'New York', 'Bad Ems', 'La Paz']),
      ];
      const as = (blank: string) =>
        json(`https://shop.example/orders?holder=${name}&city=${town.replace(' ', blank)}`);
      return shown(as('+'), as('%20'), as('%2520'));
    },
  },
  { name: 'g_blank_in_query_as_percent_20', why: 'A plus and %20 both stand for a blank in a query.' },
  {
    name: 'g_blank_in_query_encoded_twice',
    why: 'The blank was encoded twice, so the query now holds the text %20.',
    critical: false,
  },
);

const challenge = twins(
  {
    fields: ['challenge', 'otp', 'session'],
    least: 4,
    value(random: Random) {
      const left = random.int(2, 5);
      const as = (attempts: number) =>
        object({ challengeId: json(`ch_${random.hex(24)}`), attemptsLeft: String(attempts) });
      return { legacy: as(left), legacy2: as(left), right: as(left), wrong: as(0) };
    },
  },
  {
    name: 'g_challenge_id_each_time',
    why: 'Only the drawn id differs, as between two runs of legacy; the attempts left agree.',
  },
  {
    name: 'g_challenge_without_attempts',
    why: 'Beside the drawn id no attempt is left, where both runs of legacy leave several.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...urn, ...creditor, ...digest, ...signed, ...query, ...challenge,
]; // biome-ignore format: a list of names
