import { Lru } from './lru.ts';

type Side = 'legacy' | 'modern';

const SIGHTED_MAX = 100_000;
/** A copy that has not made its partner after so long never will; what is seen later is a thing of its own. */
const SIGHTED_MS = 10_000;

interface Seen {
  readonly side: Side;
  readonly untilMs: number;
}

/** Identifiers that one universe alone has handed out so far, moments ago: the other's answer to the same request is still on its way. */
export class Sighted {
  readonly #seen = new Lru<string, Seen>(SIGHTED_MAX);

  saw(key: string, side: Side, nowMs: number): void {
    const known = this.#seen.get(key);
    // Numbers may be handed out by both, for different things: nobody can be sent anywhere for that.
    if (known !== undefined && known.untilMs > nowMs && known.side !== side) this.#seen.delete(key);
    else this.#seen.set(key, { side, untilMs: nowMs + SIGHTED_MS });
  }

  /** The universe that has handed it out, and the other has not; undefined: not known, or both. */
  onlyIn(key: string, nowMs: number): Side | undefined {
    const seen = this.#seen.get(key);
    return seen === undefined || seen.untilMs <= nowMs ? undefined : seen.side;
  }
}
