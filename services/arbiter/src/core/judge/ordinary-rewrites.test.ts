import { describe } from '@jest/globals';
import { many, twins } from './testing/twins.ts';

const stops = (times: readonly string[], numbers: readonly number[]) =>
  times.map((at, i) => ({ no: numbers[i] ?? 0, at }));

/** What many rewrites change, and the slip that looks like it. */
describe('lines, letters and media', () => {
  twins([
    ['the prefix 00', 'harmless', 'msisdn', many(4, (i) => [`003361248176${i}`, `+3361248176${i}`])],
    ['another line', 'bug', 'msisdn', many(4, (i) => [`003361248176${i}`, `+3361248167${i}`])],
    [
      'oui and non',
      'harmless',
      'x',
      [
        ['O', true],
        ['N', false],
      ],
    ],
    [
      'oui and non turned',
      'bug',
      'x',
      [
        ['O', false],
        ['N', true],
      ],
    ],
    ['an O alone', 'ask', 'x', [['O', true]]],
    ['JSON is UTF-8', 'harmless', 'x', [['application/json;charset=UTF-8', 'application/json']]],
    ['in Latin', 'bug', 'x', [['application/json;charset=iso-8859-1', 'application/json']]],
    ['HTML in UTF-8 or not', 'bug', 'x', [['text/html;charset=utf-8', 'text/html']]],
    [
      'withdrawn codes of languages',
      'harmless',
      'x',
      [
        ['iw', 'he'],
        ['in', 'id'],
        ['pl', 'pl'],
      ],
    ],
    [
      'another language',
      'bug',
      'x',
      [
        ['iw', 'id'],
        ['in', 'he'],
        ['pl', 'pl'],
      ],
    ],
  ]);
});

describe('what is not told', () => {
  twins([
    [
      'a bound as its number',
      'bug',
      'x',
      [
        ['<3', '3'],
        ['81.94', '81.94'],
      ],
    ],
    [
      'a bound, spaced',
      'harmless',
      'x',
      [
        ['<3', '< 3'],
        ['81.94', '81.94'],
      ],
    ],
    ['all are bounds', 'ask', 'x', many(4, (i) => [`<${i + 3}`, i + 3])],
    [
      'a masked number shown',
      'bug',
      'x',
      [
        ['***', 41_000],
        [115_000, 115_000],
      ],
    ],
    ['groups shown', 'bug', 'x', [['XXX-XX-2842', '984-35-2842']]],
    ['groups masked otherwise', 'ask', 'x', [['XXX-XX-2842', '##-2842']]],
  ]);
});

describe('the order of times', () => {
  const times = ['13:47', '13:51', '13:53', '14:02'];
  twins([
    [
      'stops sorted as text',
      'bug',
      'x',
      many(4, () => [
        stops(times, [1, 2, 3, 10]),
        stops(['13:47', '14:02', '13:51', '13:53'], [1, 10, 2, 3]),
      ]),
    ],
    [
      'over midnight',
      'ask',
      'x',
      many(4, () => [
        stops(['23:50', '00:10'], [1, 2]),
        [
          { number: 1, time: '23:50' },
          { number: 2, time: '00:10' },
        ],
      ]),
    ],
  ]);
});

describe('tags and cursors of each system', () => {
  const cursor = (text: string) => Buffer.from(text).toString('base64');
  twins([
    [
      'entity tags',
      'ask',
      'x',
      many(6, (i) => [`"e64ff5a${i}-2f5e5"`, `W/"79RlQz4fSj${i * 7}SkLInglKEyRYN5+zx"`]),
    ],
    [
      'cursors',
      'ask',
      'x',
      many(6, (i) => [
        cursor(`offset=${i * 20};limit=20`),
        cursor(`{"after":${3_550_402 + i * 991},"n":20}`),
      ]),
    ],
    [
      'a day at midnight elsewhere',
      'ask',
      'x',
      many(4, (i) => [`/Date(${1_793_833_200_000 + i * 86_400_000}+0100)/`, `2026-11-0${i + 5}`]),
    ],
    [
      'the day before it',
      'bug',
      'x',
      many(4, (i) => [`/Date(${1_793_833_200_000 + i * 86_400_000}+0100)/`, `2026-11-0${i + 3}`]),
    ],
  ]);
});

const clocks = ['09.05', '11.55', '16.17', '14.00', '08.42', '23.31', '07.58', '12.30'];
const more = ['9.06', '10.19', '17.22', '18.04', '20.51', '21.37', '6.12', '13.00'];

describe('times with a full stop, and what stands in place of a mask', () => {
  twins([
    ['a time of day', 'ask', 'departure', clocks.map((at) => [at, at.padStart(5, '0').replace('.', ':')])],
    [
      'more times of day',
      'harmless',
      'x',
      [...clocks, ...more].map((at) => [at, at.padStart(5, '0').replace('.', ':')]),
    ],
    [
      'another of them',
      'bug',
      'x',
      [...clocks, ...more].map((at) => [at, at.padStart(5, '0').replace('.', ':').replace('18', '06')]),
    ],
    [
      'quarters of hours',
      'bug',
      'worked',
      ['7.25', '8.50', '7.25', '6.50', '4.25'].map((at) => [at, at.replace('.', ':')]),
    ],
    ['hours in hundredths', 'bug', 'worked', [...clocks, '7.75'].map((at) => [at, at.replace('.', ':')])],
    [
      'a word for what is hidden',
      'ask',
      'x',
      [
        ['***', '[hidden]'],
        ['555-70-9751', '555-70-9751'],
      ],
    ],
    [
      'what was hidden',
      'bug',
      'x',
      [
        ['***', '555-70-1234'],
        ['555-70-9751', '555-70-9751'],
      ],
    ],
  ]);
});
