import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toFloat } from './decimal.ts';

test('a decimal becomes the double that is nearest, as the runtime reads it', () => {
  const units = fc.oneof(
    fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  );
  fc.assert(
    fc.property(units, fc.nat({ max: 40 }), (each, scale) => {
      const text = `${each}e-${scale}`;
      expect(Object.is(toFloat({ units: each, scale }), Number(text))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
