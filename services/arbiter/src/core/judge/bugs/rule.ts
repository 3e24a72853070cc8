import type { Episode } from '../episode.ts';
import type { Severity } from '../judgement.ts';
import type { Reading } from '../observe.ts';
import type { Parameters } from '../parameters.ts';
import type { Proof } from '../proofs/rule.ts';
import type { Side } from '../value/side.ts';

/** One request's answers at the field, read. */
export interface Observed {
  readonly index: number;
  readonly legacy: Side;
  readonly modern: Side;
  /** Undefined when there is no second run of legacy. */
  readonly legacy2: Side | undefined;
  /** The second run is not proven equal to the first. */
  readonly varies: boolean;
  /** Modern's text is not legacy's. */
  readonly differs: boolean;
  /** The proof that they mean the same; undefined when they differ and nothing proves it. */
  readonly proof: Proof | undefined;
}

/** Everything that is known of the field when its unproven differences are judged. */
export interface Context extends Reading {
  readonly episode: Episode;
  readonly parameters: Parameters;
  /** The numbers may be keys that each system hands out by itself; see looksLikeKeys. */
  readonly keyLike: boolean;
  /** The values may be the time of the answer; see looksLikeClock. */
  readonly clockLike: boolean;
}

export interface Finding {
  readonly severity: Severity;
  /** One sentence with figures, without the count of requests, which the judge adds. */
  readonly explanation: string;
  /** How many observations show it. */
  readonly shownBy: number;
}

/** One way in which a difference is shown to be a bug. */
export interface BugRule {
  readonly name: string;
  readonly shows: string;
  /** What looks alike and is left to other rules, or asked. */
  readonly spares: string;
  find(context: Context): Finding | undefined;
}

/** One kind of doubt: what is neither proven nor shown, and the question a person can answer. */
export interface Doubt {
  readonly rule: string;
  readonly explanation: string;
  readonly question: string;
}
