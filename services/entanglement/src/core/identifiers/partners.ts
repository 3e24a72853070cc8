import type { Universe } from '../mapping/catalog.ts';

/** Two ids of one thing. */
export interface IdPair {
  readonly bijection: string;
  readonly legacy: string;
  readonly modern: string;
}

/** An id of one universe, whose partner is asked for. */
export interface IdWant {
  readonly bijection: string;
  readonly universe: Universe;
  readonly id: string;
}

const MARK = /^⟨modern:(.*)⟩$/su;

/** How an id of modern's without a known partner is written where legacy's would stand. The arbiter writes the same. */
export function marked(modern: string): string {
  return `⟨modern:${modern}⟩`;
}

/** The id of modern's within {@link marked}. */
export function unmarked(common: string): string | undefined {
  return MARK.exec(common)?.[1];
}

/**
 * Pairs of ids as far as they were asked for. The common name of a thing is legacy's id; what legacy has none for (or none that is known) is modern's,
 * marked.
 */
export class Partners {
  readonly #modern = new Map<string, string>();
  readonly #legacy = new Map<string, string>();
  readonly #sameWhenUnknown: ReadonlySet<string>;

  /** @param sameWhenUnknown bijections of which an id without a partner is the same in both universes: it is from before the migration. */
  constructor(pairs: Iterable<IdPair> = [], sameWhenUnknown: ReadonlySet<string> = new Set()) {
    this.#sameWhenUnknown = sameWhenUnknown;
    for (const pair of pairs) this.add(pair);
  }

  add({ bijection, legacy, modern }: IdPair): void {
    this.#modern.set(`${bijection}\0${legacy}`, modern);
    this.#legacy.set(`${bijection}\0${modern}`, legacy);
  }

  /** The common name of a universe's own id. */
  common(bijection: string, universe: Universe, own: string): string {
    if (universe === 'legacy') return own;
    const at = `${bijection}\0${own}`;
    const isSame = this.#sameWhenUnknown.has(bijection) && !this.#modern.has(at);
    return this.#legacy.get(at) ?? (isSame ? own : marked(own));
  }

  /** What the universe calls it; undefined: nothing that is known. */
  own(bijection: string, universe: Universe, common: string): string | undefined {
    const modern = unmarked(common);
    if (universe === 'legacy')
      return modern === undefined ? common : this.#legacy.get(`${bijection}\0${modern}`);
    if (modern !== undefined) return modern;
    const at = `${bijection}\0${common}`;
    // One that modern has given to something else is not shared.
    const isSame = this.#sameWhenUnknown.has(bijection) && !this.#legacy.has(at);
    return this.#modern.get(at) ?? (isSame ? common : undefined);
  }
}
