import { expect, test } from '@jest/globals';
import { KnownPairs } from './known-pairs.ts';

test('the same values of one field are known, others and those of another field are not', () => {
  const pairs = new KnownPairs();
  pairs.of('f', '"a"', '"b"').proven = { proof: undefined };
  expect(pairs.of('f', '"a"', '"b"').proven).toEqual({ proof: undefined });
  expect(pairs.of('g', '"a"', '"b"')).toEqual({});
  expect(pairs.of('f', '"b"', '"a"')).toEqual({});
  expect(pairs.of('f', undefined, '"b"')).toEqual({});
});

test('what comes again stays, however much comes once, and the number of pairs is bounded', () => {
  const pairs = new KnownPairs();
  pairs.of('f', '1', '2').proven = { proof: undefined };
  for (let i = 0; i < 20_000; i++) {
    pairs.of('f', String(i), 'null');
    if (i % 1_000 === 0) expect(pairs.of('f', '1', '2').proven).toBeDefined();
  }
  expect(pairs.size).toBeLessThan(5_000);
  expect(pairs.of('f', '0', 'null')).toEqual({});
});

test('long values are not remembered', () => {
  const pairs = new KnownPairs();
  pairs.of('f', '1'.repeat(300), '2').proven = { proof: undefined };
  expect(pairs.of('f', '1'.repeat(300), '2')).toEqual({});
  expect(pairs.size).toBe(0);
});
