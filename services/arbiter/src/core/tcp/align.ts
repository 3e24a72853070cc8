import type { Frame } from './framing.ts';

/** Frames that stand for each other though they are not the same, or one that the other side lacks. */
export interface Pair {
  readonly legacy?: Frame;
  readonly modern?: Frame;
  /** Number of the frame, counted from 0 on legacy's side, on modern's where legacy has none. */
  readonly index: number;
}

/** Frames looked ahead on both sides together: a few missing or added ones do not make all that follow differ. */
const LOOK_AHEAD = 16;

/** `equivalent`: the same but for what a rule leaves out. */
export type Relation = 'same' | 'equivalent' | 'different';

type Relate = (a: Frame, b: Frame) => Relation;

/**
 * Tells each pair that is not the same, in order, until one side has no more frames; returns how many of either were passed then. `relate` is
 * asked at most LOOK_AHEAD² times a difference.
 */
export function align(
  legacy: readonly Frame[],
  modern: readonly Frame[],
  relate: Relate,
  differs: (pair: Pair) => void,
): { readonly legacy: number; readonly modern: number } {
  let i = 0;
  let j = 0;
  for (;;) {
    const [a, b] = [legacy[i], modern[j]];
    if (a === undefined || b === undefined) return { legacy: i, modern: j };
    const relation = relate(a, b);
    if (relation !== 'different') {
      if (relation === 'equivalent') differs({ legacy: a, modern: b, index: i });
      i += 1;
      j += 1;
      continue;
    }
    const skip = resync(legacy, i, modern, j, relate);
    for (let k = 0; k < Math.max(skip.legacy, skip.modern); k += 1) {
      const left = k < skip.legacy ? legacy[i + k] : undefined;
      const right = k < skip.modern ? modern[j + k] : undefined;
      differs({
        ...(left && { legacy: left }),
        ...(right && { modern: right }),
        index: left ? i + k : j + k,
      });
    }
    i += skip.legacy;
    j += skip.modern;
  }
}

/** How many frames to pass over on either side until they are the same again; one on each where that is not in sight. */
function resync(legacy: readonly Frame[], i: number, modern: readonly Frame[], j: number, relate: Relate) {
  for (const skip of SKIPS) {
    const [a, b] = [legacy[i + skip.legacy], modern[j + skip.modern]];
    if (a !== undefined && b !== undefined && relate(a, b) !== 'different') return skip;
  }
  return CHANGED;
}

/** A frame that changed, which is the likeliest of all. */
const CHANGED = { legacy: 1, modern: 1 };

/** Ways to pass over frames, the fewest first. */
const SKIPS = [
  CHANGED,
  ...Array.from({ length: LOOK_AHEAD }, (_, index) => index + 1).flatMap((steps) =>
    Array.from({ length: steps + 1 }, (_, skipped) => ({ legacy: skipped, modern: steps - skipped })),
  ),
];
