import { relateNumbers } from '../meaning/numbers.ts';
import { absolute, compareDecimals, type Decimal, formatDecimal, subtract } from '../value/decimal.ts';
import { isFloatNoise } from '../value/floats.ts';
import type { Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

/** Noise shows ten digits at least (of a zero; of other numbers more) and a point. */
const CHARS_MIN = 11;

export const floatNoise: ProofRule = {
  name: 'float-noise',
  ofField: true,
  digits: true,
  numbers: true,
  accepts:
    'The last bits of binary double arithmetic on a non-integer: 193.88 and 193.87999999999982; one side shows at least 15 significant digits and the difference is below 10⁻¹² of the value.',
  refuses:
    'Integers (an identifier beyond 2⁵³ that lost digits), any difference that a number of fewer than 15 digits shows, and a ten-thousandth or more of any size (a cent of trillions is a cent); such digits in a text where legacy’s text has two after the point.',
  prove({ legacy, modern, profile }) {
    if (Math.max(legacy.raw?.length ?? 0, modern.raw?.length ?? 0) < CHARS_MIN) return undefined;
    if (isAmountShown(legacy, modern)) return undefined;
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'different' || !isFloatNoise(found.legacy, found.modern)) return undefined;
    if (!isBelowAmounts(found.legacy, found.modern)) return undefined;
    return `${formatDecimal(found.modern)} is ${formatDecimal(found.legacy)} but for the last bits of a binary double.`;
  },
};

/** A text of two digits after the point is made to be read: 8.30, and not 8.299999999999999. */
function isAmountShown({ text: told }: Side, { text }: Side): boolean {
  return (
    told !== undefined && text !== undefined && /^-?[0-9]+\.[0-9]{2}$/.test(told) && /\.[0-9]{9,}$/.test(text)
  );
}

/** Amounts have up to four digits after the point: what is in them is no noise, however large the number is. */
function isBelowAmounts(legacy: Decimal, modern: Decimal): boolean {
  return compareDecimals(absolute(subtract(legacy, modern)), { units: 1n, scale: 4 }) < 0;
}
