import { expect, test } from '@jest/globals';
import { linkedGroups } from './together.ts';

const row = (
  entity: string,
  id: string,
  before?: Record<string, string>,
  after?: Record<string, string>,
) => ({
  entity,
  key: [id],
  before: before && new Map(Object.entries({ id, ...before })),
  after: after && new Map(Object.entries({ id, ...after })),
});

test('rows that need each other stand in one group, others do not', () => {
  const groups = linkedGroups([
    row('customer', 'c1', { mail: 'a@x' }),
    row('customer', 'New1', undefined, { mail: 'a@x' }),
    row('account', '7', { owner: 'c1', balance: '5' }, { owner: 'new1', balance: '5' }),
    row('account', '8', { owner: 'c9', balance: '5' }, { owner: 'c10', balance: '5' }),
    row('seat', '21', { place: 'left' }, { place: 'right' }),
    row('seat', '22', { place: 'right' }, { place: 'left' }),
    row('bed', '23', { place: 'right' }, { place: 'middle' }),
  ]);
  expect(groups.map((group) => group.map(({ key }) => key[0]))).toEqual([
    ['c1', 'New1', '7'],
    ['8'],
    ['21', '22'],
    ['23'],
  ]);
});
