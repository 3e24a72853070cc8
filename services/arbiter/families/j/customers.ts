/** Customers: names, addresses, identities, roles. */
import { coded } from '../code-table.ts';
import { defect, type Family, twins } from '../kit.ts';
import { Day, givenNames, json, list, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const accented = [
  'Müller',
  'Gößmann',
  'Sørensen',
  'Núñez',
  'Lefèvre',
  'Dvořák',
  'Åkesson',
  'Schäfer',
  'Gonçalves',
];
const person = (given: string, family: string) => json(`${given} ${family}`);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['lastName', 'surname', 'NACHNAME'],
      value(random) {
        const name = random.chance(0.5) ? random.pick(surnames) : random.pick(accented);
        const ascii = [...name].filter((letter) => letter <= '~').join('');
        return shown(json(name.padEnd(30)), json(name), json(ascii));
      },
    },
    { name: 'j-customer-name-trimmed', why: 'Only the filling blanks of the name are gone.' },
    {
      name: 'j-customer-name-accents-dropped',
      critical: false,
      why: 'Letters with accents are missing from the name.',
    },
  ),
  ...twins(
    {
      fields: ['birthDate', 'dateOfBirth', 'GEBDAT'],
      value(random) {
        const day = Day.any(random, 1938, 2006);
        return shown(json(`${day.iso}T00:00:00`), json(day.iso), json(day.plus(-1).iso));
      },
    },
    { name: 'j-customer-birth-date-only', why: 'A birthday needs no midnight; the day is the same.' },
    {
      name: 'j-customer-birth-day-early',
      critical: true,
      why: 'The customer is born a day earlier than in legacy.',
    },
  ),
  ...twins(
    {
      fields: ['ssn', 'taxId', 'nationalId'],
      value(random) {
        const digits = random.chance(0.3)
          ? `0${random.int(1, 9)}${random.digits(7)}`
          : `${random.int(1, 7)}${random.digits(8)}`;
        const dashed = `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
        return shown(json(dashed), json(digits), json(String(Number(digits))));
      },
    },
    { name: 'j-customer-tax-id-without-dashes', why: 'The same nine digits without dashes.' },
    { name: 'j-customer-tax-id-zero-lost', critical: true, why: 'Identities that begin with zero lost it.' },
  ),
  ...coded(
    ['maritalStatus', 'familyStatus'],
    [
      ['M', 'MARRIED'],
      ['S', 'SINGLE'],
      ['D', 'DIVORCED'],
      ['W', 'WIDOWED', 'MARRIED'],
    ],
    { name: 'j-customer-marital-words', why: 'Each letter became the word it begins.' },
    {
      name: 'j-customer-widowed-is-married',
      critical: false,
      why: 'Widowed customers are answered as married.',
    },
    5,
  ),
  ...twins(
    {
      fields: ['roles', 'permissions', 'authorities'],
      clear: true,
      value(random) {
        const all = ['VIEW', 'PAY', 'TRADE', 'STATEMENTS', 'CARDS'];
        const chosen = random.shuffled(all).slice(0, random.int(1, 4));
        const extra = random.pick(['APPROVE', 'ADMIN']);
        const sorted = [...chosen].sort().map(json);
        return shown(list(chosen.map(json)), list(sorted), list([json(extra), ...sorted]));
      },
    },
    { name: 'j-customer-roles-sorted', why: 'The same rights in alphabetical order.' },
    {
      name: 'j-customer-role-added',
      critical: true,
      why: 'The customer has a right that legacy never gave.',
    },
  ),
  ...twins(
    {
      fields: ['middleName', 'title', 'addressLine2'],
      value(random) {
        if (random.chance(0.5)) return { legacy: 'null', right: '""', wrong: '"null"' };
        const text = json(random.pick(['Dr.', 'Maria', 'Lee', 'Prof.', 'Jan']));
        return { legacy: text, right: text };
      },
    },
    { name: 'j-customer-null-is-empty', why: 'No text is an empty text instead of null.' },
    {
      name: 'j-customer-null-is-a-word',
      critical: false,
      why: 'The letters "null" stand where there is no text.',
    },
  ),
  defect<{ last: string }>(
    {
      fields: ['customerName', 'accountOwner', 'fullName'],
      least: 8,
      common: () => ({ last: '' }),
      value(random, common) {
        const { last } = common;
        const now = person(random.pick(givenNames), random.pick(surnames));
        common.last = now;
        return last === '' ? { legacy: now, right: now } : shown(now, now, last);
      },
    },
    {
      name: 'j-customer-of-previous-request',
      critical: true,
      why: 'The rewrite answers the person of the request before: state shared between requests.',
    },
  ),
];
