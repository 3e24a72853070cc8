import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import type { Observation } from './observed.ts';
import { possibleAnswers, whyCompared } from './possible-answers.ts';

type Values = readonly [legacy: string | undefined, modern: string | undefined, second?: string];

const seen = (values: readonly Values[]): Observation[] =>
  values.map(([legacy, modern, second], i) => ({
    requestId: `r${i}`,
    atMs: i,
    ruling: Ruling.ASKED,
    severity: Severity.MAJOR,
    rule: 'unproven',
    failure: '',
    legacy,
    modern,
    hasSecond: second !== undefined,
    second,
    cut: false,
    facts: {},
  }));
const ids = (values: readonly Values[]) => possibleAnswers('body.x', seen(values)).map(({ id }) => id);
const at = (seconds: number) => `"2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z"`;

test.each<[string, readonly Values[], string[]]>([
  ['nothing seen', [], ['ignore', 'bug']],
  [
    'a clock',
    [
      [at(1), at(2)],
      [at(3), at(3)],
    ],
    ['clock', 'ignore', 'bug'],
  ],
  ['a clock an hour apart', [['"2026-01-01T00:00:00Z"', '"2026-01-01T01:00:00Z"']], ['ignore', 'bug']],
  ['another order', [['[1,2,3]', '[3,1,2]']], ['unordered', 'ignore', 'bug']],
  [
    'another order once, another element once',
    [
      ['[1,2]', '[2,1]'],
      ['[1,2]', '[1,3]'],
    ],
    ['ignore', 'bug'],
  ],
  [
    'tokens',
    [
      ['"0a1b2c3d4e"', '"ffeeddccbb"'],
      ['"1234567890"', '"abcdefabcd"'],
    ],
    ['same-shape', 'ignore', 'bug'],
  ],
  [
    'codes: their values mean something',
    [
      ['"EUR"', '"USD"'],
      ['"CHF"', '"EUR"'],
    ],
    ['ignore', 'bug'],
  ],
  [
    'a lost value among tokens',
    [
      ['"0a1b2c3d4e"', undefined],
      ['"1234567890"', '"abcdefabcd"'],
    ],
    ['ignore', 'bug'],
  ],
  [
    'ids that come again with the same partner',
    [
      ['"A-100001"', '"u7f3k2m9"'],
      ['"A-200002"', '"p4c8x1d6"'],
      ['"A-100001"', '"u7f3k2m9"'],
      ['"A-200002"', '"p4c8x1d6"'],
    ],
    ['renamed', 'same-shape', 'ignore', 'bug'],
  ],
  [
    'an id with two partners',
    [
      ['"100001abc"', '"u7f3k2m9q"'],
      ['"100001abc"', '"p4c8x1d6z"'],
      ['"100001abc"', '"u7f3k2m9q"'],
      ['"200002xyz"', '"a1b2c3d4e"'],
    ],
    ['same-shape', 'ignore', 'bug'],
  ],
])('%s', (_, values, expected) => expect(ids(values)).toEqual(expected));

test('noise needs legacy’s own second runs; its bounds are theirs, twice as wide', () => {
  const values = [1, 3, 5, 2, 4].map((apart): Values => ['10.0', '10.3', `10.${apart}`]);
  const noise = (some: readonly Values[]) =>
    possibleAnswers('body.x', seen(some)).find(({ id }) => id === 'noise')?.rule.accepts;
  // Legacy's second runs are 0.1 to 0.5 above: 0.4 wide, and as much again on either side.
  expect(noise(values)).toMatchObject({
    case: 'noise',
    value: { low: '-0.3', high: '0.9', instants: false },
  });
  expect(noise(values.slice(1))).toBeUndefined();
  expect(noise([...values, ['10.0', '11.0', '10.1']])).toBeUndefined();
});

test('what is cut is no ground for a rule', () => {
  const cut = seen([['"0a1b2c3d4e', '"ffeeddccbb']]).map((one) => ({ ...one, cut: true }));
  expect(possibleAnswers('body.x', cut).map(({ id }) => id)).toEqual(['ignore', 'bug']);
});

test('whether a row is there at all is never left uncompared', () => {
  const differing = seen([['{"amount":5}', undefined]]);
  expect(possibleAnswers('state.posting', differing).map(({ id }) => id)).toEqual(['bug']);
  expect(possibleAnswers('state.posting.note', differing).map(({ id }) => id)).toEqual(['ignore', 'bug']);
});

test.each<[string, Values, string[]]>([
  ['state.account.balance', ['10.00', '9.99'], ['bug']],
  ['state.account.balance', ['null', '-9.99'], ['bug']],
  ['state.account.status', ['"open"', '"closed"'], ['ignore', 'bug']],
  // What is answered is a word about the answer; the books are compared beside it.
  ['body.balance', ['10.00', '9.99'], ['ignore', 'bug']],
])('a number of an entity is never left uncompared: %s %j', (field, values, expected) => {
  const differing = seen([values]);
  expect(possibleAnswers(field, differing).map(({ id }) => id)).toEqual(expected);
  expect(whyCompared(field, differing) === undefined).toBe(expected.includes('ignore'));
});

test('who wants it uncompared is told what does it', () => {
  expect(whyCompared('state.account.balance', seen([['1', '2']]))).toContain(
    'give the field ignore: true there',
  );
  expect(whyCompared('state.account', [])).toContain('take it out of the file');
});
