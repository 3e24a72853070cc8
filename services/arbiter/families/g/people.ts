/** Names, addresses, rights and contact data. */
import { type Family, type Random, twins } from '../kit.ts';
import { cities, givenNames, json, list, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const apostrophes = ["O'Brien", "D'Angelo", "O'Neill", "L'Estrange", "D'Souza"];
const apostrophe = twins(
  {
    fields: ['holderName', 'payee', 'insuredPerson'],
    least: 2,
    value(random: Random) {
      const name = random.pick(givenNames);
      const surname = random.pick([...apostrophes, random.pick(surnames)]);
      const full = `${name} ${surname}`;
      return shown(json(full.replace("'", "\\'")), json(full), json(full.split("'")[0]));
    },
  },
  {
    name: 'g_apostrophe_without_backslash',
    why: 'The backslash only escaped the apostrophe; the name is the same.',
  },
  { name: 'g_name_ends_at_apostrophe', why: 'The name ends before its apostrophe.', critical: true },
);

const address = twins(
  {
    fields: ['address', 'deliverTo', 'residence'],
    least: 2,
    value(random: Random) {
      const [street, city] = [random.pick(streets), random.pick(cities)];
      const [house, code] = [String(random.int(1, 190)), random.digits(5)];
      const legacy = object({
        street: json(street),
        houseNumber: json(house),
        postalCode: json(code),
        city: json(city),
      });
      const as = (first: string) => list([json(first), json(`${code} ${city}`)]);
      return shown(legacy, as(`${street} ${house}`), as(street));
    },
  },
  {
    name: 'g_address_members_to_lines',
    why: 'Street, house number, postal code and city all stand in the two lines.',
  },
  {
    name: 'g_address_without_house_number',
    why: 'The house number is missing from the lines.',
    critical: false,
  },
);

const countries = ['DE', 'CH', 'FR', 'US', 'PL', 'PT', 'JP', 'IE'];
const tax = twins(
  {
    fields: ['taxProfile', 'kyc', 'person'],
    once: true,
    value(random: Random) {
      const [nation, home] = random.shuffled(countries);
      const as = (residence: string | undefined) =>
        object({
          residence: object({ country: json(residence) }),
          nationality: object({ country: json(nation) }),
        });
      return shown(object({ nationality: json(nation), residence: json(home) }), as(home), as(nation));
    },
  },
  {
    name: 'g_countries_of_person_nested',
    why: 'Nationality and residence are the same countries, each in its own object.',
  },
  {
    name: 'g_residence_is_nationality',
    why: 'The country of residence was overwritten by the nationality.',
    critical: true,
  },
);

const rights = twins(
  {
    fields: ['rights', 'powers', 'mandateScope'],
    value(random: Random) {
      const limit = random.pick([250, 500, 1000, 5000, 20_000]);
      const others = random.shuffled(['VIEW', 'EXPORT', 'ORDER_CARDS']).slice(0, random.int(1, 2));
      const right = (name: string, more: Record<string, string> = {}) =>
        object({ right: json(name), ...more });
      const as = (more: Record<string, string>) =>
        list([...others.map((name) => right(name)), right('PAY', more)]);
      const legacy = json([...others, `PAY(limit=${limit})`].join(';'));
      return shown(legacy, as({ limit: String(limit) }), as({}));
    },
  },
  { name: 'g_rights_with_limit_listed', why: 'The same rights, and the right to pay keeps its limit.' },
  { name: 'g_right_to_pay_without_limit', why: 'The right to pay lost its limit.', critical: true },
);

const approvals = twins(
  {
    fields: ['approval', 'fourEyes', 'release'],
    least: 2,
    value(random: Random) {
      const required = random.int(2, 4);
      const given = random.int(0, required - 1);
      const by = random
        .shuffled(surnames)
        .slice(0, given)
        .map((name) => json(name.toLowerCase()));
      const legacy = object({ required: json(String(required)), given: json(String(given)), by: list(by) });
      const as = (of: number) => object({ required: String(of), given: String(given), by: list(by) });
      return shown(legacy, as(required), as(given));
    },
  },
  { name: 'g_approval_counts_unquoted', why: 'The same approvals are required and given, as numbers.' },
  {
    name: 'g_required_approvals_are_those_given',
    why: 'As many approvals are required as were given, so nothing waits for a second person.',
    critical: true,
  },
);

/** Surnames around the accented letter and its byte in ISO 8859-1. */
const accented = [
  ['M', 'ü', 'FC', 'ller'],
  ['S', 'á', 'E1', 'nchez'],
  ['B', 'ö', 'F6', 'hler'],
  ['Lef', 'è', 'E8', 'vre'],
  ['Mu', 'ñ', 'F1', 'oz'],
] as const;
const encoded = twins(
  {
    fields: ['displayName', 'greetingName', 'recipient'],
    value(random: Random) {
      const [before, letter, code, after] = random.pick(accented);
      const name = random.pick(givenNames);
      const as = (middle: string) => json(`${name} ${before}${middle}${after}`);
      const legacy = json(`=?ISO-8859-1?Q?${name}_${before}=${code}${after}?=`);
      return shown(legacy, as(letter), as(''));
    },
  },
  {
    name: 'g_mail_header_word_decoded',
    why: 'The encoded word of the mail header decodes to exactly this name.',
  },
  {
    name: 'g_mail_header_letter_dropped',
    why: 'The accented letter was dropped when the encoded word was read.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...apostrophe, ...address, ...tax, ...rights, ...approvals, ...encoded,
]; // biome-ignore format: a list of names
