import { expect, test } from '@jest/globals';
import { match } from '../../router/match.ts';
import { causeAddress } from './causes.ts';

test('the address of a cause holds its build, and reads back whatever its id is; no build: all of them', () => {
  const address = new URL(
    causeAddress('bank', 'body.interest ≠ 4 % / round?', { build: 'v1@1', route: '' }),
    'http://page',
  );
  expect(match('/m/:migration/mismatches/:cause', address.pathname)).toEqual({
    migration: 'bank',
    cause: 'body.interest ≠ 4 % / round?',
  });
  expect(address.searchParams.get('build')).toBe('v1@1');
  expect(causeAddress('bank', 'cause-0', { build: '', route: '' })).toBe('/m/bank/mismatches/cause-0?build=');
});

test('without a cause it is the list, and the route group of the other pages stays in it', () => {
  expect(causeAddress('bank', '', { build: 'v2', route: 'loans' })).toBe(
    '/m/bank/mismatches?route=loans&build=v2',
  );
});
