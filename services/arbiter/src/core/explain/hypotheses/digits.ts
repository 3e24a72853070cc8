import type { RoundingMode } from '../../judge/value/decimal.ts';
import type { Field, Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { numbersOf } from '../number-window.ts';
import { equal, type Rational } from '../rational.ts';
import { ROUNDING_MODES, roundToUnits } from '../rounding.ts';

/** One side states fewer decimals than the other: which rounding leads from the longer value to the shorter. */
export const fewerDigits: Family = (field) => {
  if (!field.differing.some(numbersOf)) return [];
  return [...roundings(field, 'modern'), ...roundings(field, 'legacy')];
};

function roundings(field: Field, shorter: 'legacy' | 'modern'): Hypothesis[] {
  const longer = shorter === 'modern' ? 'legacy' : 'modern';
  const scale = Math.max(0, ...field.differing.map((pair) => pair[shorter].decimal?.scale ?? 0));
  const longest = Math.max(0, ...field.differing.map((pair) => pair[longer].decimal?.scale ?? 0));
  if (scale >= longest) return [];
  const fitting = ROUNDING_MODES.map((mode) => ({
    mode,
    count: count(field.differing, shorter, scale, mode),
  }));
  const best = Math.max(...fitting.map(({ count }) => count));
  const modes = fitting.filter(({ count }) => count === best).map(({ mode }) => mode);
  if (best === 0 || modes.length === 0) return [];
  return [rounding(shorter, scale, modes, longest)];
}

function count(
  pairs: readonly Pair[],
  shorter: 'legacy' | 'modern',
  scale: number,
  mode: RoundingMode,
): number {
  return pairs.filter((pair) => rounds(pair, shorter, scale, mode)).length;
}

function rounds(pair: Pair, shorter: 'legacy' | 'modern', scale: number, mode: RoundingMode): boolean {
  const numbers = numbersOf(pair);
  if (!numbers) return false;
  const [long, short] =
    shorter === 'modern' ? [numbers.legacy, numbers.modern] : [numbers.modern, numbers.legacy];
  return equal({ n: roundToUnits(long, scale, mode), d: 1n }, scaled(short, scale));
}

function scaled(value: Rational, scale: number): Rational {
  const n = value.n * 10n ** BigInt(scale);
  return n % value.d === 0n ? { n: n / value.d, d: 1n } : { n, d: value.d };
}

function rounding(
  shorter: 'legacy' | 'modern',
  scale: number,
  modes: readonly RoundingMode[],
  longest: number,
): Hypothesis {
  const mode = modes[0]!;
  const how = roundingText(modes);
  const formula =
    shorter === 'modern'
      ? `modern = legacy rounded to ${places(scale)} (${how})`
      : `modern keeps ${places(longest)} where legacy rounds to ${places(scale)} (${how})`;
  return {
    name: 'rounding',
    formula,
    parameters: { side: shorter, scale: String(scale), mode: modes.join(' or ') },
    bits: 4,
    check: (pair): Check => {
      if (!numbersOf(pair)) return 'silent';
      if (!rounds(pair, shorter, scale, mode)) return 'wrong';
      return shorter === 'modern' ? 0 : Math.log2(10) * (Math.min(longest, 20) - scale);
    },
  };
}

/** The modes that the samples cannot tell apart, in words. */
export function roundingText(modes: readonly RoundingMode[]): string {
  if (modes.length === 1) return modes[0]!;
  if (modes[0] === 'half-up' && modes.every((mode) => mode.startsWith('half'))) return 'to nearest';
  return modes.slice(0, 2).join(' or ');
}

/** `2 decimals`, `whole numbers`. */
export function places(scale: number): string {
  return scale === 0 ? 'whole numbers' : `${scale} decimal${scale === 1 ? '' : 's'}`;
}
