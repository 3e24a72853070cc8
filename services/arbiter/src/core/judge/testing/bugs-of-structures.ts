import { raw } from '../../../testing/episodes.ts';
import type { Episodes } from './rows.ts';

/** Episodes that bug rules must name: lists, objects, and texts taken apart. */
export const BUGS_OF_STRUCTURES: Episodes = {
  'segments-mispaired': [
    [
      [
        'Olga Fox 45 %, Ann Bell 55 %',
        [
          { name: 'Olga Fox', percent: 55 },
          { name: 'Ann Bell', percent: 45 },
        ],
      ],
    ],
  ],
  'parents-changed': [
    [
      [
        { id: 'A', sub: [{ id: 'B', sub: [{ id: 'C' }] }] },
        [
          { id: 'A', parent: null },
          { id: 'B', parent: 'A' },
          { id: 'C', parent: 'A' },
        ],
      ],
    ],
  ],
  'map-key-lost': [
    [[{ 10: 8.31, 25: 1.46 }, [8.31, 1.46]]],
    [
      [{ a: 8.31 }, [8.31]],
      [
        { a: 7.5, b: 1 },
        { a: 7.5, b: 1 },
      ],
    ],
    [
      [
        { email: ['is missing'], dueDate: ['is past'] },
        [
          { field: 'email', message: 'is missing' },
          { field: 'email', message: 'is past' },
        ],
      ],
    ],
    [
      [
        { R485981: 'Ulm', R227161: 'Bonn' },
        [
          { ref: 'R485981', city: 'Ulm' },
          { ref: 'R485981', city: 'Bonn' },
        ],
      ],
    ],
  ],
  'set-changed': [
    [
      ['openid email', ['email', 'openid'], 'email openid'],
      ['openid pay:read', ['openid', 'pay:read'], 'pay:read openid'],
      ['openid email pay:read', ['email', 'openid', 'pay:read', 'pay:write'], 'pay:read email openid'],
    ],
    [
      ['openid email', ['email', 'openid'], 'email openid'],
      ['openid pay:read', ['openid', 'pay:read'], 'pay:read openid'],
      ['openid email pay:read', ['email', 'openid'], 'pay:read email openid'],
    ],
  ],
  'element-lost': [
    [
      [
        [
          { from: '2019-01-30', to: '2019-11-23' },
          { from: '2019-12-24', to: '2020-04-08' },
        ],
        [{ from: '2019-01-30', to: '2020-04-08' }],
      ],
    ],
    [[['a', 'b'], ['a']]],
    [
      [
        ['a', 'b', 'c'],
        ['c', 'a'],
        ['b', 'a', 'c'],
      ],
    ],
  ],
  'element-doubled': [
    [
      [
        ['a', 'b'],
        ['a', 'b', 'b'],
      ],
    ],
  ],
  'element-added': [[[['user'], ['user', 'admin']]]],
  'element-changed': [
    [
      [
        ['INMAA HLD 2023-09-29T09:39:39+05:30'],
        [{ at: '2023-09-29T04:39:39Z', place: 'INMAA', code: 'HLD' }],
      ],
    ],
    [
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
    ],
  ],
  'order-broken': [
    [
      [
        [1, 2, 3, 4, 5],
        [1, 2, 4, 3, 5],
      ],
    ],
  ],
  'tuple-reversed': [
    [
      [
        [52.52, 13.4],
        [13.4, 52.52],
      ],
    ],
  ],
  'list-collapsed': [
    [[['Applicant appeared', 'without the deed', 'and left'], 'Applicant appearedwithout the deedand left']],
    [[['a', 'b'], 'a']],
  ],
  'positions-lost': [[[{ 0: 'C1', 1: 'C2', 2: 'C3' }, ['C2', 'C3']]]],
  'flags-listed': [
    [[{ read: false, pay: true, close: false }, ['read', 'pay', 'close']]],
    [[{ read: true, pay: true, close: false }, ['read']]],
  ],
  'rows-mispaired': [
    [
      [
        { USD: raw('7.67'), CHF: raw('6.58') },
        [
          { currency: 'CHF', amount: raw('7.67') },
          { currency: 'USD', amount: raw('6.58') },
        ],
      ],
    ],
  ],
  'split-inside': [
    [['Garcia, Sam; Novak, Yuki', ['Garcia', 'Sam; Novak', 'Yuki']]],
    [
      ['Garcia, Sam; Novak, Yuki', ['Garcia, Sam', 'Novak, Yuki']],
      ['Haddad, Ines', ['Haddad', 'Ines']],
    ],
  ],
  'places-shifted': [[[[7, 9, 4], { M01: 9, M02: 4, M03: 7 }]], [[[7, 9, 4], { M01: 9, M02: 4 }]]],
  'names-swapped': [[['Dubois, Paul', { firstName: 'Dubois', lastName: 'Paul', verified: true }]]],
  'words-of-object-lost': [
    [
      ['MILLER, Olga Lee', { firstName: 'Olga', lastName: 'Lee', verified: true }],
      ['ROSSI, Ann', { firstName: 'Ann', lastName: 'Rossi', verified: true }],
    ],
  ],
  'atom-changed': [
    [['76-100 of 379', { first: 75, last: 100, total: 379 }]],
    [['Bahnhofstrasse 36c', { street: 'Bahnhofstrasse', houseNumber: '36' }]],
  ],
  'parts-changed': [[['NYYY', [true, true, true, false]]], [['A|B|C', ['A', 'B']]]],
  'records-misaligned': [
    [
      [
        { names: ['Murphy, Olga', 'Miller, James'], shares: ['3/4', '1/4'] },
        [
          { name: 'Miller, James', share: '3/4' },
          { name: 'Murphy, Olga', share: '1/4' },
        ],
      ],
    ],
    [
      [
        { a: ['x', 'y'], n: [1, 2] },
        [
          { a: 'x', n: 2 },
          { a: 'y', n: 1 },
        ],
      ],
    ],
  ],
  'place-broken': [
    [
      ['POINT (54.60 80.06)', { xy: [raw('54.60'), raw('80.06')], closed: false }],
      ['POINT (51.18 40.39)', { xy: [raw('51.18'), raw('40.39')], closed: false }],
      ['POINT (40.70 32.90)', { xy: [raw('40.70'), raw('32.90')], closed: false }],
      ['POINT (127.52 41.61)', { xy: [raw('41.61'), raw('127.52')], closed: false }],
    ],
  ],
  'unstable-structure': [
    [
      ['D', { debit: true, reversal: false }],
      ['D', { debit: true, reversal: false }],
      ['D', { debit: false, reversal: false }],
    ],
  ],
  'collapsed-structure': [
    [
      ['first kind', { group: 'x' }],
      ['second kind', { group: 'x' }],
    ],
  ],
};
