import type { Field, Pair } from './field.ts';

/**
 * What a hypothesis says of one sample: modern's value is as it says (a number: the bits that it leaves open, 0 when it names exactly one
 * value), it is not ('wrong'), or the hypothesis does not speak of such values ('silent'). Of an equal sample, a number says that the
 * hypothesis tells it stays equal; one that only tells how values change is silent there.
 */
export type Check = number | 'wrong' | 'silent';

/** A possible reason, with its parameters already fitted. */
export interface Hypothesis {
  readonly name: string;
  /** For people, without figures: `modern = legacy × 1.025`. */
  readonly formula: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What its parameters cost to say. */
  readonly bits: number;
  /**
   * True by reading the values alone (`modern is null`), so that even one sample suffices. All others must earn their place by evidence.
   */
  readonly plain?: boolean;
  /** The formula names legacy's values already; a condition on them would say nothing more. */
  readonly namesLegacy?: boolean;
  /**
   * It is about values that come again (a value renamed always the same way), so each repetition is evidence. For all others a pair of
   * values counts once, however often it came: a hundred times 0.02 → 0.025 may be + 0.005 or × 1.25.
   */
  readonly repeats?: boolean;
  check(pair: Pair): Check;
}

/** Fits its hypotheses to the differing samples; none when it has nothing to offer. Bounded in time by the bounds of a field. */
export type Family = (field: Field) => readonly Hypothesis[];
