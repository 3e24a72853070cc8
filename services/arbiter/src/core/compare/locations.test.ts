import { expect, test } from '@jest/globals';
import { compareAnswers, summary } from '../../testing/compare.ts';
import type { HeaderPairs } from '../../testing/exchanges.ts';

const request: HeaderPairs = [
  [':scheme', 'http'],
  [':authority', 'shop.example:8080'],
  [':path', '/cart/17?x=1'],
];
const https: HeaderPairs = [...request, ['x-forwarded-proto', 'https']];
const SAME = 'equivalent | header.location (same-location)';
const OTHER = 'mismatch | header.location';

test.each<[string, string, string, HeaderPairs, string]>([
  ['relative and absolute', '/y', 'http://shop.example:8080/y', request, SAME],
  ['relative to the path', '../y', '/y', request, SAME],
  ['letter case of the host', 'http://SHOP.example:8080/y', '/y', request, SAME],
  ['the client’s scheme, not the proxy’s', '/y', 'https://shop.example:8080/y', https, SAME],
  ['the proxy’s scheme', '/y', 'http://shop.example:8080/y', https, OTHER],
  ['another host', '/y', 'http://internal:9001/y', request, OTHER],
  ['another port', '/y', 'http://shop.example/y', request, OTHER],
  ['another query', '/y?a=1', 'http://shop.example:8080/y', request, OTHER],
  ['another letter case of the path', '/Y', 'http://shop.example:8080/y', request, OTHER],
  ['a request that does not say its host', '/y', 'http://shop.example:8080/y', [], OTHER],
  ['no URL at all', 'http://[', '/y', request, OTHER],
])('location: %s', (_what, legacy, modern, requestHeaders, expected) => {
  const of = (location: string) => ({ status: 302, headers: [['location', location]] as HeaderPairs });
  expect(summary(compareAnswers(of(legacy), of(modern), { request: { requestHeaders } }))).toBe(expected);
});
