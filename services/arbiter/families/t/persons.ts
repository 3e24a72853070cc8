/** A public administration: the register of persons (COBOL and Natural to Python). */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, givenNames, json, list, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const nameColumns = twins(
  {
    fields: ['personName', 'holder', 'FLD-014', 'id'],
    value: (random) => {
      const [family, given] = [random.pick(surnames), random.pick(givenNames)];
      const legacy = object({
        FAMILY_NAME: json(family.toUpperCase().padEnd(25)),
        GIVEN_NAME: json(given.toUpperCase().padEnd(15)),
      });
      const answer = (last: string, first: string) =>
        object({ familyName: json(last), givenName: json(first) });
      return shown(legacy, answer(family, given), answer(given, family));
    },
  },
  { name: 'name_columns_trimmed', why: 'The same family and given name without padding and in mixed case.' },
  {
    name: 'family_and_given_name_swapped',
    critical: true,
    why: 'The family name stands under the given name and the other way round: a wrong identity.',
  },
);

const unknownDay = twins(
  {
    fields: ['birthDate', 'dateOfBirth'],
    clear: true,
    least: 6,
    value: (random) => {
      const day = Day.any(random, 1930, 1990);
      const full = `${day.yyyy}${day.mm}${day.dd}`;
      if (random.chance(0.6)) return { legacy: json(full), right: json(day.iso) };
      if (random.chance(0.5)) return shownJson(`${day.yyyy}0000`, day.yyyy, `${day.yyyy}-01-01`);
      return shownJson(`${day.yyyy}${day.mm}00`, `${day.yyyy}-${day.mm}`, `${day.yyyy}-${day.mm}-01`);
    },
  },
  {
    name: 'partly_unknown_birth_date',
    why: 'Zeros for an unknown day or month became a date that leaves them out.',
  },
  {
    name: 'unknown_birth_day_invented',
    critical: true,
    why: 'Where legacy says that the day or month is unknown the rewrite answers the first, a birth date nobody recorded.',
  },
);

const nationalities = twins(
  {
    fields: ['nationalities', 'citizenships', 'col7', 'data'],
    least: 3,
    value: (random) => {
      const codes = random
        .shuffled(['FRA', 'DEU', 'TUR', 'ITA', 'POL', 'BRA', 'MAR', 'USA'])
        .slice(0, random.int(1, 3));
      return shown(
        json(codes.join(' ').padEnd(11)),
        list(codes.map(json)),
        list(codes.slice(0, 1).map(json)),
      );
    },
  },
  {
    name: 'nationalities_column_as_list',
    why: 'The three columns of country codes became a list of the same codes.',
  },
  {
    name: 'second_nationality_lost',
    critical: true,
    why: 'Persons with more than one nationality have only the first in the rewrite.',
  },
);

const disclosure = twins(
  {
    fields: ['disclosure', 'addressProtection', 'registerNote'],
    clear: true,
    value: (random) => {
      const blocked = random.chance(0.4);
      const answer = (allowed: boolean) => object({ addressMayBeDisclosed: json(allowed) });
      return shown(
        object({ ADDRESS_DISCLOSURE_BLOCKED: blocked ? '"Y"' : '"N"' }),
        answer(!blocked),
        answer(blocked),
      );
    },
  },
  {
    name: 'disclosure_block_as_permission',
    why: 'Blocked Y is the same as may be disclosed false: name and value turn round together.',
  },
  {
    name: 'disclosure_block_read_as_permission',
    critical: true,
    why: 'The name was turned round but not the value: protected addresses may be given to anybody.',
  },
);

const civilStatus = coded(
  ['civilStatus', 'maritalStatus', 'x1'],
  [
    ['SINGLE    ', 'single'],
    ['MARRIED   ', 'married'],
    ['DIVORCED  ', 'divorced', 'single'],
    ['WIDOWED   ', 'widowed', 'married'],
    ['SEPARATED ', 'separated', 'divorced'],
  ],
  {
    name: 'civil_status_trimmed_lower_case',
    why: 'The same word of civil status without padding and in lower case.',
  },
  {
    name: 'civil_status_of_another_kind',
    critical: true,
    why: 'Divorced persons are answered as single, widowed ones as married: another civil status.',
  },
  4,
);

export const families: Family[] = [nameColumns, unknownDay, nationalities, disclosure, civilStatus].flat();
