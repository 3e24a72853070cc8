import { expect, test } from '@jest/globals';
import { groupIn, withGroup } from './chosen-group.ts';

test.each(['/m/bank', '/m/bank/mismatches', '/m/bank/requests', '/m/bank/requests/7', '/stage/bank'])(
  '%s holds the route group, and reads it back',
  (path) => {
    const address = new URL(withGroup(path, 'loans & cards'), 'http://page');
    expect(groupIn(address.pathname, address.search)).toBe('loans & cards');
    expect(withGroup(path, '')).toBe(path);
  },
);

test('on Requests a route is a path, no group', () => {
  expect(groupIn('/m/bank/requests', '?route=GET%20%2Faccounts')).toBe('');
  expect(groupIn('/m/bank/requests', '?route=GET%20%2Faccounts&group=loans')).toBe('loans');
});
