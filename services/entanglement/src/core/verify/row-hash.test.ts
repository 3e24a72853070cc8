import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { rowText, sumOf } from './row-hash.ts';

describe('the text of a row', () => {
  // Each as `SELECT ROW(…)::text` writes it.
  test.each([
    [['a', 'b'], '(a,b)'],
    [[null, '', 'c'], '(,"",c)'],
    [['a b', 'x,y', '(z)'], '("a b","x,y","(z)")'],
    [['say "no"', 'back\\slash', 'tab\there'], '("say ""no""","back\\\\slash","tab\there")'],
    // White space that is not ASCII's needs no quotes.
    [['Ü\u00a0ß', '-12.34'], '(Ü\u00a0ß,-12.34)'],
  ])('%j', (values, text) => {
    expect(rowText(values)).toBe(text);
  });

  test('its sum is the first half of the hash, with sign', () => {
    const hash = createHash('md5').update('(a,b)').digest('hex');
    expect(sumOf(hash)).toBe(BigInt.asIntN(64, BigInt(`0x${hash}`) >> 64n));
    expect(sumOf('ffffffffffffffff0000000000000000')).toBe(-1n);
  });
});
