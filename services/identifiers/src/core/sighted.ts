import { Lru } from './lru.ts';

type Side = 'legacy' | 'modern';

const SIGHTED_MAX = 100_000;
/** A copy that has not made its partner after so long never will; what is seen later is a thing of its own. */
const SIGHTED_MS = 10_000;

/** Until when it counts that a universe has handed it out. */
type Seen = Readonly<Record<Side, number>>;

/** Identifiers that the universes have handed out, moments ago: the other's answer to the same request may still be on its way. */
export class Sighted {
  readonly #seen = new Lru<string, Seen>(SIGHTED_MAX);

  saw(key: string, side: Side, nowMs: number): void {
    const known = this.#seen.get(key) ?? { legacy: 0, modern: 0 };
    this.#seen.set(key, { ...known, [side]: nowMs + SIGHTED_MS });
  }

  /** What was handed out up to now counts no more: its thing was removed. */
  forget(key: string): void {
    this.#seen.delete(key);
  }

  hasMade(key: string, side: Side, nowMs: number): boolean {
    return (this.#seen.get(key)?.[side] ?? 0) > nowMs;
  }

  /** The universe that alone has handed it out. Numbers may be handed out by both, for different things: nobody can be sent anywhere for that. */
  onlyIn(key: string, nowMs: number): Side | undefined {
    const [legacy, modern] = [this.hasMade(key, 'legacy', nowMs), this.hasMade(key, 'modern', nowMs)];
    if (legacy === modern) return undefined;
    return legacy ? 'legacy' : 'modern';
  }
}
