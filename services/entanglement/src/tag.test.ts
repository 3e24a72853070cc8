import { expect, test } from '@jest/globals';
import { beginTagged, type RequestHeaders, tagTransaction } from './tag.ts';

const said = async (headers: RequestHeaders, prefix?: string) => {
  const queries: unknown[][] = [];
  await tagTransaction({ query: async (_text, values) => void queries.push(values) }, headers, prefix);
  return queries;
};

test.each<[string, RequestHeaders, unknown[][]]>([
  ["Node's headers", { 'x-chronos-request-id': 'r-1' }, [['chronos', 'r-1']]],
  ["Fetch's headers", new Headers({ 'X-Chronos-Request-Id': 'r-1' }), [['chronos', 'r-1']]],
  [
    'a trace goes along',
    { 'x-chronos-request-id': 'r-1', traceparent: '00-a-b-01' },
    [['chronos', 'r-1 00-a-b-01']],
  ],
  ['a repeated header: the first', { 'x-chronos-request-id': ['r-1', 'r-2'] }, [['chronos', 'r-1']]],
  ['outside of a migration nothing is said', {}, []],
  ['an empty id is none', { 'x-chronos-request-id': '' }, []],
])('%s', async (_, headers, expected) => {
  expect(await said(headers)).toEqual(expected);
});

test('under the prefix of the migration', async () => {
  expect(await said({ 'x-chronos-request-id': 'r-1' }, 'books')).toEqual([['books', 'r-1']]);
});

test.each<[string, RequestHeaders, unknown[]]>([
  [
    'in one message',
    { 'x-chronos-request-id': 'r-1', traceparent: '00-a-b-01' },
    [["BEGIN; SELECT pg_logical_emit_message(true, 'chronos', 'r-1 00-a-b-01')"]],
  ],
  ['outside of a migration a plain BEGIN', {}, [['BEGIN']]],
  [
    'what a client could have put there never becomes SQL',
    { 'x-chronos-request-id': 'r-1', traceparent: "'); DROP TABLE accounts; --" },
    [
      ['BEGIN'],
      ['SELECT pg_logical_emit_message(true, $1, $2)', ['chronos', "r-1 '); DROP TABLE accounts; --"]],
    ],
  ],
])('a transaction begun with its tag: %s', async (_, headers, expected) => {
  const queries: unknown[] = [];
  await beginTagged({ query: async (...asked: unknown[]) => void queries.push(asked) }, headers);
  expect(queries).toEqual(expected);
});
