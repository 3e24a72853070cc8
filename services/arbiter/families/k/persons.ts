/** Persons: names, nationalities, consents and who gets what. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { givenNames, json, list, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const names = twins(
  {
    fields: ['patientName', 'PID-5', 'nextOfKin'],
    value(random: Random) {
      const [last, first] = [random.pick(surnames), random.pick(givenNames)];
      const person = (family: string, given: string) =>
        object({ family: json(family), given: list([json(given)]) });
      return shown(json(`${last}^${first}^^^`), person(last, first), person(first, last));
    },
  },
  {
    name: 'k_hl7_name_to_object',
    why: 'HL7 writes the family name first, then the given name; the object says the same.',
  },
  {
    name: 'k_hl7_name_swapped',
    why: 'The given name is answered as the family name and the family name as the given one.',
    critical: true,
  },
);

const countries = coded(
  ['nationality', 'citizenship', 'countryOfBirth'],
  [
    ['AT', 'AUT', 'AUS'],
    ['AU', 'AUS'],
    ['CH', 'CHE', 'CHN'],
    ['SE', 'SWE'],
    ['IE', 'IRL', 'IRN'],
    ['NG', 'NGA', 'NER'],
    ['SK', 'SVK', 'SVN'],
  ],
  {
    name: 'k_nationality_three_letters',
    why: 'The two- and three-letter ISO codes name the same countries.',
  },
  {
    name: 'k_nationality_neighbour_in_list',
    why: 'Some countries are answered with the code of another, such as Austria as Australia.',
    critical: true,
  },
  2,
);

const purposes = ['research', 'sharing', 'newsletter', 'statistics', 'export'] as const;

const consents = twins(
  {
    fields: ['consents', 'dataConsent', 'permittedUses'],
    value(random: Random) {
      const given = purposes.map((purpose, at) => ({ purpose, yes: at === 0 ? true : random.chance(0.4) }));
      const legacy = object(
        Object.fromEntries(given.map(({ purpose, yes }) => [purpose, json(yes ? 'Y' : 'N')])),
      );
      const granted = given.filter(({ yes }) => yes).map(({ purpose }) => json(purpose));
      const denied = given.filter(({ yes }) => !yes).map(({ purpose }) => json(purpose));
      return shown(
        legacy,
        object({ granted: list(granted), denied: list(denied) }),
        object({ granted: list([...granted, ...denied]), denied: '[]' }),
      );
    },
  },
  {
    name: 'k_consent_flags_to_lists',
    why: 'The purposes marked Y are listed as granted and those marked N as denied.',
  },
  {
    name: 'k_consent_denied_as_granted',
    why: 'Purposes that the person denied are listed as granted.',
    critical: true,
  },
);

const beneficiaries = twins(
  {
    fields: ['beneficiaries', 'payees', 'survivors'],
    value(random: Random) {
      const names = random
        .shuffled(givenNames)
        .slice(0, 3)
        .map((name) => `${name} ${random.pick(surnames)}`);
      const [first, second] = random.pick([
        [50, 30],
        [60, 25],
        [70, 20],
        [45, 35],
      ] as const);
      const percent = [first, second, 100 - first - second];
      const legacy = names.map((name, at) => `${name} ${percent[at]} %`).join(', ');
      const entries = (order: readonly number[]) =>
        list(names.map((name, at) => object({ name: json(name), percent: String(percent[order[at]!]) })));
      return shown(json(legacy), entries([0, 1, 2]), entries([1, 2, 0]));
    },
  },
  {
    name: 'k_beneficiaries_text_to_rows',
    why: 'Each person has the same share in the text and in the rows.',
  },
  {
    name: 'k_beneficiaries_shares_rotated',
    why: 'The same shares are attached to other persons.',
    critical: true,
  },
);

export const families: readonly Family[] = [...names, ...countries, ...consents, ...beneficiaries];
