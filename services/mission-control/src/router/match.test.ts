import { describe, expect, test } from '@jest/globals';
import { match, path } from './match.ts';

describe('match', () => {
  test.each([
    ['/', '/', {}],
    ['/m/:migration', '/m/bank', { migration: 'bank' }],
    ['/m/:migration', '/m/bank/', { migration: 'bank' }],
    ['/m/:migration/requests/:id', '/m/a%2Fb/requests/7', { migration: 'a/b', id: '7' }],
    ['/m/:migration', '/m/bank/log', undefined],
    ['/m/:migration/log', '/m/bank/journal', undefined],
    ['/m/:migration', '/m/%E0%A4%A', undefined],
  ])('%s against %s', (pattern, given, expected) => {
    expect(match(pattern, given)).toEqual(expected);
  });
});

describe('path', () => {
  test('is read back as it was written, whatever the value', () => {
    const pattern = '/m/:migration/mismatches/:cause';
    const params = { migration: 'bank', cause: 'body.interest ≠ 4 % / round?' };
    expect(match(pattern, path(pattern, params))).toEqual(params);
  });

  test('says which value is missing', () => {
    expect(() => path('/m/:migration')).toThrow('needs migration');
  });
});
