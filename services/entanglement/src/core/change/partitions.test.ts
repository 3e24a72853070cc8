import { expect, test } from '@jest/globals';
import { type Leaf, partitionChanges } from './partitions.ts';

const leaf = (oid: string, change: Partial<Leaf> = {}): Leaf => ({
  table: 'public.posting',
  oid,
  name: `posting_${oid}`,
  file: oid,
  attached: false,
  isPart: true,
  ...change,
});

test.each<[string, readonly Leaf[], readonly string[]]>([
  ['nothing', [leaf('1'), leaf('2')], []],
  ['a new month', [leaf('1'), leaf('2'), leaf('3')], []],
  [
    'a table that becomes one',
    [leaf('1'), leaf('2'), leaf('3', { attached: true })],
    ['posting_3 was attached'],
  ],
  ['one less', [leaf('2')], ['partition posting_1 was detached or dropped']],
  ['one emptied', [leaf('1', { file: '9' }), leaf('2')], ['partition posting_1 was emptied or rewritten']],
  ['the whole table gone', [], []],
])('%s', (_, now, words) => {
  expect(partitionChanges([leaf('1'), leaf('2')], now).get('public.posting') ?? []).toEqual(words);
});

test('partitions of a table that was not watched before are no news', () => {
  expect(partitionChanges([], [leaf('1', { attached: true })]).size).toBe(0);
});

test('a table without partitions that was rewritten as a whole', () => {
  const table = leaf('1', { isPart: false });
  expect([...partitionChanges([table], [{ ...table, file: '9' }]).values()]).toEqual([
    ['it was emptied or rewritten'],
  ]);
  expect(partitionChanges([table], [table]).size).toBe(0);
});
