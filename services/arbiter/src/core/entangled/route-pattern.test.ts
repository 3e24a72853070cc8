import { expect, test } from '@jest/globals';
import { parseRoute } from './route-pattern.ts';

function matches(route: string, method: string, path: string): boolean {
  const parsed = parseRoute(route);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.matches(method, path);
}

test.each<[string, string, string, boolean]>([
  ['GET /orders/*', 'GET', '/orders/A1', true],
  ['GET /orders/*', 'GET', '/orders/A1?full=1', true],
  ['GET /orders/*', 'HEAD', '/orders/A1', true],
  ['GET /orders/*', 'GET', '/orders/A1/', true],
  ['GET /orders/*', 'POST', '/orders/A1', false],
  ['HEAD /orders/*', 'GET', '/orders/A1', false],
  ['GET /orders/*', 'GET', '/orders/', false],
  ['GET /orders/*', 'GET', '/orders/A1/lines', false],
  ['GET /orders/*', 'GET', '/orders/A1//', false],
  ['/orders/*/', 'GET', '/orders/A1/', true],
  ['/', 'GET', '/', true],
  ['', 'DELETE', '/anything', true],
])('%s, %s %s: %s', (route, method, path, expected) => {
  expect(matches(route, method, path)).toBe(expected);
});
