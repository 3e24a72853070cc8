/** Where people live and how to reach them. */
import { twins } from '../kit.ts';
import { cities, givenNames, json, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const addressLines = twins(
  {
    fields: ['address', 'deliveryAddress', 'billingAddress', 'adresse'],
    value(random) {
      const street = `${random.int(1, 240)} ${random.pick(streets)}`;
      const flat = random.chance(0.7) ? `Flat ${random.int(1, 30)}` : '';
      const city = random.pick(cities);
      const joined = (lines: readonly string[]) => json(lines.filter((line) => line !== '').join(', '));
      return shown(json([street, flat, city]), joined([street, flat, city]), joined([street, city]));
    },
  },
  { name: 'e_address_lines_joined', why: 'The lines that are not empty stand in one text, in order.' },
  {
    name: 'e_second_address_line_lost',
    critical: false,
    why: 'The second line, the flat, is missing wherever there was one.',
  },
);

const houseNumbers = twins(
  {
    fields: ['street', 'strasse', 'streetLine', 'domicile'],
    value(random) {
      const street = random.pick(['Bahnhofstrasse', 'Lindenweg', 'Marktplatz', 'Am Ring', 'Seeallee']);
      const number = String(random.int(1, 180));
      const letter = random.chance(0.4) ? random.pick(['a', 'b', 'c', '/3', '-14']) : '';
      const body = (house: string) => object({ street: json(street), houseNumber: json(house) });
      return shown(json(`${street} ${number}${letter}`), body(number + letter), body(number));
    },
  },
  { name: 'e_house_number_split_off', why: 'The house number moved to a member of its own, whole.' },
  {
    name: 'e_house_number_loses_letter',
    critical: false,
    why: 'What followed the digits of the house number is lost: 12a became 12.',
  },
);

const zipPlus4 = twins(
  {
    fields: ['zip', 'postalCode', 'zipCode'],
    value(random) {
      const zip = random.chance(0.4) ? `0${random.digits(4)}` : `${random.int(1, 9)}${random.digits(4)}`;
      const more = random.digits(4);
      return shown(json(zip + more), json(`${zip}-${more}`), json(`${zip.replace(/^0+/, '')}-${more}`));
    },
  },
  {
    name: 'e_zip_hyphenated',
    why: 'A hyphen before the last four digits is the usual writing of a nine-digit ZIP.',
  },
  {
    name: 'e_zip_leading_zero_lost',
    critical: false,
    why: 'ZIP codes of New England lost their leading zero.',
  },
);

const phones = twins(
  {
    fields: ['phone', 'mobile', 'smsNumber', 'msisdn'],
    once: true,
    value(random) {
      const country = random.pick(['44', '49', '33', '48', '46', '351']);
      const rest = `${random.int(2, 9)}${random.digits(8)}`;
      return shown(json(`00${country} ${rest}`), json(`+${country}${rest}`), json(`+49${country}${rest}`));
    },
  },
  {
    name: 'e_double_nought_to_plus',
    why: 'The prefix 00 and the plus sign both start an international number.',
  },
  {
    name: 'e_home_country_put_in_front',
    critical: true,
    why: 'The code +49 stands in front of a number that has its country code: nobody or a stranger is called.',
  },
);

const emails = twins(
  {
    fields: ['email', 'loginName', 'contactEmail', 'notifyTo'],
    value(random) {
      const user = `${random.pick(givenNames)}.${random.pick(surnames)}`.toLowerCase();
      const tag = random.chance(0.5) ? `+${random.pick(['bank', 'shop', 'bills', '2024'])}` : '';
      const domain = random.pick(['Example.COM', 'Mail.Example.org', 'example.net', 'POST.example']);
      const right = `${user}${tag}@${domain.toLowerCase()}`;
      return shown(json(`${user}${tag}@${domain}`), json(right), json(right.replace('+', ' ')));
    },
  },
  {
    name: 'e_email_domain_in_lower_case',
    why: 'The domain of an address ignores case; the part before @ is equal.',
  },
  {
    name: 'e_email_plus_became_space',
    critical: true,
    why: 'The plus in an address became a space: no such mailbox, and another login.',
  },
);

export const families = [...addressLines, ...houseNumbers, ...zipPlus4, ...phones, ...emails];
