/** A ministry of labour: dates of birth, numbers of persons, insured periods and names. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, givenNames, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

/** A French social security number: its 13 characters, and its key of two digits (97 minus the number modulo 97; 2A counts as 19). */
function frenchNumber(random: Random): { text: string; key: string; corsican: boolean } {
  const corsican = random.chance(0.35);
  const place = corsican ? '2A' : random.pick(['13', '31', '33', '59', '69', '75']);
  const [head, tail] = [
    `${random.int(1, 2)}${two(random.int(50, 99))}${two(random.int(1, 12))}`,
    random.digits(6),
  ];
  const key = 97n - (BigInt(head + place.replace('2A', '19') + tail) % 97n);
  return { text: head + place + tail, key: two(Number(key)), corsican };
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['birthDate', 'dateOfBirth', 'bornOn'],
      clear: true,
      always: true,
      value(random) {
        const born = Day.any(random, 1938, 2004);
        const first = Day.of(born.year, born.month, 1);
        if (random.chance(0.25)) return shownJson(`${born.yyyy}0000`, born.yyyy, `${born.year - 1}-11-30`);
        if (random.chance(0.15))
          return shownJson(`${born.yyyy}${born.mm}00`, `${born.yyyy}-${born.mm}`, first.plus(-1).iso);
        return { legacy: json(born.iso.replaceAll('-', '')), right: json(born.iso) };
      },
    },
    {
      name: 'birth_date_unknown_day_left_out',
      why: 'Zeros stand for an unknown month or day, and the rewrite leaves the unknown parts out.',
    },
    {
      name: 'birth_date_unknown_day_rolled_back',
      critical: true,
      why: 'Month or day zero is calculated back into the month before: a birth date that nobody ever stated.',
    },
  ),
  ...twins(
    {
      fields: ['socialSecurityNumber', 'nir', 'insuredPerson'],
      always: true,
      value(random) {
        const { text, key, corsican } = frenchNumber(random);
        const cuts = [1, 3, 5, 7, 10, 13];
        const spaced = cuts.map((end, at) => text.slice(cuts[at - 1] ?? 0, end)).join(' ');
        const legacy = `${spaced} ${key}`;
        return corsican
          ? shownJson(legacy, text + key, text.replace('2A', '19') + key)
          : { legacy: json(legacy), right: json(text + key) };
      },
    },
    { name: 'french_number_without_blanks', why: 'The same number with its key, only without blanks.' },
    {
      name: 'french_number_corsica_replaced',
      critical: true,
      why: 'The 2A of Corsica, replaced by 19 to calculate the key, is given out so: the number of somebody else.',
    },
  ),
  ...twins(
    {
      fields: ['insurancePeriod', 'coverage', 'entitledDuring'],
      value(random) {
        const first = Day.any(random, 2015, 2024);
        const last = first.plus(random.int(30, 1400));
        return shownJson(
          `${first.iso} to ${last.iso} inclusive`,
          `[${first.iso},${last.plus(1).iso})`,
          `[${first.iso},${last.iso})`,
        );
      },
    },
    {
      name: 'period_as_half_open_range',
      why: 'A half-open range that ends before the next day holds exactly the same days.',
    },
    {
      name: 'period_loses_last_day',
      critical: true,
      why: 'The last day belongs to the period in legacy, and the half-open range of the rewrite excludes it.',
    },
  ),
  ...twins(
    {
      fields: ['secondGivenName', 'middleName', 'nameAtBirth'],
      clear: true,
      least: 3,
      always: true,
      value(random) {
        if (random.chance(0.5)) return shownJson(null, '', 'None');
        const name = json(random.pick(givenNames));
        return { legacy: name, right: name };
      },
    },
    {
      name: 'no_second_name_empty',
      why: 'Oracle keeps no empty strings, so null and the empty text both say there is no such name.',
    },
    {
      name: 'no_second_name_none',
      critical: false,
      why: 'People without a second name get the name None.',
    },
  ),
];
