/** A card issuer and acquirer: cards, approval codes, merchants and card brands. */
import { luhn } from '../check-digits.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { json, list, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const shops = [
  'CAFE CENTRAL',
  'BOOKS AND MORE',
  'GREEN GROCER 0412',
  'FUEL STOP 18',
  'SHOE CORNER',
  'CITY PHARMACY',
];
/** Towns as the clearing file spells them, with their countries. */
const places = [
  ['LEEDS', 'GB'],
  ['BREMEN', 'DE'],
  ['PORTO', 'PT'],
  ['LYON', 'FR'],
  ['GDANSK', 'PL'],
  ['TURIN', 'IT'],
  ['MALMO', 'SE'],
  ['BOSTON', 'US'],
] as const;

function cardNumber(random: Random): string {
  const base = random.chance(0.2)
    ? `37${random.digits(12)}`
    : `${random.pick(['4', '51', '54'])}${random.digits(15)}`.slice(0, 15);
  return base + luhn(base);
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['cardExpiry', 'expiryDate', 'validThru'],
      clear: true,
      least: 3,
      value(random) {
        const month = random.int(1, 12);
        const year = random.int(27, month === 2 ? 28 : 30);
        return shownJson(`${two(month)}/${year}`, `20${year}-${two(month)}`, `2026-${two(month)}-${year}`);
      },
    },
    {
      name: 'card_expiry_month_year',
      why: 'A card expires at the end of a month, and 09/27 and 2027-09 are the same month.',
    },
    {
      name: 'card_expiry_year_read_as_day',
      critical: true,
      why: 'The year of MM/YY is read as a day of this year, so good cards count as expired.',
    },
  ),
  ...twins(
    {
      fields: ['cardNumber', 'maskedPan', 'card'],
      value(random) {
        const number = cardNumber(random);
        const masked = (sign: string) =>
          number.slice(0, 6) + sign.repeat(number.length - 10) + number.slice(-4);
        return shownJson(masked('*'), masked('X'), number);
      },
    },
    {
      name: 'card_number_other_mask_sign',
      why: 'The same six first and four last digits are shown; only the sign of the mask is another one.',
    },
    {
      name: 'card_number_unmasked',
      critical: true,
      why: 'Legacy hides the middle digits of the card, the rewrite gives the whole card number away.',
    },
  ),
  ...twins(
    {
      fields: ['authCode', 'approvalCode', 'authorizationId'],
      clear: true,
      always: true,
      value(random) {
        const code = random.chance(0.4)
          ? `${random.int(1, 9)}${random.digits(3)}E${random.int(1, 6)}`
          : `${random.text('ABCDFGHKLMNPRSTUVWXYZ', 1)}${random.digits(5)}`;
        const number = Number(code);
        return shownJson(`${code}  `, code, Number.isNaN(number) ? code : String(number));
      },
    },
    {
      name: 'auth_code_trailing_blanks',
      why: 'The approval codes only lose the blanks that filled the field.',
    },
    {
      name: 'auth_code_read_as_exponent',
      critical: true,
      why: 'Codes like 7412E3 are read as numbers with an exponent and become another code.',
    },
  ),
  ...twins(
    {
      fields: ['cardAcceptor', 'merchantLocation', 'merchant'],
      value(random) {
        const name = random.pick(shops);
        const [city, country] = random.pick(places);
        const line = name.padEnd(25) + city.padEnd(13) + country;
        const cut = (at: number) => ({
          name: line.slice(0, at).trimEnd(),
          city: line.slice(at, 38).trimEnd(),
          country,
        });
        return shownJson(line, cut(25), cut(26));
      },
    },
    {
      name: 'merchant_line_split',
      why: 'The fixed columns of name, city and country are the same texts in an object of three.',
    },
    {
      name: 'merchant_line_split_one_off',
      critical: false,
      why: 'The columns are cut one place too late, so the first letter of the city hangs on the name.',
    },
  ),
  ...twins(
    {
      fields: ['acceptedSchemes', 'acceptedBrands', 'enabledNetworks'],
      clear: true,
      value(random) {
        const all = ['VISA', 'MASTERCARD', 'AMEX', 'MAESTRO', 'DINERS', 'JCB', 'UNIONPAY'];
        const legacy = random.shuffled(all).slice(0, random.int(3, 6));
        const right = [...legacy].sort();
        const lost = random.pick(legacy);
        return {
          legacy: list(legacy.map(json)),
          right: list(right.map(json)),
          wrong: list(right.filter((brand) => brand !== lost).map(json)),
        };
      },
    },
    {
      name: 'card_brands_sorted',
      why: 'The brands a terminal accepts are a set; the same brands stand in the order of the alphabet.',
    },
    {
      name: 'card_brands_one_lost',
      critical: false,
      why: 'One of the brands that the terminal accepts is missing in the rewrite.',
    },
  ),
];
