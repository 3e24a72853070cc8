import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ChangedItems } from './changed-items.ts';

const listOf = (items: Readonly<Record<string, number>>) => new Map(Object.entries(items));
const equal = (a: number, b: number) => a === b;

test('a reader is told what changed and what is gone, and nothing twice', () => {
  const items = new ChangedItems<number>(equal);
  items.update(listOf({ a: 1, b: 1, c: 1 }));
  const { version } = items;
  expect(items.after(undefined)).toEqual({ reset: true, items: [1, 1, 1], removed: [] });
  expect(items.update(listOf({ a: 1, b: 2 }))).toBe(true);
  expect(items.after(version)).toEqual({ reset: false, items: [2], removed: ['c'] });
  expect(items.update(listOf({ b: 2, a: 1 }))).toBe(false);
  expect(items.after(items.version)).toEqual({ reset: false, items: [], removed: [] });
});

test('what comes back is there again', () => {
  const items = new ChangedItems<number>(equal);
  items.update(listOf({ a: 1 }));
  const { version } = items;
  items.update(listOf({}));
  items.update(listOf({ a: 1 }));
  expect(items.after(version)).toEqual({ reset: false, items: [1], removed: [] });
});

test('a reader from before more removals than are kept begins anew', () => {
  const items = new ChangedItems<number>(equal);
  items.update(listOf({ first: 1 }));
  const { version } = items;
  for (let i = 0; i < 1_002; i += 1) items.update(listOf({ [`n${i}`]: 1 }));
  expect(items.after(version)).toMatchObject({ reset: true, items: [1] });
  expect(items.after(items.version - 1)).toMatchObject({ reset: false, removed: ['n1000'] });
});

test('readers that look now and then end with the list, whatever happened in between', () => {
  const lists = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(3)), { minLength: 1 });
  fc.assert(
    fc.property(lists, fc.infiniteStream(fc.boolean()), (all, looks) => {
      const items = new ChangedItems<readonly [string, number]>((a, b) => a[1] === b[1]);
      const seen = new Map<string, number>();
      let version: number | undefined;
      const look = () => {
        const { reset, items: changed, removed } = items.after(version);
        if (reset) seen.clear();
        for (const [id, value] of changed) seen.set(id, value);
        for (const id of removed) seen.delete(id);
        version = items.version;
      };
      for (const list of all) {
        items.update(new Map(Object.entries(list).map((entry) => [entry[0], entry])));
        if (looks.next().value) look();
      }
      look();
      expect(Object.fromEntries(seen)).toEqual({ ...all.at(-1) });
    }),
  );
});
