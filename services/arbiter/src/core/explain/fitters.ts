import type { Triple } from '../judge/episode.ts';
import { surprisesOf, weigh } from './evidence.ts';
import { fieldOf } from './field.ts';
import { fewerDigits } from './hypotheses/digits.ts';
import { factor } from './hypotheses/factor.ts';
import { offset } from './hypotheses/offset.ts';
import type { Family } from './hypothesis.ts';

/** The best parameters of one kind of hypothesis, and how far they carry. */
export interface Fit {
  /** `modern = legacy × 1.025`. */
  readonly formula: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly explains: number;
  readonly of: number;
  /** Bits of evidence beyond the cost of the parameters; below 10 it may be chance. */
  readonly bits: number;
}

/** modern = legacy × f; `parameters.factor` is a decimal or a fraction (`1.025`, `100/119`, `-1`). */
export const fitFactor = fitterOf(factor);
/** modern = legacy + c; `parameters.offset`. */
export const fitOffset = fitterOf(offset);
/** One side rounded to fewer decimals; `parameters.side`, `scale` and `mode`. */
export const fitRounding = fitterOf(fewerDigits);

/** The best of one family over all triples, whatever its evidence; undefined when it explains no difference. */
function fitterOf(family: Family): (triples: readonly Triple[]) => Fit | undefined {
  return (triples) => {
    const field = fieldOf(triples);
    const surprises = surprisesOf(field);
    const best = family(field)
      .map((hypothesis) => weigh(hypothesis, field, surprises))
      .filter(({ explained }) => explained.length > 0)
      .sort((a, b) => b.bits - a.bits)[0];
    if (best === undefined) return undefined;
    const { formula, parameters } = best.hypothesis;
    return {
      formula,
      parameters,
      explains: best.explained.length,
      of: field.differing.length,
      bits: best.bits,
    };
  };
}
