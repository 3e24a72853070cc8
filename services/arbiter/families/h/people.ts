/** Names, addresses and contact data. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { cities, givenNames, json, list, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const accented = ['Müller', 'Gómez', 'Łukasz', 'Čapek', 'Åström', 'Gonçalves', 'Fußler', 'Élise', 'Ørsted'];
const plain = ['Miller', 'Haddad', 'Murphy', 'Silva'];

/** A text as a writer of ASCII-only JSON puts it: every other character escaped. */
const escaped = (text: string): string =>
  json(text).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const fullName = (random: Random): string => `${random.pick(givenNames)} ${random.pick(surnames)}`;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['holder', 'payeeName', 'insuredPerson', 'customerName'],
      value(random) {
        const [given, last, second] = [random.pick(givenNames), random.pick(surnames), random.pick(surnames)];
        const double = random.chance(0.4) && last !== second;
        const family = double ? `${last} ${second}` : last;
        return shown(json(`${family}, ${given}`), json(`${given} ${family}`), json(`${given} ${last}`));
      },
    },
    {
      name: 'given_name_first',
      why: 'Family name, comma, given name is the same person as given name, family name.',
    },
    {
      name: 'second_surname_lost',
      why: 'Only the first word of a double family name was kept.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['address', 'deliveryAddress', 'riskAddress', 'domicile'],
      value(random) {
        const suffix = random.chance(0.5) ? random.pick(['a', 'b', 'c', '-14', '/2']) : '';
        const [street, city] = [random.pick(streets), random.pick(cities)];
        const number = random.int(1, 12);
        const write = (house: string) =>
          object({ street: json(street), houseNumber: json(house), city: json(city) });
        return shown(
          list([json(`${street} ${number}${suffix}`), json(city)]),
          write(`${number}${suffix}`),
          write(`${number}`),
        );
      },
    },
    {
      name: 'address_lines_into_members',
      why: 'Street, house number and city of the lines are the members.',
    },
    {
      name: 'house_number_suffix_lost',
      why: '12a became 12: the house number was read as a number.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['lastName', 'accountHolder', 'beneficiary', 'policyHolder'],
      value(random) {
        const name = random.pick(random.chance(0.7) ? accented : plain);
        return shown(escaped(name), json(name), json(Buffer.from(name, 'utf8').toString('latin1')));
      },
    },
    {
      name: 'unicode_escapes_resolved',
      why: 'An escape in JSON and the character itself are the same text.',
    },
    {
      name: 'utf8_read_as_latin1',
      why: 'Each accented letter became two wrong characters: UTF-8 was read as Latin-1.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['name', 'signatory', 'cardholder', 'ownerName'],
      value(random) {
        const name = `${random.pick(givenNames)} ${random.pick(random.chance(0.7) ? accented : plain)}`;
        return shown(json(name.normalize('NFD')), json(name), json(name.replace(/[^ -~]/g, '?')));
      },
    },
    { name: 'accents_composed', why: 'Composed and decomposed accents are canonically equal in Unicode.' },
    {
      name: 'accents_to_question_marks',
      why: 'Letters outside ASCII were replaced by question marks.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['zip', 'postalCode', 'zipPlus4'],
      clear: true,
      value(random) {
        const first = random.chance(0.4) ? '0' : random.pick(['1', '3', '6', '9']);
        const [zip, four] = [`${first}${random.int(1_000, 9_999)}`, random.digits(4)];
        return shown(json(`${zip}${four}`), json(`${zip}-${four}`), json(`${Number(zip)}-${four}`));
      },
    },
    { name: 'zip_hyphenated', why: 'Nine digits of a US postal code, with the usual hyphen after five.' },
    {
      name: 'zip_leading_zero_lost',
      why: 'The leading zero of New England codes is gone, leaving four digits.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['mobile', 'phone', 'smsTanNumber', 'contactPhone'],
      value(random) {
        const [country, area] = random.pick([
          ['44', '20'],
          ['44', '161'],
          ['49', '30'],
          ['49', '171'],
          ['33', '6'],
        ]);
        const [a, b] = [random.int(2_000, 9_999), random.digits(4)];
        const legacy = json(`+${country} (0)${area} ${a} ${b}`);
        return {
          legacy,
          right: json(`+${country}${area}${a}${b}`),
          wrong: json(`+${country}0${area}${a}${b}`),
        };
      },
    },
    {
      name: 'phone_to_e164',
      why: 'The trunk zero in brackets and the spaces are not dialled with the country code.',
    },
    {
      name: 'phone_trunk_zero_kept',
      why: 'The zero in brackets stays after the country code, which dials another number.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['email', 'loginEmail', 'contactAddress', 'recipient'],
      value(random) {
        const local = fullName(random).toLowerCase().replace(' ', '.');
        const tag = random.chance(0.4) ? `+${random.pick(['bank', 'shop', 'bills'])}` : '';
        const domain = random.pick(['Example.com', 'EXAMPLE.ORG', 'Mail.Example.net']);
        const write = (mark: string) => json(`${local}${mark}@${domain.toLowerCase()}`);
        return shown(json(`${local}${tag}@${domain}`), write(tag), write(tag.replace('+', ' ')));
      },
    },
    {
      name: 'email_domain_lowercased',
      why: 'Domain names know no case; the part before the @ is untouched.',
    },
    {
      name: 'email_plus_becomes_space',
      why: 'The plus was decoded to a space, which is no valid address.',
      critical: true,
    },
  ),
  ...coded(
    ['country', 'taxCountry', 'nationality', 'residence'],
    [
      ['DEU', 'DE'],
      ['FRA', 'FR'],
      ['ITA', 'IT'],
      ['CHE', 'CH'],
      ['AUT', 'AT', 'AU'],
      ['IRL', 'IE', 'IR'],
      ['SWE', 'SE', 'SW'],
      ['POL', 'PL', 'PO'],
      ['UKR', 'UA', 'UK'],
    ],
    {
      name: 'country_alpha3_to_alpha2',
      why: 'Three-letter and two-letter ISO 3166 codes of the same countries.',
    },
    {
      name: 'country_code_cut_to_two',
      why: 'The three-letter code was cut, so Austria became Australia and Ireland Iran.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['surname', 'merchantName', 'payer', 'displayName'],
      value(random) {
        const name = random.pick(["O'Neill", "D'Angelo", "O'Brien", 'Miller', "L'Hermite", 'Silva']);
        return shown(json(`${name}   `), json(name), json(name.replace("'", "''")));
      },
    },
    {
      name: 'name_padding_removed',
      why: 'Only the blanks of a fixed-length field are gone from the end of the name.',
    },
    {
      name: 'apostrophe_doubled',
      why: 'The apostrophe is doubled as in an SQL text, so the name of the person is another one.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['owners', 'accountParties', 'holders'],
      value(random) {
        const [one, two] = random.shuffled(surnames).slice(0, 2);
        const [holder, partner] = [
          [random.pick(givenNames), `${one}`],
          [random.pick(givenNames), `${two}`],
        ] as const;
        const legacyOf = ([first, last]: readonly [string, string]) =>
          object({ first: json(first), last: json(last) });
        const write = (a: readonly [string, string], b: readonly [string, string]) =>
          object({ holder: json(a.join(' ')), authorised: json(b.join(' ')) });
        const legacy = object({ holder: legacyOf(holder), authorised: legacyOf(partner) });
        return { legacy, right: write(holder, partner), wrong: write(partner, holder) };
      },
    },
    {
      name: 'person_object_to_name',
      why: 'First and last name of each person are joined; the roles are kept.',
    },
    {
      name: 'holder_and_authorised_swapped',
      why: 'The authorised person is stated as holder of the account and the holder as authorised.',
      critical: true,
    },
  ),
];
