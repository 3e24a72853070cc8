import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  add,
  compare,
  decimalText,
  divide,
  multiply,
  NumberError,
  negate,
  parseRational,
  ROUNDING_MODES,
  type RoundingMode,
  round,
} from './rational.ts';

const text = (value: string, scale: number, mode: RoundingMode) =>
  decimalText(round(parseRational(value), scale, mode));

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => ({ units, scale, text: `${units}e-${scale}` }));

describe('exact numbers', () => {
  test('text and back is the same number', () => {
    fc.assert(
      fc.property(decimals, ({ text: written }) => {
        const value = parseRational(written);
        expect(compare(parseRational(decimalText(value) ?? ''), value)).toBe(0);
      }),
    );
  });

  test('sums, products and quotients undo each other', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const [x, y] = [parseRational(a.text), parseRational(b.text)];
        expect(add(add(x, y), negate(y))).toEqual(x);
        if (y.numerator !== 0n) expect(divide(multiply(x, y), y)).toEqual(x);
      }),
    );
  });

  test('rounding is the nearest multiple, at a tie as its mode says, and twice is once', () => {
    fc.assert(
      fc.property(
        decimals,
        fc.integer({ min: -3, max: 6 }),
        fc.constantFrom(...ROUNDING_MODES),
        (a, scale, mode) => {
          const value = parseRational(a.text);
          const rounded = round(value, scale, mode);
          expect(round(rounded, scale, mode)).toEqual(rounded);
          const unit = scale >= 0 ? parseRational(`1e-${scale}`) : parseRational(`1e${-scale}`);
          const error = add(rounded, negate(value));
          const size = error.numerator < 0n ? negate(error) : error;
          const bound = mode.startsWith('half') ? divide(unit, parseRational('2')) : unit;
          expect(compare(size, bound)).toBeLessThanOrEqual(mode.startsWith('half') ? 0 : -1);
          if (mode === 'floor') expect(compare(rounded, value)).toBeLessThanOrEqual(0);
          if (mode === 'ceiling') expect(compare(rounded, value)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  test.each<[RoundingMode, string, string, string, string]>([
    ['half-up', '0.03', '-0.03', '0.02', '0.01'],
    ['half-even', '0.02', '-0.02', '0.02', '0.01'],
    ['half-down', '0.02', '-0.02', '0.01', '0.01'],
    ['up', '0.03', '-0.03', '0.02', '0.02'],
    ['down', '0.02', '-0.02', '0.01', '0.01'],
    ['ceiling', '0.03', '-0.02', '0.02', '0.02'],
    ['floor', '0.02', '-0.03', '0.01', '0.01'],
  ])('%s of 0.025, -0.025, 0.015 and 0.011', (mode, a, b, c, d) => {
    expect(['0.025', '-0.025', '0.015', '0.011'].map((value) => text(value, 2, mode))).toEqual([a, b, c, d]);
  });

  test('the tie that binary floats miss', () => {
    // (1.005).toFixed(2) is 1.00, since the nearest double is below the tie.
    expect(text('1.005', 2, 'half-up')).toBe('1.01');
  });

  test.each([
    ['a million digits', '9'.repeat(1_000_000)],
    ['a huge exponent', '1e999999999'],
    ['a tiny one', '1e-999999999'],
    ['no number', '1,5'],
    ['an empty text', ''],
  ])('%s is refused', (_what, value) => {
    expect(() => parseRational(value)).toThrow(NumberError);
  });

  test('operations cannot grow numbers without end', () => {
    let value = parseRational('1.1');
    expect(() => {
      for (let i = 0; i < 100; i++) value = multiply(value, value);
    }).toThrow(NumberError);
  });

  test('a third has no decimal text, and a scale no more than it needs', () => {
    expect(decimalText(divide(parseRational('1'), parseRational('3')))).toBeUndefined();
    expect(decimalText(parseRational('1.50'))).toBe('1.5');
    expect(decimalText(parseRational('1.5'), 3)).toBe('1.500');
    expect(decimalText(parseRational('1.55'), 1)).toBeUndefined();
    expect(decimalText(parseRational('-0.001'))).toBe('-0.001');
  });
});
