import { FEATURES } from './features.ts';
import fitted from './score.parameters.json' with { type: 'json' };

/** A logistic model of what is asked; `npm run train:drift` fits and ships it, MODEL.md says how right it is on authors it has not seen. */
export interface ScoreParameters {
  readonly version: number;
  /** The score above which a question is called a bug. */
  readonly threshold: number;
  /** The labelled sets whose questions it was fitted on. */
  readonly fittedOn: readonly string[];
  readonly bias: number;
  /** By the names of {@link FEATURES}. */
  readonly weights: Readonly<Record<string, number>>;
}

export const DEFAULT_SCORE: ScoreParameters = fitted;

/** No score reaches its threshold: the named rules alone. */
export const NO_SCORE: ScoreParameters = { version: 0, threshold: 1, fittedOn: [], bias: 0, weights: {} };

/** How much rather a bug than another notation, 0 to 1. */
export function scoreOf(features: readonly number[], { bias, weights }: ScoreParameters): number {
  const sum = FEATURES.reduce((total, name, i) => total + (weights[name] ?? 0) * (features[i] ?? 0), bias);
  return 1 / (1 + Math.exp(-sum));
}
