import type { RoundingMode } from '../judge/value/decimal.ts';
import { floorOf, multiply, powerOfTen, type Rational } from './rational.ts';

/** Likeliest first. */
export const ROUNDING_MODES: readonly RoundingMode[] = [
  'half-up',
  'half-even',
  'down',
  'up',
  'half-down',
  'floor',
  'ceiling',
];

/** The modes of which something holds; where cutting does, whether it is meant for negative numbers as well makes no difference here. */
export function modesOf(holds: (mode: RoundingMode) => boolean): RoundingMode[] {
  const modes = ROUNDING_MODES.filter(holds);
  return modes.filter(
    (mode) => !(mode === 'floor' && modes.includes('down')) && !(mode === 'ceiling' && modes.includes('up')),
  );
}

/** What it costs to say which mode is meant: about as many bits as it is unlikely. */
export function modeBits(mode: RoundingMode): number {
  return 1 + Math.log2(1 + ROUNDING_MODES.indexOf(mode));
}

/** As `roundTo` of decimals, for fractions that never end: `value` in units of 10^-scale. half-up and half-down take ties away from and towards zero. */
export function roundToUnits(value: Rational, scale: number, mode: RoundingMode): bigint {
  const scaled = multiply(value, powerOfTen(scale));
  const floor = floorOf(scaled);
  if (floor * scaled.d === scaled.n) return floor;
  const ceiling = floor + 1n;
  const positive = scaled.n > 0n;
  switch (mode) {
    case 'floor':
      return floor;
    case 'ceiling':
      return ceiling;
    case 'down':
      return positive ? floor : ceiling;
    case 'up':
      return positive ? ceiling : floor;
    default:
      return nearest(scaled, floor, mode);
  }
}

function nearest(scaled: Rational, floor: bigint, mode: 'half-up' | 'half-even' | 'half-down'): bigint {
  const twice = 2n * (scaled.n - floor * scaled.d);
  if (twice !== scaled.d) return twice < scaled.d ? floor : floor + 1n;
  if (mode === 'half-even') return floor % 2n === 0n ? floor : floor + 1n;
  const away = scaled.n > 0n ? floor + 1n : floor;
  const towards = scaled.n > 0n ? floor : floor + 1n;
  return mode === 'half-up' ? away : towards;
}
