import { describe, expect, test } from '@jest/globals';
import { centsOf, dividedRounded, textOf } from './cents.ts';

describe('cents', () => {
  test.each([
    ['0.00', 0n],
    ['0.05', 5n],
    ['1234.50', 123_450n],
    ['999999999.99', 99_999_999_999n],
  ])('%s', (text, cents) => {
    expect(centsOf(text)).toBe(cents);
    expect(textOf(cents)).toBe(text);
  });

  test.each(['', '1', '1.0', '1.000', '-1.00', '1e2', '1234567890.00'])('%j is no amount', (text) =>
    expect(centsOf(text)).toBeUndefined(),
  );

  test('debits are written with their sign', () => expect(textOf(-5n)).toBe('-0.05'));

  test.each([
    [5n, 10n, 1n],
    [4n, 10n, 0n],
    [-5n, 10n, -1n],
    [-4n, 10n, 0n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
    [1n, 2n, 1n],
    [3n, 365n, 0n],
    [183n, 365n, 1n],
    [182n, 365n, 0n],
  ])('%d / %d is %d', (dividend, divisor, quotient) =>
    expect(dividedRounded(dividend, divisor)).toBe(quotient),
  );
});
