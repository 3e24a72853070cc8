import type { Triple } from '../judge/episode.ts';

/** One observation of a field, and what is known of its request. */
export interface Sample extends Triple {
  /** Raw JSON text by path: `request.body.amount`, `request.query.q`, `request.header.x`, `segment.tier`. */
  readonly request?: ReadonlyMap<string, string>;
}

/** Why modern differs from legacy, as far as the samples show. */
export interface Explanation {
  /** Stable name of the kind of explanation: `factor`, `rounding`, `zone-shift`. */
  readonly hypothesis: string;
  /** For people, with figures: `modern = legacy × 1.025 on 312 of 312 differing requests, all with segment.tier = VIP`. */
  readonly sentence: string;
  /** What modern does, without figures: `modern = legacy × 1.025`. The same for every field that one cause touches. */
  readonly formula: string;
  /** Differing samples that it explains, of all differing samples. */
  readonly explains: number;
  readonly of: number;
  /** When it happens, if something of the request tells: `segment.tier = VIP`. */
  readonly condition?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Bits of evidence beyond what the explanation itself costs to say; 10 is odds of a thousand to one against chance. */
  readonly bits: number;
}

/** More samples than these tell nothing new; the last ones are left out. */
export const SAMPLES_MAX = 512;
/** Facts of a request beyond these paths are left out (in the order in which they come). */
export const FACTS_MAX = 64;
/** Samples whose values are longer together are left out: they are contents, and explaining takes time in their length. */
export const VALUE_CHARS_MAX = 8_192;
/** Characters of all differing samples, and of all equal ones; what is beyond is left out. */
export const CHARS_MAX = 48 * 1_024;
