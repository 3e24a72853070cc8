import { relateNumbers } from '../meaning/numbers.ts';
import { formatDecimal, significantDigits, strip } from '../value/decimal.ts';
import { roundsTo } from '../value/floats.ts';
import type { ProofRule } from './rule.ts';

export const computedDigits: ProofRule = {
  name: 'computed-digits',
  ofField: true,
  digits: true,
  numbers: true,
  accepts:
    'Modern rounds the endless digits of a computed quotient correctly and keeps at least four after the point and six significant ones: 0.3333333333333333 and 0.333333.',
  refuses:
    'Numbers of fewer than 13 or more than 17 digits, in texts, or of fewer than ten digits after the point (all of them may have been meant), cutting instead of rounding, rounding to cents.',
  prove({ legacy, modern, profile }) {
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'different' || found.modern.scale < 4) return undefined;
    if (significantDigits(strip(found.legacy)) < 13 || significantDigits(found.modern) < 6) return undefined;
    // The digits of a binary double; an exact amount of 8 or 18 digits after the point has others.
    if (!found.native || found.legacy.scale < 10 || significantDigits(strip(found.legacy)) > 17)
      return undefined;
    if (found.modern.scale >= found.legacy.scale) return undefined;
    if (!roundsTo(found.legacy, found.modern, found.modern.scale)) return undefined;
    return `${formatDecimal(found.legacy)} correctly rounded is ${formatDecimal(found.modern)}.`;
  },
};
