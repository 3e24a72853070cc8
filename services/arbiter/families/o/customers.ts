/** Customer master data: names, birth dates, contacts, tax residence. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, givenNames, json, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const entities = twins(
  {
    fields: ['name', 'companyName', 'displayName'],
    value(random) {
      const second = random.pick(['Sons', 'Partner', 'Co. KG', 'Brothers']);
      const irish = random.pick(["O'Brien", "D'Angelo", "O'Neill"]);
      const plain = random.chance(0.7) ? `${random.pick(surnames)} & ${second}` : `${irish} ${second}`;
      const escaped = plain.replaceAll('&', '&amp;').replaceAll("'", '&#039;');
      return shown(json(escaped), json(plain), json(plain.split(/ ?[&']/)[0]));
    },
  },
  {
    name: 'o_html_entities_decoded',
    why: 'The name was escaped for HTML in the database; modern answers the plain characters.',
  },
  {
    name: 'o_name_cut_at_special_character',
    why: 'The name ends before the ampersand or apostrophe: the rest is lost.',
    critical: true,
  },
);

const birth = twins(
  {
    fields: ['birthDate', 'dateOfBirth', 'geburtsdatum'],
    value(random) {
      const day = Day.any(random, 1930, 1999);
      const century = json(`20${day.iso.slice(2)}`);
      const right = json(day.iso);
      const legacy = json(`${day.dd}.${day.mm}.${day.yyyy}`);
      return day.year < 1969 ? { legacy, right, wrong: century } : { legacy, right };
    },
  },
  { name: 'o_birth_date_iso', why: 'The same day of birth, year first.' },
  {
    name: 'o_birth_date_in_next_century',
    why: 'Birth years before 1969 are moved into the century to come: two-digit years on the way.',
    critical: true,
  },
);

const phone = twins(
  {
    fields: ['phone', 'mobile', 'telefon'],
    value(random) {
      const country = random.pick(['49', '49', '43', '41', '33', '44', '48']);
      const [area, number] = [String(random.int(150, 799)), random.digits(7)];
      const right = json(`+${country}${area}${number}`);
      return shown(json(`00${country} ${area} ${number}`), right, json(`+49${area}${number}`));
    },
  },
  {
    name: 'o_phone_international_form',
    why: 'The prefix 00 and the plus sign mean the same; only blanks are gone.',
  },
  {
    name: 'o_phone_country_always_49',
    why: 'Foreign numbers get the German country code: another line.',
    critical: true,
  },
);

const email = twins(
  {
    fields: ['email', 'eMail', 'contactEmail'],
    clear: true,
    least: 2,
    value(random) {
      const tag = random.chance(0.4) ? `+${random.pick(['bank', 'giro', 'post'])}` : '';
      const name = `${random.pick(givenNames)}.${random.pick(surnames)}${tag}`.toLowerCase();
      const address = `${name}@${random.pick(['example.com', 'example.org', 'mail.example.net'])}`;
      return shown(json(address.toUpperCase()), json(address), json(address.replace('+', ' ')));
    },
  },
  { name: 'o_email_lower_case', why: 'Legacy stores addresses in capitals; mail goes to the same mailbox.' },
  {
    name: 'o_email_plus_to_blank',
    why: 'The plus sign became a blank, which makes the address invalid.',
    critical: true,
  },
);

const countries = coded(
  ['taxResidence', 'nationality', 'country'],
  [
    ['DEU', 'DE'],
    ['FRA', 'FR'],
    ['AUT', 'AT', 'AU'],
    ['EST', 'EE', 'ES'],
    ['SWE', 'SE', 'SW'],
    ['POL', 'PL', 'PO'],
    ['PRT', 'PT', 'PR'],
    ['IRL', 'IE', 'IR'],
  ],
  {
    name: 'o_country_alpha3_alpha2',
    why: 'The three-letter and two-letter ISO 3166 codes of the same countries.',
  },
  {
    name: 'o_country_cut_to_two_letters',
    why: 'The first two letters are another country (AU is Australia, IR Iran) or none.',
    critical: true,
  },
  2,
);

const title = coded(
  ['salutation', 'anrede', 'formOfAddress'],
  [
    ['HERR', 'MR'],
    ['FRAU', 'MS', 'MR'],
    ['FIRMA', 'COMPANY', 'MR'],
  ],
  { name: 'o_salutation_translated', why: 'Herr, Frau and Firma in English.' },
  { name: 'o_salutation_always_mr', why: 'Women and companies are addressed as Mr.', critical: false },
);

const risk = coded(
  ['riskClass', 'amlRisk', 'kycRating'],
  [
    ['LOW', 'low'],
    ['LOW', 'low'],
    ['MED', 'medium', 'low'],
    ['HGH', 'high', 'low'],
  ],
  { name: 'o_risk_class_spelled', why: 'The three risk classes are spelled out.' },
  {
    name: 'o_risk_class_always_low',
    why: 'Customers of medium or high risk are answered as low.',
    critical: true,
  },
);

const consent = twins(
  {
    fields: ['consents', 'marketingConsent', 'werbung'],
    value(random) {
      const given = ['email', 'post', 'phone'].map((key) => [key, random.chance(0.5)] as const);
      const written = (yes: (value: boolean) => string) =>
        object(Object.fromEntries(given.map(([key, value]) => [key, yes(value)])));
      const legacy = written((value) => json(value ? 'Y' : 'N'));
      return shown(
        legacy,
        written(String),
        written(() => 'true'),
      );
    },
  },
  { name: 'o_consents_as_booleans', why: 'Y and N are true and false for each channel.' },
  {
    name: 'o_consents_all_given',
    why: 'Channels the customer refused are answered as agreed.',
    critical: false,
  },
);

const address = twins(
  {
    fields: ['addressLines', 'anschrift', 'address'],
    value(random) {
      const first = `${random.pick(streets)} ${random.int(1, 180)}`;
      const second = random.chance(0.5) ? [`Flat ${random.int(1, 60)}`] : [];
      const lines = [first, ...second];
      const legacy = json([...lines, '', '', ''].slice(0, 4));
      return shown(legacy, json(lines), json([first]));
    },
  },
  {
    name: 'o_address_empty_lines_dropped',
    why: 'Only the unused lines of the fixed block of four are gone.',
  },
  {
    name: 'o_address_second_line_dropped',
    why: 'The number of the flat in the second line is missing.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...entities,
  ...birth,
  ...phone,
  ...email,
  ...countries,
  ...title,
  ...risk,
  ...consent,
  ...address,
];
