import { describe } from '@jest/globals';
import { many, type Row, twins } from './testing/twins.ts';

const hex = (i: number, length: number) =>
  ((i + 3) * 0x9e3779b97f4a7).toString(16).padEnd(length, '7').slice(0, length);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const kept = (...texts: readonly unknown[]): readonly Row[] => texts.map((text) => [text, text]);

/** What each system makes for itself, and what it has to give back. */
describe('cursors, machines and counters of each system', () => {
  const page = (next: string) => ({ size: 20, total: 145, next });
  twins([
    ['short cursors', 'ask', 'x', many(8, (i) => [base64(`o:${i * 20}`), `k_${hex(i, 20)}`])],
    [
      'cursors within a page',
      'ask',
      'x',
      many(8, (i) => [page(base64(`offset=${i * 20}`)), page(base64(`{"after":${i * 991 + 3550}}`))]),
    ],
    [
      'another count beside the cursor',
      'bug',
      'x',
      many(8, (i) => [
        page(base64(`offset=${i * 20}`)),
        { ...page(base64(`{"after":${i * 991 + 3550}}`)), total: 0 },
      ]),
    ],
    ['versions of rows', 'ask', 'x', many(6, (i) => [`AAAAAAMAc${i}E=`, `"${hex(i, 16)}"`])],
    [
      'pods in place of machines',
      'ask',
      'x',
      many(8, (i) => [`srv-0${i % 4}`, `app-7d9f8-t4vz${'bcdfghjk'[i]}`, `srv-0${(i + 1) % 4}`]),
    ],
    [
      'an error in place of machines',
      'bug',
      'x',
      many(8, (i) => [`srv-0${i % 4}`, 'unavailable', `srv-0${(i + 1) % 4}`]),
    ],
    ['calls that are left', 'ask', 'x', many(12, (i) => [4998 - i * 5, 4998 - i * 3, 4997 - i * 5])],
    [
      'a tenth more',
      'bug',
      'x',
      many(12, (i) => [4000 + ((i * 37) % 90), 4400 + ((i * 41) % 90), 4001 + ((i * 37) % 90)]),
    ],
    [
      'the same id for two, legacy asked twice in some',
      'bug',
      'x',
      many(8, (i) =>
        i % 2 === 0
          ? [`a1${hex(i, 12)}`, `b7${hex(i >> 2, 12)}`, `c2${hex(i, 12)}`]
          : [`d1${hex(i, 12)}`, `b7${hex(i >> 2, 12)}`],
      ),
    ],
    [
      'a clock that stands, legacy asked twice in some',
      'bug',
      'x',
      many(
        8,
        (i) =>
          [
            `2025-06-19T01:3${i}:09.135Z`,
            '2025-06-18T22:21:03.562Z',
            ...(i % 2 === 0 ? [`2025-06-19T01:3${i}:12.444Z`] : []),
          ] as unknown as Row,
      ),
    ],
    [
      'a reference that is not given back',
      'bug',
      'clientReference',
      many(5, (i) => [`2ae2-${i}72ab`, hex(i, 12), `2ae2-${i}72ab`]),
    ],
    [
      'ids of each system',
      'ask',
      'recordId',
      many(5, (i) => [`2ae2-${i}72ab`, `6de8-${hex(i, 5)}`, `2ae2-${i}72ab`]),
    ],
  ]);
});

describe('records of a host, and what is not there', () => {
  const no = (i: number) => 1_346_064 + i * 7_919;
  twins([
    ['filled up with zeros', 'ask', 'x', many(5, (i) => [String(no(i)).padStart(10, '0'), String(no(i))])],
    ['zeros lost where others have none', 'bug', 'x', [...kept('80331', '10115'), ['01067', '1067']]],
    ['a mark for nothing', 'ask', 'x', [...kept('058 670908'), ['.', null], ['.', null]]],
    ['a mark for something', 'bug', 'x', [...kept('058 670908'), ['030 11', null], ['.', null]]],
    [
      'not known',
      'harmless',
      'pregnant',
      [
        ['Y', true],
        ['N', false],
        ['?', null],
      ],
    ],
    [
      'not known is no',
      'bug',
      'pregnant',
      [
        ['Y', true],
        ['N', false],
        ['N', true],
        ['?', null],
      ],
    ],
    [
      'a word for none in a name',
      'bug',
      'x',
      [...kept('Yuki T. Dubois'), ['Lars  Haddad', 'Lars None Haddad']],
    ],
    ['a word of the name', 'ask', 'x', [['None Haddad', 'Haddad, None']]],
    [
      'the second family name',
      'bug',
      'x',
      [
        ['Okafor, Chloe', 'Chloe Okafor'],
        ['Novak Dubois, Chloe', 'Chloe Novak'],
      ],
    ],
    [
      'names the other way round',
      'ask',
      'x',
      [
        ['Okafor, Chloe', 'Chloe Okafor'],
        ['Novak Dubois, Chloe', 'Chloe Novak Dubois'],
      ],
    ],
    [
      'a link to a machine inside',
      'bug',
      'x',
      [
        ['http://www.a.example/app/1', 'https://api.a.example/v2/1'],
        ['http://www.a.example/app/2', 'http://api-7f9c4d-x2x:8080/v2/2'],
      ],
    ],
    [
      'a link elsewhere',
      'ask',
      'x',
      many(4, (i) => [`http://www.a.example/app/${i}`, `https://api.a.example/v2/${i}`]),
    ],
    [
      'what is for the house',
      'bug',
      'supplierPrice',
      [
        [undefined, 1.47],
        [undefined, 11.05],
      ],
    ],
    [
      'what is for everybody',
      'ask',
      'listPrice',
      [
        [undefined, 1.47],
        [undefined, 11.05],
      ],
    ],
  ]);
});

describe('messages in other words', () => {
  const own: readonly Row[] = [
    ['Daily limit exceeded', 'You have exceeded your daily limit.'],
    ['Account is blocked', 'This account has been blocked.'],
  ];
  twins([
    [
      'two that have changed places',
      'bug',
      'x',
      [
        ...own,
        ['Insufficient funds', 'The recipient could not be found.'],
        ['Recipient not found', 'There are not sufficient funds.'],
      ],
    ],
    [
      'each in words of its own',
      'ask',
      'x',
      [
        ...own,
        ['Insufficient funds', 'There are not sufficient funds.'],
        ['Recipient not found', 'The recipient could not be found.'],
      ],
    ],
    [
      'two in words of no other',
      'ask',
      'x',
      [
        ...own,
        ['Insufficient funds', 'The balance is too low.'],
        ['Recipient not found', 'Nobody has this number.'],
      ],
    ],
  ]);
});

describe('zones by their names of Windows', () => {
  twins([
    [
      'the same',
      'harmless',
      'x',
      [
        ['W. Europe Standard Time', 'Europe/Berlin'],
        ['India Standard Time', 'Asia/Kolkata'],
      ],
    ],
    [
      'another',
      'bug',
      'x',
      [
        ['W. Europe Standard Time', 'Europe/Berlin'],
        ['India Standard Time', 'Asia/Karachi'],
      ],
    ],
    ['another country of the same time', 'ask', 'x', [['W. Europe Standard Time', 'Europe/Zurich']]],
  ]);
});
