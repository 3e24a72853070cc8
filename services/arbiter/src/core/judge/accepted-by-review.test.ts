import { describe } from '@jest/globals';
import { many, twins } from './testing/twins.ts';

/** What a reviewer found accepted, and what stays proven beside it. */
describe('what only looks alike', () => {
  twins([
    ['a number with its letter', 'bug', 'policyNumber', many(4, (i) => [`000471${i}W`, `471${i}W`])],
    ['a power', 'harmless', 'power', many(4, (i) => [`471${i}000 W`, `471${i} kW`])],
    [
      'days first',
      'ask',
      'bookingDate',
      ['281224', '050124', '110625', '230624', '140325', '190824', '300125'].map((day) => [
        day,
        `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`,
      ]),
    ],
    [
      'years first',
      'harmless',
      'bookingDate',
      ['241228', '240105', '250611', '240623', '250314', '240819', '250130'].map((day) => [
        day,
        `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`,
      ]),
    ],
    [
      'pence',
      'ask',
      'quoteCurrency',
      [
        ['GBp', 'GBP'],
        ['EUR', 'EUR'],
        ['USD', 'USD'],
      ],
    ],
    ['a ton', 'ask', 'unit', [['mg', 'Mg']]],
    [
      'doses',
      'ask',
      'insulinUnits',
      [
        [4.5, 4.46],
        [6.5, 6.54],
        [3.5, 3.47],
        [10.5, 10.52],
      ],
    ],
    ['no end', 'ask', 'notAfter', [['0001-01-01', null]]],
    [
      '18 digits',
      'bug',
      'balance',
      many(4, (i) => [`72${i}.529430240600291855`, `72${i}.529430240600290855`]),
    ],
  ]);
});
