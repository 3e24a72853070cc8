import type { Judgement } from './judgement.ts';
import type { Proof } from './proofs/rule.ts';

/** Longer values hardly come twice. */
const CHARS_MAX = 256;
/** Some megabytes at most. Pairs of one hash modulo the sets share a set. */
const SETS = 512;
const WAYS = 8;

/** What was found of two values of a field, as far as somebody asked; undefined within: it was looked for in vain. */
export interface KnownPair {
  proven?: { readonly proof: Proof | undefined };
  alone?: Judgement;
}

interface Entry {
  readonly field: string;
  readonly legacy: string | undefined;
  readonly modern: string | undefined;
  readonly known: KnownPair;
  /** Asked for again since the hand passed it. */
  again: boolean;
}

/**
 * What was found lately of two values of one field. Most differences of a migration come again and again (a code that modern spells out, a zero
 * with other digits), and what they are is a function of the field and the values alone: whoever remembers it says what whoever does not would find.
 * A cache of small sets rather than a map by a joined text, which would have to be made and hashed for each pair that never comes again. Of a set, the
 * next one after the hand that was not asked for again makes room (Corbató's clock).
 */
export class KnownPairs {
  readonly #hashes = new Int32Array(SETS * WAYS);
  readonly #entries = new Array<Entry | undefined>(SETS * WAYS).fill(undefined);
  readonly #hands = new Uint8Array(SETS);

  /** The same object for the same values, to be filled in; undefined is a missing value. */
  of(field: string, legacy: string | undefined, modern: string | undefined): KnownPair {
    if (field.length + (legacy?.length ?? 0) + (modern?.length ?? 0) > CHARS_MAX) return {};
    const hash = hashOf(modern, hashOf(legacy, hashOf(field, 0)));
    const set = hash & (SETS - 1);
    for (let at = set * WAYS; at < (set + 1) * WAYS; at += 1) {
      if (this.#hashes[at] !== hash) continue;
      const entry = this.#entries[at];
      if (entry?.legacy !== legacy || entry?.modern !== modern || entry?.field !== field) continue;
      entry.again = true;
      return entry.known;
    }
    const at = this.#roomIn(set);
    const known: KnownPair = {};
    this.#hashes[at] = hash;
    this.#entries[at] = { field, legacy, modern, known, again: false };
    return known;
  }

  #roomIn(set: number): number {
    for (;;) {
      const hand = this.#hands[set] ?? 0;
      this.#hands[set] = (hand + 1) % WAYS;
      const entry = this.#entries[set * WAYS + hand];
      if (entry?.again !== true) return set * WAYS + hand;
      entry.again = false;
    }
  }

  /** Pairs that are remembered. */
  get size(): number {
    return this.#entries.filter((entry) => entry !== undefined).length;
  }
}

/** FNV-1a of the text's UTF-16 code units, continued from `seed`; a missing text is none of one character. */
function hashOf(text: string | undefined, seed: number): number {
  let hash = (seed ^ 0x811c9dc5) + (text === undefined ? 1 : 0);
  for (let i = 0; i < (text?.length ?? 0); i += 1) {
    hash = Math.imul(hash ^ (text?.charCodeAt(i) ?? 0), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}
