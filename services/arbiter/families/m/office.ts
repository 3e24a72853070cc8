/** A public office: persons, addresses, nationality, appointments, files. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { cities, Day, givenNames, json, list, object, streets, surnames, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const houses = twins(
  {
    fields: ['address', 'residence', 'anschrift'],
    value(random) {
      const [street, number] = [random.pick(streets), `${random.int(1, 140)}`];
      const house = random.chance(0.5) ? `${number}${random.pick(['a', 'b', 'c'])}` : number;
      const city = json(random.pick(cities));
      const split = (text: string) => object({ street: json(street), houseNumber: json(text), city });
      return shown(object({ street: json(`${street} ${house}`), city }), split(house), split(number));
    },
  },
  { name: 'house_number_own_member', why: 'street and house number were split and both kept' },
  {
    name: 'house_letter_lost',
    critical: false,
    why: 'the letter of the house number was lost: 12a is another house than 12',
  },
);

const nations = coded(
  ['nationality', 'citizenship', 'countryOfBirth'],
  [
    ['DE', 'DEU'],
    ['FR', 'FRA'],
    ['IT', 'ITA'],
    ['NL', 'NLD'],
    ['AT', 'AUT', 'AUS'],
    ['CH', 'CHE', 'CHN'],
    ['SE', 'SWE', 'SEN'],
    ['PL', 'POL', 'PLW'],
    ['SK', 'SVK', 'SVN'],
  ],
  {
    name: 'nation_three_letters',
    why: 'the two-letter code of a country became its three-letter code (ISO 3166-1)',
  },
  {
    name: 'nation_of_similar_code',
    critical: true,
    why: 'the three-letter code is that of another country: AUS is not AT, CHN is not CH',
  },
);

const locales = twins(
  {
    fields: ['language', 'letterLanguage', 'locale'],
    least: 3,
    value(random) {
      const tag = random.pick(['de_DE', 'fr_FR', 'pl_PL', 'it_IT', 'tr_TR', 'es_ES']);
      return shown(json(tag), json(tag.replace('_', '-')), '"en-US"');
    },
  },
  {
    name: 'locale_with_hyphen',
    why: 'the same language and country, joined by a hyphen instead of an underscore',
  },
  { name: 'locale_fell_back', critical: false, why: 'the chosen language was replaced by American English' },
);

const appointments = twins(
  {
    fields: ['appointment', 'hearing', 'startsAt'],
    value(random) {
      const summer = random.chance(0.6);
      const day = Day.of(2026, random.pick(summer ? [5, 6, 7, 8] : [1, 2, 12]), random.int(1, 28));
      const local = `${day.iso}T${two(random.int(8, 17))}:${random.pick(['00', '15', '30'])}`;
      const zone = random.pick(['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome']);
      return shown(
        object({ local: json(local), zone: json(zone) }),
        json(`${local}:00+0${summer ? 2 : 1}:00`),
        json(`${local}:00+01:00`),
      );
    },
  },
  {
    name: 'zone_as_its_offset',
    why: 'the offset is the one that the zone has on that day, so the instant is the same',
  },
  {
    name: 'winter_offset_in_summer',
    critical: false,
    why: 'in summer the zone is two hours ahead of UTC, not one: the instant is an hour off',
  },
);

const scans = twins(
  {
    fields: ['scans', 'pages', 'documentPages'],
    value(random) {
      const name = random.pick(['page', 'scan', 'sheet']);
      const files = Array.from({ length: random.int(10, 16) }, (_, at) => `${name}-${at + 1}.tif`);
      return shown(json(files.join(';')), list(files.map(json)), list([...files].sort().map(json)));
    },
  },
  { name: 'pages_as_list', why: 'the pages joined by semicolons became a list in the same order' },
  {
    name: 'pages_sorted_as_text',
    critical: false,
    why: 'the pages of the document are out of order: 10 comes before 2',
  },
);

const quoted = twins(
  {
    fields: ['lastName', 'familyName', 'applicant'],
    least: 3,
    value(random) {
      if (random.chance(0.4)) {
        const plain = json(random.pick(surnames));
        return { legacy: plain, right: plain };
      }
      const name = random.pick(["O'Brien", "D'Angelo", "O'Neill", "Dell'Orto", "O'Connor"]);
      return shown(json(name).replace("'", '\\u0027'), json(name), json(name.replace("'", "''")));
    },
  },
  { name: 'apostrophe_unescaped', why: '\\u0027 in JSON is an apostrophe: both sides answer the same name' },
  {
    name: 'name_with_two_apostrophes',
    critical: false,
    why: 'the apostrophe was doubled for SQL and stayed so in the name',
  },
);

const titles = twins(
  {
    fields: ['addressee', 'recipient', 'citizen'],
    least: 2,
    value(random) {
      const rest = { firstName: json(random.pick(givenNames)), lastName: json(random.pick(surnames)) };
      return random.chance(0.4)
        ? { legacy: object({ title: '"Dr."', ...rest }), right: object({ title: '"Dr."', ...rest }) }
        : shown(object({ title: 'null', ...rest }), object(rest), object({ title: '"null"', ...rest }));
    },
  },
  { name: 'no_title_left_out', why: 'a person without a title: null on one side, no member on the other' },
  {
    name: 'title_is_word_null',
    critical: false,
    why: 'the missing title became the word “null”, which is printed before the name',
  },
);

export const families: readonly Family[] = [
  ...houses,
  ...nations,
  ...locales,
  ...appointments,
  ...scans,
  ...quoted,
  ...titles,
];
