/** Families of public offices: persons, their numbers and places. */
import { gtinDigit } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { cities, Day, json, object, streets, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const partialBirth = twins(
  {
    fields: ['birthDate', 'dateOfBirth', 'born'],
    least: 4,
    common: (random) => random.pick([0, -1]),
    value(random, shift) {
      const day = Day.any(random, 1930, 2005);
      const known = random.pick(['all', 'month', 'year']);
      if (known === 'all') return shown(json(day.iso), json(day.iso), json(day.iso));
      const [month, right] = known === 'month' ? [day.mm, `${day.yyyy}-${day.mm}`] : ['00', day.yyyy];
      const guessed = Day.of(day.year, known === 'month' ? day.month : 1, 1).plus(shift);
      return shown(json(`${day.yyyy}-${month}-00`), json(right), json(guessed.iso));
    },
  },
  {
    name: 'partial_birth_kept',
    why: 'Zeros stand for an unknown day or month; the known part of the date is the same.',
  },
  {
    name: 'partial_birth_invented',
    why: 'Unknown days and months of birth were made up: a full date that nobody has stated.',
    critical: true,
  },
);

const death = twins(
  {
    fields: ['dateOfDeath', 'deceasedOn', 'deathDate'],
    clear: true,
    value(random) {
      const day = Day.any(random, 2005, 2025);
      const compact = json(day.iso.replaceAll('-', ''));
      if (random.chance(0.3)) return shown(compact, json(day.iso), json(day.iso));
      return {
        legacy: json('00000000'),
        right: random.chance(0.5) ? undefined : 'null',
        wrong: json('1970-01-01'),
      };
    },
  },
  {
    name: 'no_death_absent',
    why: 'Eight zeros are no date: the living have no date of death, absent or null.',
  },
  {
    name: 'living_declared_dead',
    why: 'The empty date became the first day of 1970: living people are dead.',
    critical: true,
  },
);

const coordinates = twins(
  {
    fields: ['location', 'coordinates', 'site', 'position'],
    least: 5,
    common: (random) => random.pick(['sign lost', 'read as decimals'] as const),
    value(random, mistake) {
      const angle = (max: number) => [random.int(1, max), random.int(1, 59), random.int(1, 59)] as const;
      const [lat, lon] = [angle(64), angle(120)];
      const [south, west] = [random.chance(0.2), random.chance(0.5)];
      const degrees = ([d, m, s]: readonly [number, number, number]) =>
        mistake === 'read as decimals' ? Number(`${d}.${two(m)}${two(s)}`) : d + m / 60 + s / 3600;
      const exact = ([d, m, s]: readonly [number, number, number]) => d + m / 60 + s / 3600;
      const modern = (a: number, b: number) => object({ lat: a.toFixed(6), lon: b.toFixed(6) });
      const sign = (negative: boolean) => (negative ? -1 : 1);
      const kept = mistake === 'sign lost' ? [1, 1] : [sign(south), sign(west)];
      const text = (angleOf: readonly number[], letter: string) => `${angleOf.map(two).join(' ')} ${letter}`;
      return shown(
        json(`${text(lat, south ? 'S' : 'N')}, ${text(lon, west ? 'W' : 'E')}`),
        modern(exact(lat) * sign(south), exact(lon) * sign(west)),
        modern(degrees(lat) * (kept[0] ?? 1), degrees(lon) * (kept[1] ?? 1)),
      );
    },
  },
  {
    name: 'degrees_as_decimals',
    why: 'Degrees, minutes and seconds as decimal degrees; south and west are negative.',
  },
  {
    name: 'degrees_misread',
    why: 'Minutes and seconds were read as decimals, or south and west lost their minus: another place.',
    critical: true,
  },
);

const houseNumber = twins(
  {
    fields: ['address', 'street', 'addressLine1'],
    value(random) {
      const street = random.pick(streets);
      const number = random.int(1, 180);
      const [written, right] = random.pick([
        [`${number}`, `${number}`],
        [`${number} a`, `${number}a`],
        [`${number} c`, `${number}c`],
        [`${number}-${number + 4}`, `${number}-${number + 4}`],
      ] as const);
      const modern = (text: string) => object({ street: json(street), houseNumber: json(text) });
      return shown(json(`${street} ${written}`), modern(right), modern(String(number)));
    },
  },
  { name: 'house_number_apart', why: 'Street and house number are the same, in two members.' },
  {
    name: 'house_suffix_lost',
    why: 'The letter or the range of the house number is lost: another door.',
    critical: false,
  },
);

const socialNumber = twins(
  {
    fields: ['socialInsuranceNumber', 'ahvNumber', 'personNumber'],
    least: 2,
    value(random) {
      const group = () =>
        random.chance(0.25) ? `0${random.digits(3)}` : `${random.int(1, 9)}${random.digits(3)}`;
      const base = `756${group()}${group()}${random.int(1, 9)}`;
      const all = base + gtinDigit(base);
      const groups = [all.slice(0, 3), all.slice(3, 7), all.slice(7, 11), all.slice(11)];
      return shown(json(groups.join('.')), json(all), json(groups.map(Number).join('')));
    },
  },
  { name: 'ahv_without_points', why: 'The same thirteen digits without the points between their groups.' },
  {
    name: 'ahv_groups_as_numbers',
    why: 'Leading zeros inside the groups are gone, so the person number has fewer digits.',
    critical: true,
  },
);

const birthplace = twins(
  {
    fields: ['register', 'civilRegister', 'registryEntry'],
    value(random) {
      const [year, number] = [random.int(1950, 2020), random.int(1, 4999)];
      const city = random.pick(cities);
      const modern = (n: number, y: number) =>
        object({ office: json(city), number: String(n), year: String(y) });
      const short = two(year % 100);
      return shown(
        json(`${city.toUpperCase()} ${number}/${year}`),
        modern(number, year),
        modern(number, Number(short) + (Number(short) < 70 ? 2000 : 1900)),
      );
    },
  },
  {
    name: 'registry_entry_split',
    why: 'Office, number and year of the entry are the same, in three members.',
  },
  {
    name: 'registry_year_pivoted',
    why: 'Years were cut to two digits and put in another century, so the entry is of somebody else.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...partialBirth,
  ...death,
  ...coordinates,
  ...houseNumber,
  ...socialNumber,
  ...birthplace,
];
