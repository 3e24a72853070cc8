/** Public registers: passports, uncertain birthdays, objections, addresses, imperial years. */
import { type Family, mixed } from '../kit.ts';
import { Day, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './sized.ts';

/** A check digit of ICAO 9303. */
function icaoDigit(text: string): string {
  const value = (character: string) => (character === '<' ? 0 : Number.parseInt(character, 36));
  const sum = [...text].reduce((total, character, at) => total + value(character) * [7, 3, 1][at % 3]!, 0);
  return String(sum % 10);
}
const short = (day: Day) => `${day.yyyy.slice(2)}${day.mm}${day.dd}`;
const passports = pair(
  {
    fields: ['mrz', 'travelDocument', 'documentData', 'passLine2'],
    once: true,
    value(random) {
      const number = `${random.text('ABCDEFGHJKLMNPRSTUVWXYZ', 2)}${random.digits(7)}`;
      const nation = random.pick(['NLD', 'SWE', 'POL', 'PRT', 'CAN', 'AUS', 'IND']);
      const born = Day.any(random, 1931, 2009);
      const expiry = Day.any(random, 2025, 2033);
      const sex = random.pick(['F', 'M']);
      const parts = [number, short(born), short(expiry), '<'.repeat(14)].map(
        (part) => part + icaoDigit(part),
      );
      const line = `${parts[0]}${nation}${parts[1]}${sex}${parts[2]}${parts[3]}`;
      const legacy = line + icaoDigit(parts.join(''));
      const modern = (birth: string) => ({
        number,
        nationality: nation,
        birthDate: birth,
        sex,
        expiryDate: expiry.iso,
      });
      const pivoted = born.year <= 1968 ? born.year + 100 : born.year;
      return shownJson(legacy, modern(born.iso), modern(`${pivoted}${born.iso.slice(4)}`));
    },
  },
  {
    name: 'bb_passport_line_as_members',
    why: 'Number, nationality, birth, sex and expiry are what the machine-readable line says; nobody is born in the future.',
  },
  {
    name: 'bb_passport_birth_in_the_future',
    why: 'Two-digit birth years up to 68 are put into this century, so older holders are born decades from now.',
    critical: true,
  },
);

/** Registers of refugees and of old records know some births by year or month only. */
const birthdays = pair(
  mixed({
    fields: ['birthDate', 'geburtsdatum', 'dob', 'born'],
    value(random) {
      const day = Day.any(random, 1940, 2015);
      const known = random.pick(['day', 'day', 'day', 'month', 'year'] as const);
      if (known === 'day')
        return { legacy: json(`${day.dd}.${day.mm}.${day.yyyy}`), right: json({ date: day.iso }) };
      const month = known === 'month';
      return shownJson(
        `00.${month ? day.mm : '00'}.${day.yyyy}`,
        { date: month ? `${day.yyyy}-${day.mm}` : day.yyyy },
        { date: month ? `${day.yyyy}-${day.mm}-01` : `${day.yyyy}-01-01` },
      );
    },
  }),
  {
    name: 'bb_partial_birth_date_reduced_precision',
    why: 'Unknown days and months, zeros in legacy, are left out of the ISO date; nothing is said that was not known.',
  },
  {
    name: 'bb_partial_birth_date_made_first_of_january',
    why: 'A birth known only by its year or month becomes an exact day, which decides on coming of age and on identity checks.',
    critical: true,
  },
);

/** Objections to ways of contact, or the ways that are allowed. */
const ways = ['EMAIL', 'SMS', 'PHONE', 'POST'] as const;
const objections = pair(
  {
    fields: ['contactPermissions', 'marketing', 'gdprFlags', 'werbesperre'],
    value(random) {
      const objected = ways.map(() => random.chance(0.45));
      const legacy = ways.map((way, at) => `OBJECTS_TO_${way}=${objected[at] ? 'Y' : 'N'}`).join(',');
      const modern = (allowed: (objects: boolean) => boolean) =>
        ways
          .filter((_, at) => allowed(objected[at]!))
          .map((way) => way.toLowerCase())
          .sort();
      return shownJson(
        legacy,
        { allowed: modern((objects) => !objects) },
        { allowed: modern((objects) => objects) },
      );
    },
  },
  {
    name: 'bb_objections_as_allowed_ways',
    why: 'Allowed are exactly the ways of contact that the person did not object to.',
  },
  {
    name: 'bb_objections_taken_for_permissions',
    why: 'The negation is lost: people are contacted in just the ways they objected to.',
    critical: true,
  },
);

const polishStreets = [
  'Długa',
  'Mickiewicza',
  'Krótka',
  'Świętego Ducha',
  'Lipowa',
  '3 Maja',
  'Źródlana',
] as const;
const polishTowns = [
  '00-950 Warszawa',
  '80-831 Gdańsk',
  '31-009 Kraków',
  '50-102 Wrocław',
  '90-001 Łódź',
] as const;
const addresses = pair(
  {
    fields: ['address', 'adres', 'residence', 'deliveryPoint'],
    value(random) {
      const street = random.pick(polishStreets);
      const building = `${random.int(1, 160)}${random.chance(0.15) ? random.pick(['A', 'B']) : ''}`;
      const flat = random.chance(0.7) ? String(random.int(1, 60)) : undefined;
      const [code, town] = random.pick(polishTowns).split(' ');
      const legacy = `ul. ${street} ${building}${flat ? `/${flat}` : ''}, ${code} ${town}`;
      const modern = (house: string, apartment: string | null) => ({
        country: 'PL',
        city: town,
        postalCode: code,
        street,
        buildingNumber: house,
        apartment,
      });
      return shownJson(
        legacy,
        modern(building, flat ?? null),
        modern(flat ?? building, flat ? building : null),
      );
    },
  },
  {
    name: 'bb_polish_address_as_members',
    why: 'Before the slash of a Polish address stands the building, after it the flat; all other parts are kept.',
  },
  {
    name: 'bb_polish_address_flat_as_building',
    why: 'Building and flat are swapped, so bailiffs, ambulances and letters go to another house.',
    critical: true,
  },
);

/** Japanese years count from the beginning of an emperor's reign. */
const eras = [
  { letter: 'S', start: Day.of(1926, 12, 25) },
  { letter: 'H', start: Day.of(1989, 1, 8) },
  { letter: 'R', start: Day.of(2019, 5, 1) },
] as const;
const imperial = pair(
  {
    fields: ['seinengappi', 'registeredOn', 'wareki', 'kosekiDate'],
    value(random) {
      const day = Day.any(random, 1948, 2025);
      const era = eras.findLast(({ start }) => start.epochDay <= day.epochDay)!;
      const year = day.year - era.start.year + 1;
      const legacy = `${era.letter}${year}.${day.month}.${day.day}`;
      const late = `${day.year + 1}-${day.mm}-${day.dd}`;
      return shown(json(legacy), json(day.iso), json(era.letter === 'S' ? day.iso : late));
    },
  },
  {
    name: 'bb_japanese_era_date_as_iso',
    why: 'The first year of an era is the year it began in, so H1 is 1989 and R6 is 2024.',
  },
  {
    name: 'bb_japanese_era_date_one_year_late',
    why: 'The years of Heisei and Reiwa are counted from zero, so these dates are one year late.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...passports,
  ...birthdays,
  ...objections,
  ...addresses,
  ...imperial,
];
