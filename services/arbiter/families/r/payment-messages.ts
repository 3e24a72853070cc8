/** Fields of payment messages: references, agents, remittance; from MQ copybooks to JSON. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const banks = ['DEUTDEFF', 'BNPAFRPP', 'BARCGB22', 'UBSWCHZH', 'INGBNL2A', 'CHASUS33', 'NDEASESS'] as const;

const endToEnd = (random: Random): string =>
  `${random.pick(['INV', 'SAL', 'E2E', 'RENT', 'ORD'])}-${random.int(2024, 2026)}-${random.digits(6)}`;

/** Free text of a credit transfer, in the lines of 35 characters that field 70 of an MT103 has. */
function remittance(random: Random): { lines: string[]; text: string } {
  const parts = Array.from(
    { length: random.int(3, 6) },
    () =>
      `INVOICE ${random.digits(7)} OF ${Day.any(random, 2024, 2026).iso} ${decimal(minorUnits(random), 2)} EUR`,
  );
  const text = parts.join('; ').slice(0, 140);
  return { lines: text.match(/.{1,35}/g) ?? [], text };
}

/** An ISO 11649 creditor reference for digits. */
function creditorReference(digits: string): string {
  return `RF${String(98n - (BigInt(`${digits}271500`) % 97n)).padStart(2, '0')}${digits}`;
}

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['creditorAgent', 'bic', 'receiverBic', 'BICFI'],
      clear: true,
      value: (random) => {
        const bank = random.pick(banks);
        if (random.chance(0.6)) return shownJson(bank, `${bank}XXX`, `${bank}XXX`);
        const branch = `${bank}${random.digits(3)}`;
        return shownJson(branch, branch, `${bank}XXX`);
      },
    },
    {
      name: 'r_bic_of_head_office_filled',
      why: 'A BIC of eight characters and the same with branch XXX both name the head office.',
    },
    {
      name: 'r_bic_branch_replaced',
      critical: true,
      why: 'A BIC that names a branch is answered as the one of the head office, so the payment goes to another office.',
    },
  ),
  ...twins(
    {
      fields: ['remittanceInformation', 'unstructured', 'paymentDetails'],
      value: (random) => {
        const { lines, text } = remittance(random);
        return shownJson(lines, text, lines.slice(0, 2).join(''));
      },
    },
    {
      name: 'r_remittance_lines_joined',
      why: 'The lines of 35 characters are cut anywhere; joined they are the text that the rewrite answers.',
    },
    {
      name: 'r_remittance_after_second_line_lost',
      critical: false,
      why: 'Only the first two of the lines of the remittance text are kept, so invoices are missing from it.',
    },
  ),
  ...twins(
    {
      fields: ['endToEndId', 'EndToEndIdentification', 'originatorReference'],
      clear: true,
      common: (random) => random.chance(0.5),
      value: (random, absent) => {
        const none = absent ? undefined : 'null';
        if (random.chance(0.5)) return { legacy: '"NOTPROVIDED"', right: none };
        const id = json(endToEnd(random));
        return { legacy: id, right: id, wrong: none };
      },
    },
    {
      name: 'r_not_provided_left_out',
      why: 'NOTPROVIDED is what payment schemes write where there is no reference; the rewrite leaves it empty and keeps real ones.',
    },
    {
      name: 'r_reference_of_payer_lost',
      critical: true,
      why: 'References that the payer did give are missing in the rewrite, so the payment cannot be matched.',
    },
  ),
  ...twins(
    {
      fields: ['messageId', 'MsgId', 'fileReference'],
      least: 6,
      always: true,
      common: (random) => `PAYHUB-20261123-${random.hex(8)}`,
      value: (random, same) => {
        const fresh = () => json(`PAYHUB-20261123-${random.hex(8)}`);
        return { legacy: fresh(), right: fresh(), wrong: json(same), legacy2: fresh() };
      },
    },
    {
      name: 'r_message_id_fresh_each_time',
      why: 'The message id is new on every run, in a second run of legacy too; the rewrite draws ids of the same form.',
    },
    {
      name: 'r_message_id_always_the_same',
      critical: true,
      why: 'Legacy draws a new message id each time, the rewrite repeats one for every message, which a clearing refuses as duplicate.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['creditorReference', 'structuredReference', 'paymentReference'],
      value: (random) => {
        const plain = creditorReference(`${random.int(1, 9)}${random.digits(random.int(15, 20))}`);
        return shownJson(plain.replace(/(.{4})(?=.)/g, '$1 '), plain, plain.slice(0, 16));
      },
    },
    {
      name: 'r_creditor_reference_electronic_form',
      why: 'ISO 11649 prints a creditor reference in groups of four and stores it without blanks: the same reference.',
    },
    {
      name: 'r_creditor_reference_cut_at_sixteen',
      critical: true,
      why: 'Creditor references are cut after 16 characters, so that they name another or no invoice.',
    },
  ),
];
