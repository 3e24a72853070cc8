import type { Judgement } from './judgement.ts';
import type { Proof } from './proofs/rule.ts';

/** Longer values hardly come twice. */
const CHARS_MAX = 256;
/** Pairs of one generation; two of them are kept, some megabytes at most. */
const PAIRS_MAX = 2_048;

/** What was found of two values of a field, as far as somebody asked; undefined within: it was looked for in vain. */
export interface KnownPair {
  proven?: { readonly proof: Proof | undefined };
  alone?: Judgement;
}

/**
 * What was found lately of two values of one field. Most differences of a migration come again and again (a code that modern spells out, a zero
 * with other digits), and what they are is a function of the field and the values alone: whoever remembers it says what whoever does not would find.
 */
export class KnownPairs {
  #young = new Map<string, KnownPair>();
  #old = new Map<string, KnownPair>();

  /** The same object for the same values, to be filled in; undefined is a missing value. */
  of(field: string, legacy: string | undefined, modern: string | undefined): KnownPair {
    if (field.length + (legacy?.length ?? 0) + (modern?.length ?? 0) > CHARS_MAX) return {};
    // No raw JSON text has a zero byte, so that no two pairs share a key.
    const key = `${legacy ?? ''}\0${modern ?? ''}\0${field}`;
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const known = this.#old.get(key) ?? {};
    if (this.#young.size >= PAIRS_MAX) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, known);
    return known;
  }

  /** Pairs that are remembered. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }
}
