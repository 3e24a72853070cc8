/** Registers of persons, land and companies: identity numbers, passports, parcels, kinship, powers to sign. */

import { luhn } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { Day, givenNames, json, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, inDomain, only, padded, pair } from './domain.ts';

const routes = [
  'GET /persons/{id}',
  'GET /register/extracts/{no}',
  'POST /applications',
  'GET /cadastre/parcels/{id}',
];

const personnummer = pair(
  routes,
  {
    fields: ['personnummer', 'personId', 'pnr'],
    value(random) {
      const old = random.chance(0.3);
      const born = old ? Day.any(random, 1908, 1919) : Day.any(random, 1935, 2015);
      const payload = `${born.yyyy.slice(2)}${born.mm}${born.dd}${random.digits(3)}`;
      const [date, last] = [payload.slice(0, 6), payload.slice(6) + luhn(payload)];
      return shownJson(
        `${born.yyyy.slice(0, 2)}${date}${last}`,
        `${date}${old ? '+' : '-'}${last}`,
        `${date}-${last}`,
      );
    },
  },
  {
    name: 'dd_personnummer_short_form',
    why: 'The short Swedish number marks persons of a hundred years and more by a plus instead of the century.',
  },
  {
    name: 'dd_personnummer_centenarian_reborn',
    why: 'A minus instead of a plus makes a person born in 1912 one born in 2012.',
    critical: true,
  },
);

const relations = [
  ['parent of', 'child of'],
  ['guardian of', 'ward of'],
  ['landlord of', 'tenant of'],
  ['employer of', 'employee of'],
  ['creditor of', 'debtor of'],
] as const;
const relation = pair(
  routes,
  {
    fields: ['relationship', 'link', 'kinship'],
    value(random) {
      const [one, inverse] = random.pick(relations);
      const [a, b] = random
        .shuffled(givenNames)
        .slice(0, 2)
        .map((given) => `${given} ${random.pick(surnames)}`);
      return shownJson(
        { person: a, is: one, other: b },
        { person: b, is: inverse, other: a },
        { person: b, is: one, other: a },
      );
    },
  },
  {
    name: 'dd_relation_told_from_other_side',
    why: 'A is the parent of B, and B is the child of A, is the same fact told from the other side.',
  },
  {
    name: 'dd_relation_persons_swapped',
    why: 'The persons changed places but the relation was not inverted: the child became the parent.',
    critical: true,
  },
);

const signing = inDomain(
  routes,
  coded(
    ['signingAuthority', 'zeichnungsart', 'powers'],
    [
      ['Einzelunterschrift', 'sole signature'],
      ['Kollektivunterschrift zu zweien', 'joint signature of two', 'sole signature'],
      ['Einzelprokura', 'sole procuration'],
      ['Kollektivprokura zu zweien', 'joint procuration of two', 'sole procuration'],
      ['ohne Zeichnungsberechtigung', 'no signing authority'],
    ],
    {
      name: 'dd_signing_power_in_english',
      why: 'The powers of the Swiss commercial register by their usual English names.',
    },
    {
      name: 'dd_signing_joint_as_sole',
      why: 'Persons who may sign only two together are answered as signing alone.',
      critical: true,
    },
    8,
  ),
);

const mrzValue = (character: string) => (character === '<' ? 0 : Number.parseInt(character, 36));
const mrzDigit = (text: string) =>
  String([...text].reduce((sum, character, at) => sum + mrzValue(character) * [7, 3, 1][at % 3]!, 0) % 10);
const passport = pair(
  ['POST /borders/checks', 'GET /documents/{id}', 'POST /kyc/documents'],
  {
    fields: ['mrz', 'travelDocument', 'line2'],
    value(random) {
      const born = random.chance(0.35) ? Day.any(random, 1934, 1949) : Day.any(random, 1950, 2012);
      const expiry = Day.any(random, 2027, 2034);
      const number = random.pick([...'CFGHJKLM']) + random.text('0123456789CFGHJKLMNPRTVWXYZ', 8);
      const nationality = random.pick(['FRA', 'ITA', 'POL', 'NLD', 'ESP', 'AUT']);
      const sex = random.pick(['M', 'F']);
      const short = ({ yyyy, mm, dd }: Day) => `${yyyy.slice(2)}${mm}${dd}`;
      const [b, e, personal] = [short(born), short(expiry), '<'.repeat(14)];
      const checked = [number, b, e].map((text) => text + mrzDigit(text));
      const overall = mrzDigit(`${checked.join('')}${personal}0`);
      const line = `${checked[0]}${nationality}${checked[1]}${sex}${checked[2]}${personal}0${overall}`;
      const data = (birthDate: string) => ({ number, nationality, birthDate, sex, expiryDate: expiry.iso });
      return shownJson(line, data(born.iso), data(born.year < 1950 ? `20${born.iso.slice(2)}` : born.iso));
    },
  },
  {
    name: 'dd_passport_line_read',
    why: 'The second machine-readable line holds number, nationality, birth, sex and expiry, all stated in the object.',
  },
  {
    name: 'dd_passport_birth_in_future',
    why: 'Birth years below 50 were put into this century: holders born in the 1930s and 1940s are not born yet.',
    critical: true,
  },
);

const week = only(
  routes,
  {
    fields: ['appointment', 'payoutDay', 'termin'],
    value(random) {
      const day = random.chance(0.4)
        ? Day.of(random.int(2015, 2026), random.pick([1, 12]), random.pick([1, 2, 3, 29, 30, 31]))
        : Day.any(random, 2015, 2026);
      const weekday = ((day.date.getUTCDay() + 6) % 7) + 1;
      const thursday = day.plus(4 - weekday);
      return {
        legacy: json(`${thursday.yyyy}-W${padded(Math.ceil(thursday.ordinal / 7), 2)}-${weekday}`),
        right: json(day.iso),
      };
    },
  },
  {
    name: 'dd_week_date_as_calendar_day',
    why: 'ISO 8601 week dates as calendar days; about New Year the year of the week may differ from the calendar year.',
  },
);

const parcel = broken(
  routes,
  {
    fields: ['parcel', 'flurstueck', 'lot'],
    value(random) {
      const [sheet, numerator] = [random.int(1, 24), random.int(2, 190)];
      const denominator = random.chance(0.7) ? random.pick([2, 3, 4, 5, 6, 8, 10, 12]) : undefined;
      const object = (parcelNumber: string) => json({ flur: sheet, flurstueck: parcelNumber });
      if (denominator === undefined)
        return { legacy: json(`Flur ${sheet}, Flurstück ${numerator}`), right: object(String(numerator)) };
      return shown(
        json(`Flur ${sheet}, Flurstück ${numerator}/${denominator}`),
        object(`${numerator}/${denominator}`),
        object(String(Number((numerator / denominator).toFixed(2)))),
      );
    },
  },
  {
    name: 'dd_parcel_number_divided',
    why: 'The number of a divided parcel such as 12/4 was computed as a fraction: parcel 3 belongs to somebody else.',
    critical: true,
  },
);

export const families = [...personnummer, ...relation, ...signing, ...passport, ...week, ...parcel];
