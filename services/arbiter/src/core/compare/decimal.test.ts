import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decimalsEqual, normalDecimal } from './decimal.ts';

describe('decimals by their text', () => {
  test.each([
    ['1.10', '1.1', true],
    ['1', '1.0', true],
    ['100', '1e2', true],
    ['1E+2', '100.000', true],
    ['0.00', '-0', true],
    ['0.1', '0.10000000000000000001', false],
    ['9007199254740993', '9007199254740992', false],
    ['-1', '1', false],
    ['1e999999999', '1e999999998', false],
    ['10e999999998', '1e999999999', true],
    ['NaN', 'NaN', true],
    ['NaN', 'Infinity', false],
    ['101', '11', false],
  ])('%s and %s: equal %s', (a, b, equal) => {
    expect(decimalsEqual(a, b)).toBe(equal);
  });

  test('any two spellings of coefficient × 10^exponent are the same, any two numbers are not', () => {
    const spelled = fc.tuple(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.integer({ min: -40, max: 40 }),
    );
    fc.assert(
      fc.property(spelled, fc.integer({ min: 0, max: 20 }), ([coefficient, exponent], shift) => {
        const moved = `${coefficient * 10n ** BigInt(shift)}e${exponent - shift}`;
        expect(decimalsEqual(`${coefficient}e${exponent}`, moved)).toBe(true);
        expect(decimalsEqual(`${coefficient}e${exponent}`, `${coefficient + 1n}e${exponent}`)).toBe(false);
      }),
    );
  });

  test('an absurd exponent is compared as text', () => {
    const absurd = `1e${'9'.repeat(40)}`;
    expect(normalDecimal(absurd)).toBe(absurd);
  });
});
