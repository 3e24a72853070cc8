import { type Family, type Random, twins } from '../kit.ts';
import { cities, json, object, streets } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const houseNumber = twins(
  {
    fields: ['address', 'residence', 'misc', 'p3'],
    value: (random) => {
      const suffix = random.chance(0.6) ? random.pick(['A', 'B', 'C']) : '';
      const [street, number, city] = [random.pick(streets), random.int(1, 148), random.pick(cities)];
      const answer = (end: string) =>
        object({ street: json(street), houseNumber: json(`${number}${end}`), city: json(city) });
      const legacy = json(`${street}  ${number} ${suffix}`.trimEnd().padEnd(34) + city);
      return shown(legacy, answer(suffix), answer(''));
    },
  },
  {
    name: 'address_line_in_parts',
    why: 'Street, house number with its letter, and city are the same, taken out of one line.',
  },
  {
    name: 'house_number_letter_lost',
    critical: true,
    why: 'The letter of the house number is gone: 12A and 12 are two houses.',
  },
);

const personNumber = twins(
  {
    fields: ['personNumber', 'socialSecurityNumber', 'taxpayerId'],
    clear: true,
    value: (random) => {
      const digits = `${random.chance(0.4) ? '0' : ''}${random.int(10_000_000_000, 99_999_999_999)}`.slice(
        0,
        11,
      );
      const spaced = `${digits.slice(0, 2)} ${digits.slice(2, 5)} ${digits.slice(5, 8)} ${digits.slice(8)}`;
      const bare = json(digits);
      return digits.startsWith('0')
        ? shown(json(spaced), bare, json(digits.slice(1)))
        : { legacy: json(spaced), right: bare };
    },
  },
  { name: 'person_number_ungrouped', why: 'The same eleven digits without the spaces between their groups.' },
  {
    name: 'person_number_leading_zero_lost',
    critical: true,
    why: 'Person numbers that begin with a zero have ten digits instead of eleven: no such number exists.',
  },
);

/** German letters of the 7-bit code DIN 66003. */
const germanIn7Bit: Readonly<Record<string, string>> = { '{': 'ä', '|': 'ö', '}': 'ü', '~': 'ß' };
const germanNames = [
  'M}ller',
  'Sch|n',
  'Kr{mer',
  'Wei~',
  'J{ger',
  'K|hler',
  'Gr}nwald',
  'B{r',
  'Schmidt',
  'Becker',
  'Wolf',
];

const sevenBit = twins(
  {
    fields: ['familyName', 'lastName', 'birthName'],
    clear: true,
    least: 6,
    value: (random: Random) => {
      const legacy = random.pick(germanNames);
      const name = legacy.replace(/[{|}~]/g, (sign) => germanIn7Bit[sign]!);
      return shownJson(legacy, name, legacy.replace(/[{|}~]/g, ''));
    },
  },
  {
    name: 'din_66003_letters_as_unicode',
    why: 'Braces, bar and tilde are the umlauts and sharp s of German 7-bit hosts; the names are the same.',
  },
  {
    name: 'umlauts_of_names_dropped',
    critical: false,
    why: 'The letters that stood for umlauts were dropped: Mller is not the name Müller.',
  },
);

export const families: Family[] = [houseNumber, personNumber, sevenBit].flat();
