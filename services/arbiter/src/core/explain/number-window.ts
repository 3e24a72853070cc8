import type { Field, Pair } from './field.ts';
import { SCALE_MAX } from './field.ts';
import type { Interval } from './nice-number.ts';
import {
  add,
  compare,
  equal,
  magnitude,
  multiply,
  powerOfTen,
  type Rational,
  rational,
  subtract,
} from './rational.ts';

/** How modern may have brought a number to its decimals. */
export type Window = 'nearest' | 'down' | 'up';
export const WINDOWS: readonly Window[] = ['nearest', 'down', 'up'];

const HALF = rational(1n, 2n);
/** Three decimal digits fewer than a binary double holds: room for a few operations. */
const FLOAT_NOISE = powerOfTen(-13);

export interface Numbers {
  readonly legacy: Rational;
  readonly modern: Rational;
}

/** Both sides as numbers; undefined when one is none, or when all that differs is how the same number is written. */
export function numbersOf({ legacy, modern, differs }: Pair): Numbers | undefined {
  const [a, b] = [legacy.decimal, modern.decimal];
  if (!a || !b || (differs && equal(a.value, b.value))) return undefined;
  return { legacy: a.value, modern: b.value };
}

/** One unit in the last place in which modern states its numbers. */
export function modernUnit(field: Field): Rational {
  return powerOfTen(-field.modernScale);
}

export function legacyUnit(field: Field): Rational {
  return powerOfTen(-field.legacyScale);
}

/** The unrounded values that would be written as `stated` (closed; for `down` and `up` the far end belongs to the next one). */
export function unroundedOf(stated: Rational, scale: number, unit: Rational, window: Window): Interval {
  if (scale > SCALE_MAX) return around(stated, multiply(magnitude(stated), FLOAT_NOISE));
  if (window === 'nearest') return around(stated, multiply(unit, HALF));
  const outwards = (window === 'down') === stated.n >= 0n;
  return outwards ? { lo: stated, hi: add(stated, unit) } : { lo: subtract(stated, unit), hi: stated };
}

/** Whether `exact` would be written as `stated`. */
export function writtenAs(
  exact: Rational,
  stated: Rational,
  scale: number,
  unit: Rational,
  window: Window,
): boolean {
  const { lo, hi } = unroundedOf(stated, scale, unit, window);
  if (compare(exact, lo) < 0 || compare(exact, hi) > 0) return false;
  if (window === 'nearest' || scale > SCALE_MAX) return true;
  const far = compare(lo, stated) === 0 ? hi : lo;
  return compare(exact, far) !== 0 || compare(exact, stated) === 0;
}

export function around(centre: Rational, half: Rational): Interval {
  return { lo: subtract(centre, half), hi: add(centre, half) };
}
