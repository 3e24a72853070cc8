import { describe, expect, test } from '@jest/globals';
import { enveloped, envelopes } from './envelope.ts';

describe('envelopes', () => {
  test('what was framed is found again, and the end is known', () => {
    const end = enveloped(new Uint8Array([9]));
    end[0] = 2;
    const body = Buffer.concat([enveloped(new Uint8Array([1, 2])), enveloped(new Uint8Array(70_000)), end]);
    expect(envelopes(body).map(({ last, data }) => [last, data.length])).toEqual([
      [false, 2],
      [false, 70_000],
      [true, 1],
    ]);
  });

  test.each([1, 4, 6])('a body cut after %i bytes is an error', (length) => {
    expect(() => envelopes(enveloped(new Uint8Array([1, 2])).subarray(0, length))).toThrow(RangeError);
  });
});
