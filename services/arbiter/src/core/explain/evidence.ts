import { subsetBits, surpriseBits } from './bits.ts';
import type { Field, Pair } from './field.ts';
import type { Hypothesis } from './hypothesis.ts';

/** What all samples say of one hypothesis. */
export interface Evidence {
  readonly hypothesis: Hypothesis;
  /** Differing samples whose modern value is as it says. */
  readonly explained: readonly Pair[];
  /** Samples that are not so: equal where it says or allows a difference, or differing otherwise. A condition must leave them out. */
  readonly unaffected: readonly Pair[];
  /** Bits saved by saying the hypothesis instead of each difference, a pair of values that comes again counted once. */
  readonly bits: number;
  /** The same with each repetition counted, where the hypothesis is about repetitions. */
  readonly bitsOfRepeats: number;
}

/** What it costs to say which kind of hypothesis is meant. */
const KIND_BITS = 6;

/** Weighs a hypothesis against all samples. Costs are the bits of each value by itself, as many as there are for this field. */
export function weigh(hypothesis: Hypothesis, field: Field, surprises: ReadonlyMap<Pair, number>): Evidence {
  const explained: Pair[] = [];
  const unaffected: Pair[] = [];
  let saved = 0;
  let repeated = 0;
  const seen = new Set<string>();
  const vocabulary = hypothesis.repeats ? Math.log2(Math.max(1, vocabularyOf(field) - 1)) : 0;
  for (const pair of field.pairs) {
    const said = hypothesis.check(pair);
    if (typeof said !== 'number') unaffected.push(pair);
    else if (pair.differs) {
      explained.push(pair);
      const bits = (surprises.get(pair) ?? 0) - said;
      const key = `${pair.legacy.raw}\n${pair.modern.raw}`;
      if (seen.has(key)) repeated += Math.min(bits, vocabulary);
      else saved += bits;
      seen.add(key);
    }
  }
  const differing = field.differing.length;
  const which =
    subsetBits(field.pairs.length, differing) -
    whichBits(explained.length + unaffected.length, explained.length, differing);
  const bits = saved + which - hypothesis.bits - KIND_BITS;
  return {
    hypothesis,
    explained,
    unaffected,
    bits,
    bitsOfRepeats: hypothesis.repeats ? bits + repeated : bits,
  };
}

/**
 * What it costs to say *which* samples differ, when the hypothesis leaves so many of them open: which of those are as it says, and which
 * others differ. A hypothesis that tells which samples stay equal (a cap, a tie of rounding) leaves few open.
 */
function whichBits(open: number, explained: number, differing: number): number {
  const others = differing - explained;
  return subsetBits(open, explained) + (others === 0 ? 0 : subsetBits(open - explained, others));
}

/** Different values of the field: once they are known, one of them (legacy's left out) costs no more than their number tells. */
function vocabularyOf({ pairs }: Field): number {
  return new Set(pairs.flatMap(({ legacy, modern }) => [legacy.raw, modern.raw])).size;
}

/** The cost of each differing value when nothing explains it. */
export function surprisesOf(field: Field): ReadonlyMap<Pair, number> {
  return new Map(field.differing.map((pair) => [pair, surpriseBits(pair, field)]));
}
