import fitted from './judge.parameters.json' with { type: 'json' };

/** Numbers of the judge that are fitted or chosen rather than derived; judge.parameters.json ships them with a version. */
export interface Parameters {
  readonly version: number;
  /** Chance of a false alarm that the tests of bias and of noise may have. */
  readonly alpha: number;
  /** Same-sided last-digit differences from which, at `biasShareMin` of the observations, a rounding is called one-sided. */
  readonly biasCountMin: number;
  readonly biasShareMin: number;
  /** Noise that modern may show beyond legacy's own, as a factor of its median. */
  readonly noiseFactorMax: number;
  /** Fewer differing observations than this never prove that modern varies as legacy does, unless the values are opaque. */
  readonly noiseCountMin: number;
  /** How far a clock of modern may run behind legacy's, beyond legacy's own lag, in milliseconds. */
  readonly clockLagMsMax: number;
}

export const DEFAULT_PARAMETERS: Parameters = fitted;
