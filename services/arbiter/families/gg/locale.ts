/** Localisation: dates, countries, currencies, zones, numbers of phones and names of people. */
import type { Family } from '../kit.ts';
import { Day, givenNames, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { fromTable, pair } from './parts.ts';

export const families: readonly Family[] = [
  ...pair(
    ['GET /policies/{id}', 'GET /bookings/{id}', 'POST /ws/ContractService'],
    {
      fields: ['startDate', 'effectiveFrom', 'arrival'],
      least: 12,
      always: true,
      value(random) {
        const day = Day.any(random, 2021, 2026);
        const swapped = day.day <= 12 ? `${day.yyyy}-${day.dd}-${day.mm}` : day.iso;
        return shownJson(`${day.dd}/${day.mm}/${day.yyyy}`, day.iso, swapped);
      },
    },
    ['british_date_iso', 'Days first, as in Britain, written as ISO dates.'],
    [
      'month_first_where_possible',
      'A lenient parser reads the month first where it can, so days up to the 12th are swapped.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /customers/{id}/address', 'GET /passengers/{id}'],
    {
      fields: ['country', 'nationality', 'countryCode'],
      always: true,
      value: fromTable([
        ['DEU', 'DE'],
        ['FRA', 'FR'],
        ['ITA', 'IT'],
        ['CHE', 'CH'],
        ['AUT', 'AT', 'AU'],
        ['SWE', 'SE', 'SW'],
        ['POL', 'PL', 'PO'],
        ['DNK', 'DK', 'DN'],
        ['IRL', 'IE', 'IR'],
      ]),
    },
    ['country_two_letters', 'The same countries by the codes of two letters of ISO 3166.'],
    [
      'country_cut_to_two',
      'The code of three letters is cut: Austria became Australia and Ireland Iran.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /customers/{id}', 'GET /me', 'POST /2fa/challenges'],
    {
      fields: ['phone', 'mobile', 'smsNumber'],
      always: true,
      value(random) {
        const code = random.pick(['49', '43']);
        const austrian = code === '43';
        const number = `${austrian ? '66' : random.pick(['15', '16', '17'])}${random.digits(1)}${random.digits(7)}`;
        const zero = random.chance(0.6);
        const legacy = `00${code} ${zero ? '(0)' : ''}${number.slice(0, 3)} ${number.slice(3)}`;
        return shownJson(legacy, `+${code}${number}`, `+${code}${zero ? '0' : ''}${number}`);
      },
    },
    ['phone_e164', 'The same numbers as E.164, without blanks and the zero that is dialled only at home.'],
    [
      'phone_with_trunk_zero',
      'The zero in brackets is kept, and messages to that number reach nobody.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /customers/{id}', 'GET /passengers/{id}', 'POST /ws/PersonService'],
    {
      fields: ['holder', 'passengerName', 'insuredPerson'],
      always: true,
      value(random) {
        const given = random.pick(givenNames);
        const first = random.pick(surnames);
        const last = random.chance(0.35)
          ? `${first} ${random.pick(surnames.filter((name) => name !== first))}`
          : first;
        return shownJson(`${last}, ${given}`, `${given} ${last}`, `${given} ${first}`);
      },
    },
    ['given_name_first', 'The same given name and surnames, in the other order and without the comma.'],
    [
      'second_surname_lost',
      'The name is split at blanks, and people with two surnames lose the second one.',
      'critical',
    ],
  ),
];
