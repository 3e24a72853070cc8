/** Card masks, links and ids. */
import { luhn } from '../check-digits.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown } from '../shown.ts';

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
      least: 3,
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
];
