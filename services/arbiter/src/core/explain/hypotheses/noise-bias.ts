import { surpriseBits } from '../bits.ts';
import type { Pair } from '../field.ts';
import type { Family } from '../hypothesis.ts';
import { numbersOf } from '../number-window.ts';
import { toNumber } from '../rational.ts';

const PAIRS_MIN = 8;
/** Standard errors; chance passes it once in sixteen thousand. */
const Z_MIN = 4;

/**
 * Legacy is noisy, and modern is off beyond that noise: the mean relative distance of modern from legacy against that of legacy's second
 * run. Statistics of noise, so binary floats do.
 */
export const noiseBias: Family = (field) => {
  const pairs = field.pairs.filter((pair) => numbersOf(pair)?.legacy.n && pair.legacy2?.decimal);
  if (pairs.length < PAIRS_MIN) return [];
  const own = pairs.map((pair) => relative(pair, 'legacy2'));
  const modern = pairs.map((pair) => relative(pair, 'modern'));
  if (own.every((distance) => distance === 0)) return [];
  const bias = mean(modern) - mean(own);
  const error = Math.sqrt((variance(modern) + variance(own)) / pairs.length);
  if (!(Math.abs(bias) > Z_MIN * error)) return [];
  // Bits that a value costs less when it is looked for around the bias instead of around legacy.
  const saved = Math.max(0, Math.log2(Math.abs(bias) / Math.sqrt(variance(modern) + variance(own))));
  return [
    {
      name: 'noise-bias',
      formula: `modern is ${distanceText(bias)} on average, while legacy’s own second run is ${percent(mean(own))} off (spread ${percent(Math.sqrt(variance(own)))}),`,
      parameters: { bias: bias.toPrecision(3), pairs: String(pairs.length) },
      bits: 4,
      plain: true,
      check: (pair) => (pair.differs && numbersOf(pair) ? surpriseBits(pair, field) - saved : 'silent'),
    },
  ];
};

function distanceText(bias: number): string {
  if (bias >= 1) return `about ${Number((1 + bias).toPrecision(2))} times legacy`;
  return `${percent(bias)} ${bias < 0 ? 'lower' : 'higher'}`;
}

function relative(pair: Pair, side: 'modern' | 'legacy2'): number {
  const base = toNumber(pair.legacy.decimal!.value);
  return (toNumber(pair[side]!.decimal!.value) - base) / Math.abs(base);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

function percent(share: number): string {
  return `${Number(Math.abs(share * 100).toPrecision(2))} %`;
}
