import { relateNumbers } from '../meaning/numbers.ts';
import { formatDecimal } from '../value/decimal.ts';
import { roundsTo } from '../value/floats.ts';
import type { ProofRule } from './rule.ts';

const VALUES_MIN = 3;

export const moreDigits: ProofRule = {
  name: 'more-digits',
  ofField: true,
  digits: true,
  numbers: true,
  accepts:
    'Modern tells more digits of a number that legacy shows rounded: 44.5 and 44.53, where every legacy value has the same number of digits after the point.',
  refuses:
    'Integers and numbers with two digits after the point (an amount that is not rounded any more is another amount), numbers that round to something else, fewer than three different values, fewer digits than legacy has.',
  prove({ legacy, modern, profile }) {
    const { scaleMin, scaleMax, numbers } = profile.data.legacy;
    if (numbers === 0 || scaleMin !== scaleMax || scaleMax === 0 || scaleMax === 2) return undefined;
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'different' || found.modern.scale <= scaleMax) return undefined;
    // One value that gained digits may as well be another value.
    if (profile.data.legacy.vocabulary.length < VALUES_MIN) return undefined;
    if (found.legacy.units === 0n || !roundsTo(found.modern, found.legacy, scaleMax)) return undefined;
    return `${formatDecimal(found.modern)} rounds to ${formatDecimal(found.legacy)}, which legacy shows with ${scaleMax} digits after the point.`;
  },
};
