import { expect, test } from '@jest/globals';
import { NameLists } from './name-lists.ts';

const ops = {
  same: (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0,
  latin1: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1'),
};

test('equal bytes are decoded once, others each', () => {
  const lists = new NameLists(ops);
  let decoded = 0;
  const share = (...bytes: number[]) =>
    lists.share(Uint8Array.from(bytes), (of) => {
      decoded += 1;
      return [String(of)];
    }).names;
  expect(share(1, 2)).toBe(share(1, 2));
  expect(share(1, 3)).toEqual(['1,3']);
  expect(decoded).toBe(2);
});

test('what is kept is bounded: the oldest are forgotten', () => {
  const lists = new NameLists(ops, 100);
  const share = (n: number) => lists.share(new Uint8Array(30).fill(n), () => [String(n)]).names;
  const first = share(0);
  for (let n = 1; n <= 4; n += 1) share(n);
  expect(share(4)).toBe(share(4));
  expect(share(0)).not.toBe(first);
  expect(share(0)).toEqual(['0']);
});
