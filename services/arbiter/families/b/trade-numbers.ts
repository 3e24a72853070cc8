/** Families of numbers on cards, books, phones and accounts that carry rules of their own. */
import { germanIbanDigits, gtinDigit, isbn10Digit, luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A period in words, the same as an ISO 8601 duration, and another one. */
const periods = [
  ['monthly', 'P1M', 'P1Y'],
  ['quarterly', 'P3M', 'P4M'],
  ['half-yearly', 'P6M', 'P2M'],
  ['annually', 'P1Y', 'P1M'],
] as const;

/** Each pair of digits with its nibbles swapped, as EF_ICCID stores them. */
const swapped = (digits: string): string => digits.replace(/(.)(.)/g, '$2$1');

export const families: Family[] = [
  ...twins(
    {
      fields: ['isbn', 'articleNumber', 'title.code', 'sku'],
      value(random) {
        const base = `0${random.digits(8)}`;
        const old = `${base}${isbn10Digit(base)}`;
        const legacy = `${base[0]}-${base.slice(1, 4)}-${base.slice(4)}-${old.at(-1)}`;
        const other = `978${base.slice(0, 7)}${base[8]}${base[7]}`;
        return shown(
          json(legacy),
          json(`978${base}${gtinDigit(`978${base}`)}`),
          json(`${other}${gtinDigit(other)}`),
        );
      },
    },
    {
      name: 'b_isbn_ten_to_thirteen',
      why: 'ISBN-13 puts 978 in front and computes a new check digit: the same book.',
    },
    {
      name: 'b_isbn_other_title',
      critical: false,
      why: 'The thirteen digits are valid but two of the title changed places: another book.',
    },
  ),
  ...twins(
    {
      fields: ['imei', 'deviceId', 'handset', 'equipmentIdentity'],
      value(random) {
        const base = `35${random.digits(12)}`;
        const legacy = `${base.slice(0, 2)}-${base.slice(2, 8)}-${base.slice(8)}-${luhn(base)}`;
        const other = `${base.slice(0, 12)}${base[13]}${base[12]}`;
        return shown(json(legacy), json(`${base}${luhn(base)}`), json(`${other}${luhn(other)}`));
      },
    },
    { name: 'b_imei_hyphens', why: 'Hyphens in an IMEI are for reading only.' },
    {
      name: 'b_imei_other_device',
      critical: true,
      why: 'Two digits of the serial number changed places: the blocked or billed handset is another.',
    },
  ),
  ...twins(
    {
      fields: ['iccid', 'simNumber', 'sim.card', 'uicc'],
      value(random) {
        const payload = `8949${random.digits(14)}`;
        const digits = `${payload}${luhn(payload)}`;
        return shown(json(`${digits}F`), json(digits), json(swapped(`${digits}F`).replace('F', '')));
      },
    },
    { name: 'b_iccid_filler', why: 'The F behind the digits of a SIM card number fills its last nibble.' },
    {
      name: 'b_iccid_nibbles_swapped',
      critical: true,
      why: 'The digits of each byte are swapped, as they lie on the card: no such SIM card exists.',
    },
  ),
  ...twins(
    {
      fields: ['account', 'settlementAccount', 'payoutTo', 'bankDetails'],
      value(random) {
        const blz = `${random.int(1, 8)}${random.digits(7)}`;
        const account = `00${random.int(1, 9)}${random.digits(7)}`;
        const iban = (konto: string): string => json(`DE${germanIbanDigits(blz + konto)}${blz}${konto}`);
        const left = account.replace(/^0+/, '');
        return shown(
          object({ blz: json(blz), konto: json(left) }),
          iban(account),
          iban(left.padEnd(10, '0')),
        );
      },
    },
    {
      name: 'b_german_iban_from_parts',
      why: 'A German IBAN is the bank code and the account padded in front to ten digits, with check digits.',
    },
    {
      name: 'b_german_iban_padded_behind',
      critical: true,
      why: 'The account was padded behind: a valid IBAN of somebody else.',
    },
  ),
  ...twins(
    {
      fields: ['cardExpiry', 'validThru', 'card.exp', 'expiry'],
      once: true,
      value(random) {
        const [month, year] = [random.int(1, 12), random.int(27, 34)];
        return shown(
          json(`${two(month)}/${year}`),
          json({ expiryMonth: month, expiryYear: 2000 + year }),
          json({ expiryMonth: month, expiryYear: 1900 + year }),
        );
      },
    },
    {
      name: 'b_card_expiry_members',
      why: 'The month and the two-digit year embossed on the card, in two members.',
    },
    {
      name: 'b_card_expiry_last_century',
      critical: true,
      why: 'The year of the card fell into the last century, so every payment is declined.',
    },
  ),
  ...twins(
    {
      fields: ['maskedPan', 'cardNumber', 'paymentCard', 'pan'],
      value(random) {
        const base = `4${random.digits(14)}`;
        const pan = `${base}${luhn(base)}`;
        const last = pan.slice(-4);
        const wrong = random.chance(0.5) ? pan : `XXXX XXXX XXXX ${pan.slice(0, 4)}`;
        return shown(json(`************${last}`), json(`XXXX XXXX XXXX ${last}`), json(wrong));
      },
    },
    {
      name: 'b_card_mask_character',
      why: 'Another mask character; the visible last four digits are the same.',
    },
    {
      name: 'b_card_unmasked',
      critical: true,
      why: 'The whole card number is shown, or the four visible digits are other ones.',
    },
  ),
  ...twins(
    {
      fields: ['premium', 'subscriptionFee', 'basePrice', 'instalment'],
      value(random) {
        const [words, duration, other] = random.pick(periods);
        const amount = decimal(minorUnits(random, 500, 90_000), 2);
        const write = (period: string): string => object({ amount, period: json(period) });
        return shown(write(words), write(duration), write(other));
      },
    },
    {
      name: 'b_premium_period_duration',
      why: 'The period in words and as an ISO 8601 duration is the same.',
    },
    {
      name: 'b_premium_period_changed',
      critical: true,
      why: 'The same amount is due in another period, which multiplies or divides the yearly premium.',
    },
  ),
];
