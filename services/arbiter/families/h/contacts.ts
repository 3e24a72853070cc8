/** Contact data, countries and the roles of persons. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { givenNames, json, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const fullName = (random: Random): string => `${random.pick(givenNames)} ${random.pick(surnames)}`;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['mobile', 'phone', 'smsTanNumber', 'contactPhone'],
      value(random) {
        const [country, area] = random.pick([
          ['44', '20'],
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
    4,
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
