import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { add, compare, decimal, divide, format, multiply, round, subtract } from './decimal.ts';

const decimals = fc
  .tuple(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.integer({ min: 0, max: 8 }))
  .map(([units, scale]) => ({ units, scale }));

describe('decimal', () => {
  test.each(['0', '0.00', '-0.01', '1234.50', '0.012500', '-7'])('%s is read and written back', (text) => {
    expect(format(decimal(text))).toBe(text);
  });

  test.each(['', '.5', '1.', '1e3', '+1', ' 1', '1,0', 'NaN', '--1'])('%j is refused', (text) => {
    expect(() => decimal(text)).toThrow(RangeError);
  });

  test('is exact where a double is not', () => {
    expect(format(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(format(multiply(decimal('999999999999.99'), decimal('0.000001')))).toBe('999999.99999999');
  });

  test.each([
    ['0.005', '0.01'],
    ['0.0049999', '0.00'],
    ['-0.005', '-0.01'],
    ['2.675', '2.68'],
    ['1.015', '1.02'],
    ['7', '7.00'],
  ])('%s rounds to %s: half away from zero', (from, to) => expect(format(round(decimal(from), 2))).toBe(to));

  test('laws: a + b − b = a; a × b ÷ b = a; format and decimal are inverse; order follows the difference', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(compare(subtract(add(a, b), b), a)).toBe(0);
        if (b.units !== 0n) expect(compare(divide(multiply(a, b), b, a.scale), a)).toBe(0);
        expect(decimal(format(a))).toEqual(a);
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
      }),
    );
  });

  test('a quotient is at most half a unit from the true one', () => {
    fc.assert(
      fc.property(decimals, decimals, fc.integer({ min: 0, max: 12 }), (a, b, scale) => {
        if (b.units === 0n) return;
        const error = subtract(multiply(divide(a, b, scale), b), a);
        const doubled = { units: 2n * (error.units < 0n ? -error.units : error.units), scale: error.scale };
        const bound = { units: b.units < 0n ? -b.units : b.units, scale: b.scale + scale };
        expect(compare(doubled, bound)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
