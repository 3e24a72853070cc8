import { raw, type Values } from '../../../testing/episodes.ts';
import { many } from './rows.ts';

/** What loses nothing is no bug, however it looks: a person is asked, unless it is proven. */
export const SPARED: Readonly<Record<string, readonly Values[]>> = {
  'a text in parts': [['76-100 of 379', { first: 76, last: 100, total: 379 }]],
  'a time in another zone, in parts': [['2024-03-05T14:30:00+01:00', [2024, 3, 5, 13, 30, 0]]],
  'an amount in its minor units, in parts': [
    ['12.50 EUR 2 days 3', { a: 1250, b: 'EUR', c: 'days', d: 2, e: 3 }],
  ],
  'a name as its order says': [['Dubois, Paul', { firstName: 'Paul', lastName: 'Dubois' }]],
  'words that are never kept': [
    ['Mr Paul Dubois', { first: 'Paul', last: 'Dubois' }],
    ['Mr Jim Ray', { first: 'Jim', last: 'Ray' }],
  ],
  'a pair in parts': [
    [
      { pair: 'EUR/GBP', r: 1.5 },
      { base: 'EUR', quote: 'GBP', r: 1.5 },
    ],
  ],
  'an amount of which some get their point': [
    ['000000003552', '35.52'],
    ['000000071884', '71884'],
  ],
  'the elements of a set in any order': [
    [
      ['A', 'B'],
      [{ n: 'a' }, { n: 'b' }],
    ],
    [
      ['A', 'B'],
      [{ n: 'b' }, { n: 'a' }],
    ],
  ],
  'years in a row': [['2023/2024', '2023-24']],
  'points in another unit': [
    ['611 pts', '6.11 EUR'],
    ['1015 pts', '10.15 EUR'],
  ],
  'a PHP array with gaps': [[{ 0: 'a', 2: 'b' }, ['a', 'b']]],
  'the same place in another notation': [['items[4].iban', '/items/4/iban']],
  'a unit that its key names': [['wait 5d', { word: 'wait', days: '5' }]],
  'the first day of the next month': [['2024-03', '2024-04-01']],
  'a footnote': [['limits: see note*', 'limits: see note *']],
  'a code of its own for nothing': [
    [null, 'NOT_ASKED'],
    [true, 'GRANTED'],
    [false, 'DENIED'],
  ],
  'a link without its host': [
    ['https://api.example.com/v1/orders/7944438', '/v1/orders/7944438'],
    ['https://api.example.com/v1/orders/7944439', '/v1/orders/7944439'],
  ],
  'a counter filled up with zeros, taken out of its text': [
    ['INV 000123', { series: 'INV', number: '123' }],
    ['INV 004711', { series: 'INV', number: '4711' }],
  ],
  'a PHP array as a list': [[{ 0: 'C1', 1: 'C2' }, ['C1', 'C2']]],
  'a number that always gets a percent sign': [
    [raw('0.25'), '0.25%'],
    [raw('0.5'), '0.5%'],
    [raw('0'), '0%'],
  ],
  'flags that are on, or off, as a list': [[{ read: false, pay: true }, ['pay']]],
  'rows of a map in another order': [
    [
      { USD: raw('7.67'), CHF: raw('6.58') },
      [
        { currency: 'CHF', amount: raw('6.58') },
        { currency: 'USD', amount: raw('7.67') },
      ],
    ],
  ],
  'names split between the names': [
    ['Garcia, Sam; Novak, Yuki', ['Garcia, Sam', 'Novak, Yuki']],
    ['Haddad, Ines', ['Haddad, Ines']],
  ],
  'a number and its word as the word': [
    ['3 - MEDIUM', 'MEDIUM'],
    ['4 - LOW', 'LOW'],
  ],
  'a sign that several currencies share': [['$ 4.60', { amount: raw('4.60'), currency: 'AUD' }]],
  'a delimiter within quotes': [
    ['a,"b,c"', ['a', 'b,c']],
    ['x,y', ['x', 'y']],
  ],
  'a word of three letters beside an amount': [['EUR 4.60', { amount: raw('4.60'), type: 'FEE' }]],
  'a title or all but an initial left out': [
    ['MR JOHN SMITH', 'John Smith'],
    ['ANNA PAULA SMITH', 'Anna P. Smith'],
  ],
  'zeros that a format leaves out': [
    [0, undefined],
    [5, 5],
  ],
  'a key that says the opposite of the opposite': [
    [
      { id: 7, blocked: true },
      { id: 7, usable: false },
    ],
  ],
  'groups filled to fixed widths': [
    ['96085-552-67', '96085055267'],
    ['6518-0672-37', '06518067237'],
    ['18067-1549-8', '18067154908'],
  ],
  'members under other names': many(3, (i) => [
    { NAME: `N${i}`, PCT: '5.00' },
    { name: `N${i}`, share: 5 },
  ]),
  'the thirteenth month of a payroll': [['2024/13', '2024-13']],
};
