import { relateNumbers } from '../meaning/numbers.ts';
import { formatDecimal, significantDigits } from '../value/decimal.ts';
import { isSinglePrecision, roundsTo } from '../value/floats.ts';
import type { ProofRule } from './rule.ts';

/** A 32-bit float holds seven digits: of a figure of more, digits that were shown are lost. */
const MEASURED_DIGITS = 9;

export const float32: ProofRule = {
  name: 'float32',
  ofField: true,
  digits: true,
  numbers: true,
  accepts:
    'A 32-bit float of what is no money (the field has more than two digits after the point): 0.974662 and 0.9746620059013367; rounding must give legacy’s value back but for measures of five or six digits after the point.',
  refuses:
    'Amounts with at most two digits after the point, and values of which a 32-bit float keeps fewer digits than legacy has.',
  prove({ legacy, modern, profile }) {
    const scale = profile.data.legacy.scaleMax;
    if (scale <= 2 || profile.data.legacy.numbers === 0) return undefined;
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'different' || !isSinglePrecision(found.legacy, found.modern)) return undefined;
    if (found.modern.scale < found.legacy.scale) return undefined;
    // Prices have up to four digits after the point and coins eight or more: of those nothing may be lost. Measures have five or six.
    const measured = (scale === 5 || scale === 6) && significantDigits(found.legacy) <= MEASURED_DIGITS;
    if (!measured && !roundsTo(found.modern, found.legacy, found.legacy.scale)) return undefined;
    return `${formatDecimal(found.modern)} is ${formatDecimal(found.legacy)} as a 32-bit float.`;
  },
};
