import { type Pair, SCALE_MAX } from './field.ts';
import { unitsText } from './nice-number.ts';
import { numbersOf } from './number-window.ts';
import { magnitude, type Rational, subtract, toNumber } from './rational.ts';
import { roundToUnits } from './rounding.ts';
import { grouped } from './wording.ts';

/** `by 0.01 to 12.30 (0.1 to 3 %)`: how far modern's numbers are from legacy's; all pairs are numbers. */
export function rangeText(pairs: readonly Pair[]): string {
  const sizes = pairs
    .map((pair) => numbersOf(pair)!)
    .map(({ legacy, modern }) => magnitude(subtract(modern, legacy)))
    .sort((a, b) => toNumber(a) - toNumber(b));
  // With the decimals of the values: 0.10 of an amount, not 0.1.
  const scale = Math.max(
    ...pairs.flatMap(({ legacy, modern }) => [legacy.decimal!.scale, modern.decimal!.scale]),
  );
  const [least, most] = [spell(sizes[0]!, scale), spell(sizes.at(-1)!, scale)];
  return `by ${least === most ? least : `${least} to ${most}`}${percentText(pairs)}`;
}

/** Of legacy's values, where none is zero. */
function percentText(pairs: readonly Pair[]): string {
  const shares = pairs.map((pair) => {
    const { legacy, modern } = numbersOf(pair)!;
    return Math.abs((toNumber(modern) - toNumber(legacy)) / toNumber(legacy)) * 100;
  });
  if (!shares.every(Number.isFinite)) return '';
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) =>
    Number(share.toPrecision(2)),
  );
  return least === most ? ` (${least} %)` : ` (${least} to ${most} %)`;
}

function spell(value: Rational, scale: number): string {
  return scale <= SCALE_MAX
    ? grouped(unitsText(roundToUnits(value, scale, 'half-up'), scale))
    : toNumber(value).toPrecision(6);
}
