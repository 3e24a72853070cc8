import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitRatio } from './fit-ratio.ts';
import { nicestFactorIn, nicestIn, numberText, simplestFraction, timesText } from './nice-number.ts';
import { around } from './number-window.ts';
import { add, compare, equal, type Rational, rational, subtract, toNumber } from './rational.ts';
import { ROUNDING_MODES, roundToUnits } from './rounding.ts';

const of = (text: string): Rational => {
  const [n = '', d = '1'] = text.split('/');
  const [whole = '', fraction = ''] = n.split('.');
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length) * BigInt(d));
};

describe('the nicest number of an interval', () => {
  test.each([
    ['1.0249', '1.0251', '1.025'],
    ['0.8402', '0.8404', '100/119'],
    ['99.9', '100.2', '100'],
    ['0.333', '0.334', '1/3'],
    ['-0.51', '-0.49', '-0.5'],
    ['-1', '1', '0'],
    ['1.02473', '1.02473', '1.02473'],
  ])('%s to %s: %s', (lo, hi, nicest) => {
    const found = nicestIn({ lo: of(lo), hi: of(hi) });
    expect(found && numberText(found.value)).toBe(nicest);
  });

  test('it is always within, and a wider interval never costs more', () => {
    const number = fc
      .tuple(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.bigInt(1n, 10n ** 6n))
      .map(([n, d]) => rational(n, d));
    fc.assert(
      fc.property(number, fc.bigInt(0n, 1_000n), fc.bigInt(0n, 1_000n), (centre, a, b) => {
        const [inner, outer] = [
          around(centre, rational(a, 10_000n)),
          around(centre, rational(a + b, 10_000n)),
        ];
        const [narrow, wide] = [nicestFactorIn(inner), nicestFactorIn(outer)];
        if (narrow === undefined) return;
        expect(compare(inner.lo, narrow.value) <= 0 && compare(narrow.value, inner.hi) <= 0).toBe(true);
        expect(compare(outer.lo, wide!.value) <= 0 && compare(wide!.value, outer.hi) <= 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('the fraction of smallest denominator, as continued fractions give it', () => {
    // Convergents of π within a thousandth and a millionth.
    expect(simplestFraction(of('3.1406'), of('3.1426'))).toEqual(rational(201n, 64n));
    expect(simplestFraction(of('3.1415920'), of('3.1415930'))).toEqual(rational(355n, 113n));
  });

  test.each([
    ['1.025', '× 1.025'],
    ['100/119', '÷ 1.19'],
    ['15/14', '× 15/14'],
    ['1/100', '× 0.01'],
    ['-2', '× -2'],
  ])('%s is written %s', (factor, text) => expect(timesText(of(factor))).toBe(text));
});

test.each([
  ['2.5', [3n, 2n, 2n, 3n, 2n, 2n, 3n]],
  ['3.5', [4n, 4n, 3n, 4n, 3n, 3n, 4n]],
  ['-2.5', [-3n, -2n, -2n, -3n, -2n, -3n, -2n]],
  ['2.51', [3n, 3n, 2n, 3n, 3n, 2n, 3n]],
  ['-2.49', [-2n, -2n, -2n, -3n, -2n, -3n, -2n]],
  ['7/3', [2n, 2n, 2n, 3n, 2n, 2n, 3n]],
  ['4', [4n, 4n, 4n, 4n, 4n, 4n, 4n]],
] as const)('%s rounded half-up, half-even, down, up, half-down, floor, ceiling', (value, units) => {
  expect(ROUNDING_MODES.map((mode) => roundToUnits(of(value), 0, mode))).toEqual(units);
});

test('the ratio that most points share, whatever the others say', () => {
  const points = [3, 8, 21, 55, 144].map((x, at) => {
    const y = at === 2 ? of('7') : rational(BigInt(x) * 119n, 100n);
    return { x: rational(BigInt(x)), lo: subtract(y, of('0.005')), hi: add(y, of('0.005')) };
  });
  expect(numberText(fitRatio(points)!.value)).toBe('1.19');
  expect(fitRatio(points, { shareMin: 0.9 })).toBeUndefined();
  expect(fitRatio([{ x: of('0'), lo: of('1'), hi: of('2') }])).toBeUndefined();
});

test('huge fractions are ordered, never NaN', () => {
  const huge = rational(10n ** 400n + 1n, 10n ** 399n);
  expect(toNumber(huge)).toBeCloseTo(10);
  expect(equal(rational(2n, 4n), { n: 3n, d: 6n })).toBe(true);
});
