import { describe, expect, test } from '@jest/globals';
import { withoutQuery } from './without-query.ts';

describe('a span keeps no query', () => {
  test.each([
    ['http.url', 'http://127.0.0.1:18081/things/66?token=secret', 'http://127.0.0.1:18081/things/66'],
    ['url.full', 'https://ada:secret@bank/a/b#secret', 'https://bank/a/b'],
    ['http.target', '/things?token=secret\n&a=b', '/things'],
    ['db.connection', 'postgres://chronos:secret@db:5432/bank?sslmode=off', 'postgres://db:5432/bank'],
    ['url.query', 'token=secret', undefined],
  ])('%s: %s', (key, value, kept) => {
    expect(withoutQuery(key, value)).toBe(kept);
  });

  test.each([
    ['http.url', 'http://bank/a@b/c'],
    ['db.query.text', 'SELECT 1 WHERE a = ?'],
    ['chronos.route', 'GET /things/*'],
  ])('%s: %s stays as it is', (key, value) => {
    expect(withoutQuery(key, value)).toBe(value);
  });
});
