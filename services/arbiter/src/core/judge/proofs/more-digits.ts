import { isGraveName } from '../bugs/severity.ts';
import { relateNumbers } from '../meaning/numbers.ts';
import { formatDecimal } from '../value/decimal.ts';
import { roundsTo } from '../value/floats.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const VALUES_MIN = 3;

/** Amounts have two digits after the point, of some currencies three, prices and rates up to four. */
const isPriceLike = (scale: number) => scale >= 2 && scale <= 4;

/** What is fixed by somebody, and is not measured. */
const EXACT =
  /\b(?:vat|(?:tax|commission|interest) (?:percent|pct)|units?|insulin|doses?|dosage|coupon|yield|strike|mg|ml|mcg|prozent|satz)\b/;

export const moreDigits: ProofRule = {
  name: 'more-digits',
  ofField: true,
  digits: true,
  numbers: true,
  accepts:
    'Modern tells more digits of a number that legacy shows rounded: 44.5 and 44.53, where every legacy value has the same number of digits after the point.',
  refuses:
    'Integers, numbers with two to four digits after the point and what is called an amount, a rate or a dose (what is not rounded any more is another amount), numbers that round to something else, fewer than three different values, fewer digits than legacy has.',
  prove({ legacy, modern, profile, field }) {
    const { scaleMin, scaleMax, numbers } = profile.data.legacy;
    if (numbers === 0 || scaleMin !== scaleMax || scaleMax === 0 || isPriceLike(scaleMax)) return undefined;
    if (isGraveName(field) || EXACT.test(wordsOf(field.replaceAll(/[.[\]*]+/g, ' ')))) return undefined;
    const found = relateNumbers(legacy, modern, profile);
    if (found?.is !== 'different' || found.modern.scale <= scaleMax) return undefined;
    // One value that gained digits may as well be another value.
    if (profile.data.legacy.vocabulary.length < VALUES_MIN) return undefined;
    if (found.legacy.units === 0n || !roundsTo(found.modern, found.legacy, scaleMax)) return undefined;
    return `${formatDecimal(found.modern)} rounds to ${formatDecimal(found.legacy)}, which legacy shows with ${scaleMax} digits after the point.`;
  },
};
