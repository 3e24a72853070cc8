import type { Palette } from '../text/palette.ts';

/**
 * How far the evidence is on its way to the gate, 0 to 1; 1 only when it is open. Logarithmic in what is left to 100 %: the way from 99 to
 * 99.9 is as long as that from 90 to 99, as it takes ten times the requests.
 */
export function gateShare(confidence: number, needed: number): number {
  const target = nines(needed);
  return target <= 0 ? 1 : Math.min(1, Math.max(0, nines(confidence) / target));
}

/** The way to the gate as a bar of characters. */
export function confidenceBar(
  confidence: number,
  needed: number | undefined,
  width: number,
  colors: Palette,
): string {
  const share = gateShare(confidence, needed ?? 99.99);
  // Full only when the gate is open: floor, never round.
  const filled = Math.floor(share * width);
  const color = share >= 1 ? colors.good : colors.accent;
  return color('█'.repeat(filled)) + colors.dim('░'.repeat(width - filled));
}

function nines(percent: number): number {
  return -Math.log10(Math.max(1e-9, 1 - Math.min(100, Math.max(0, percent)) / 100));
}
