import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { causeOfField } from './field-cause.ts';
import { type JudgedMismatches, mismatchesByCause } from './mismatches-by-cause.ts';

const ROUTE = 'GET /basket';

function mismatches(field: string, values: Partial<JudgedMismatches> = {}): JudgedMismatches {
  return {
    group: 'api',
    route: ROUTE,
    field,
    modernDeployment: 'v1',
    count: 1,
    firstSeenMs: 1_000,
    lastSeenMs: 2_000,
    exampleRequestId: 'r',
    legacy: '"a"',
    modern: '"b"',
    explanation: 'modern says b for a',
    ruling: Ruling.ASKED,
    severity: Severity.MAJOR,
    rule: 'cookie-value',
    signature: '',
    formula: '',
    condition: '',
    ...values,
  };
}
const causes = (groups: readonly JudgedMismatches[]) =>
  new Map(mismatchesByCause(groups).map(({ cause }) => [cause!.id, cause!]));
const cookies = Array.from({ length: 90 }, (_, i) => `header.set-cookie.c${i}.value`);

test.each([
  ['judged', true],
  ['not judged yet', false],
])('ninety cookies with other values, %s, are one finding a route', (_, isJudged) => {
  const explained = (value: string) => ({
    hypothesis: 'constant',
    parameters: { value },
    formula: `modern = ${value}`,
    sentence: `modern = ${value}`,
    condition: `request.query.n = ${value}`,
    explains: 1,
    of: 1,
    bits: 20,
  });
  const groups = [ROUTE, 'GET /other'].flatMap((route) =>
    cookies.map((field) => {
      const place = { group: 'api', route, field };
      const judgement = { rule: 'cookie-value', explanation: explained(field) };
      return mismatches(field, { route, ...(isJudged && causeOfField(place, judgement)) });
    }),
  );
  const found = [...causes(groups).values()];
  expect(found.map(({ sentence }) => sentence)).toEqual([
    'The cookie has another value in 90 fields of GET /basket',
    'The cookie has another value in 90 fields of GET /other',
  ]);
});

test('one cookie is told by its own sentence; what is asked for the values stays apart', () => {
  const sentence = 'The cookie has another value: may it?';
  const cause = causeOfField(
    { group: 'api', route: ROUTE, field: cookies[0]! },
    { rule: 'cookie-value', explanation: undefined },
  );
  const [one] = causes([mismatches(cookies[0]!, { explanation: sentence, ...cause })]).values();
  expect(one?.sentence).toBe(sentence);
  expect(causes(['body.a', 'body.b'].map((field) => mismatches(field, { rule: 'unproven' }))).size).toBe(2);
});
