import { expect, test } from '@jest/globals';
import { majorOf } from './toolchain-java.ts';

test.each([
  ['17.0.15', 17],
  ['25', 25],
  ['26-ea', 26],
  ['1.8.0_402', 1],
])('the major version of %s is %i', (version, major) => {
  expect(majorOf(version)).toBe(major);
});
