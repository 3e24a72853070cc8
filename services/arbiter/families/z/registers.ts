/** Registers of the state: persons, vehicles, companies, land, decisions. */
import { coded } from '../code-table.ts';
import { type Family, mixed, twins } from '../kit.ts';
import { Day, givenNames, json, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const births = twins(
  {
    fields: ['dateOfBirth', 'person.born', 'birthDateRegister'],
    least: 10,
    value(random) {
      const day = Day.any(random, 1931, 2004);
      const known = random.pick(['day', 'day', 'month', 'year']);
      const [legacy, right] =
        known === 'day'
          ? [`${day.dd}.${day.mm}.${day.yyyy}`, { date: day.iso, precision: 'day' }]
          : known === 'month'
            ? [`00.${day.mm}.${day.yyyy}`, { date: `${day.yyyy}-${day.mm}`, precision: 'month' }]
            : [`00.00.${day.yyyy}`, { date: day.yyyy, precision: 'year' }];
      const guessed = known === 'month' ? `${day.yyyy}-${day.mm}-01` : `${day.yyyy}-01-01`;
      return shownJson(legacy, right, known === 'day' ? right : { date: guessed, precision: 'day' });
    },
  },
  {
    name: 'z_birth_date_partly_known',
    why: 'Zeros for an unknown day or month are left out, and the precision says what is known.',
  },
  {
    name: 'z_birth_date_invented_day',
    why: 'Persons whose day or month of birth is unknown get the first as an exact date, which no document supports.',
    critical: true,
  },
);

const accented = [
  'Nguyễn Thị Hạnh',
  'Zoë Brontë',
  'Jiří Dvořák',
  'Ağca Gülşen',
  'José Núñez',
  'Françoise Lefèvre',
  'Ștefan Țurcanu',
  'Björn Åkerström',
  'Ana Kovač',
  'Peter Schmidt',
] as const;

const accents = twins(
  mixed({
    fields: ['fullName', 'holder', 'citizen.name'],
    least: 10,
    value(random) {
      const name = `${random.pick(accented)}${random.chance(0.3) ? `-${random.pick(surnames)}` : ''}`;
      const parts = name.normalize('NFD');
      return shownJson(parts, name.normalize('NFC'), parts.replace(/\p{M}/gu, ''));
    },
  }),
  {
    name: 'z_names_composed_accents',
    why: 'Letters and their marks are written as one character instead of two; Unicode calls both texts the same.',
  },
  {
    name: 'z_names_accents_stripped',
    why: 'The marks of the letters are gone, which makes another name than the one in the register and the passport.',
    critical: true,
  },
);

const plates = twins(
  {
    fields: ['licencePlate', 'kennzeichen', 'vehicle.registration'],
    least,
    value(random) {
      const place = random.pick(['B', 'BA', 'H', 'HA', 'M', 'MA', 'K', 'KA', 'HH', 'WI']);
      const letters = random.text('ABDEFHKLMNPRSTX', 2);
      const number = random.int(10, 999);
      const run = place + letters;
      const at = place.length === 1 ? 2 : 1;
      return shownJson(
        `${place}-${letters} ${number}`,
        { district: place, letters, number },
        { district: run.slice(0, at), letters: run.slice(at), number },
      );
    },
  },
  {
    name: 'z_plate_in_three_parts',
    why: 'The hyphen ends the district and the space the letters; the rewrite gives the three parts of the plate.',
  },
  {
    name: 'z_plate_cut_at_the_wrong_place',
    why: 'The letters are cut at another place than the hyphen, so B-AB 12 becomes BA-B 12, the plate of another vehicle.',
    critical: true,
  },
);

const companyNames = [
  ['Kessler Pumpen GmbH', 'Kessler Fluid Systems GmbH', 'KFS Holding GmbH'],
  ['Brasserie du Nord SARL', 'Brasserie du Nord SAS'],
  ['Oy Lahti Timber Ab', 'Nordwood Oy', 'Nordwood Group Oyj'],
  ['Smith & Sons Ltd', 'Smith Logistics Ltd', 'Smith Logistics plc'],
  ['Panificio Rossi S.n.c.', 'Panificio Rossi S.r.l.'],
] as const;

const companies = twins(
  {
    fields: ['companyNames', 'register.nameHistory', 'denominations'],
    least,
    value(random) {
      const names = random.pick<readonly string[]>(companyNames);
      let since = Day.any(random, 1985, 1999);
      const rows = names.map((name, at) => {
        const from = since;
        since = from.plus(random.int(700, 3500));
        return { name, from: from.iso, to: at === names.length - 1 ? '9999-12-31' : since.plus(-1).iso };
      });
      const shape = (current: number) => ({
        current: rows[current]!.name,
        former: rows
          .filter((_, at) => at !== current)
          .map(({ name, from, to }) => ({ name, from, to: to === '9999-12-31' ? null : to })),
        since: rows[current]!.from,
      });
      return shownJson(rows, shape(rows.length - 1), shape(0));
    },
  },
  {
    name: 'z_company_current_name_apart',
    why: 'The name valid without end is given as the current one and the others as former, each with the same dates.',
  },
  {
    name: 'z_company_first_name_as_current',
    why: 'The name of the foundation is given as the current one, although the register ended it years ago.',
    critical: true,
  },
);

const certificates = twins(
  {
    fields: ['xmlAnswer', 'certificate', 'registerExtract'],
    least,
    value(random) {
      const family = random.pick(surnames);
      const given = random.pick(givenNames);
      const number = random.digits(8);
      const issued = Day.any(random, 2021, 2026).iso.replace('02-29', '02-28');
      const valid = random.chance(0.5);
      const children = random.int(0, 3);
      const legacy = `<?xml version="1.0"?>\n<cert xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" no="${number}" issued="${issued}">\n  <name><family>${family}</family><given>${given}</given></name>\n  <children>${children}</children>\n  <validUntil${valid ? `>${issued.replace(/^\d+/, (year) => String(Number(year) + 10))}</validUntil>` : ' xsi:nil="true"></validUntil>'}\n</cert>`;
      const write = (missing: string) =>
        `<cert issued='${issued}' no='${number}' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><name><family>${family}</family><given>${given}</given></name><children>${children}</children>${valid ? legacy.slice(legacy.indexOf('<validUntil>'), legacy.indexOf('\n</cert>')) : missing}</cert>`;
      return shownJson(
        legacy,
        write('<validUntil xsi:nil="true"/>'),
        write(`<validUntil>${issued}</validUntil>`),
      );
    },
  },
  {
    name: 'z_xml_extract_written_otherwise',
    why: 'Order and quotes of the attributes, white space between elements and the short form of empty elements mean nothing in XML.',
  },
  {
    name: 'z_xml_nil_filled_with_issue_date',
    why: 'Certificates without an end (nil) get the day of issue as their end, so they look expired.',
    critical: true,
  },
);

const documents = twins(
  {
    fields: ['documentUrl', 'decision.link', 'downloadHref'],
    least: 10,
    value(random) {
      const id = `${random.int(2021, 2026)}-${random.digits(7)}`;
      const pages = random.pick(['bescheid.pdf', 'decision.pdf', 'extract.pdf']);
      const asked = 1_760_000_000 + random.int(0, 9_000_000);
      const link = (document: string) =>
        json(
          `https://files.example.gov/d/${document}/${pages}?exp=${asked + random.int(0, 5)}&sig=${random.hex(40)}`,
        );
      const other = `${id.slice(0, -1)}${(Number(id.at(-1)) + random.int(1, 9)) % 10}`;
      return { legacy: link(id), legacy2: link(id), right: link(id), wrong: link(other) };
    },
  },
  {
    name: 'z_signed_link_to_same_document',
    why: 'Expiry and signature of the link are made anew for each answer, in legacy too; it leads to the same document.',
  },
  {
    name: 'z_signed_link_to_other_document',
    why: 'Behind the ever-changing signature the number of the document is another one, so somebody gets a stranger’s decision.',
    critical: true,
  },
);

const countries = coded(
  ['nationality', 'countryOfBirth', 'citizenship'],
  [
    ['Niger', 'NER', 'NGA'],
    ['Nigeria', 'NGA'],
    ['Österreich', 'AUT', 'AUS'],
    ['Australien', 'AUS'],
    ['Slowakei', 'SVK', 'SVN'],
    ['Slowenien', 'SVN'],
    ['Deutschland', 'DEU'],
    ['Guinea', 'GIN', 'GNQ'],
    ['Äquatorialguinea', 'GNQ'],
    ['Vereinigtes Königreich', 'GBR'],
    ['staatenlos', 'XXA'],
  ],
  {
    name: 'z_nationality_to_icao_code',
    why: 'The German name of the state becomes its code of three letters as in passports; XXA is a stateless person.',
  },
  {
    name: 'z_nationality_of_similar_name',
    why: 'States with similar names are confused (Niger and Nigeria, Slovakia and Slovenia), which gives persons another nationality.',
    critical: true,
  },
  10,
);

const shares = twins(
  {
    fields: ['ownership', 'landRegister.shares', 'coOwners'],
    least,
    value(random) {
      const [parts, whole] = random.pick([
        [[1, 2], 3],
        [[1, 1, 1], 3],
        [[1, 5], 6],
        [[127, 873], 1000],
        [[2, 2, 3], 7],
        [[1, 1], 2],
      ] as const);
      const owners = random.shuffled(surnames);
      const shape = (fraction: (part: number) => object) =>
        parts.map((part, at) => ({ owner: owners[at]!, ...fraction(part) }));
      return shownJson(
        parts.map((part, at) => `${owners[at]} ${part}/${whole}`).join('; '),
        shape((part) => ({ numerator: part, denominator: whole })),
        whole === 2
          ? shape((part) => ({ numerator: part, denominator: whole }))
          : shape((part) => ({ numerator: Math.round((part / whole) * 100), denominator: 100 })),
      );
    },
  },
  {
    name: 'z_land_shares_as_fractions',
    why: 'Each owner’s share is given by numerator and denominator, exactly as in the land register.',
  },
  {
    name: 'z_land_shares_in_whole_percent',
    why: 'Thirds, sixths and thousandths are rounded to whole percents, which is another share of the land and may not add up.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...births,
  ...accents,
  ...plates,
  ...companies,
  ...certificates,
  ...documents,
  ...countries,
  ...shares,
];
