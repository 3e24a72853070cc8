import type { Sealing } from '@chronos/capture/shell/sealing.ts';
import type { IdentifierSighting } from '@chronos/proto/events/v1/identifiers_pb.js';
import { Lru } from '../core/lru.ts';
import type { SightedPair } from '../core/pairing.ts';
import type { Partner, Want } from '../core/resolve.ts';
import { Sighted } from '../core/sighted.ts';
import type { Learned, PairStore, StoredPair, StoredValue } from './pair-store.ts';

export type Side = 'legacy' | 'modern';

/** The pairs in which an identifier stands: given out by legacy, by modern, or, as numbers may be, by both for different things. */
interface Known {
  readonly asLegacy: StoredPair | undefined;
  readonly asModern: StoredPair | undefined;
}

/** What is known of an identifier towards a universe, the target. */
export interface Found {
  /** What the target calls what the other universe gave out under it. */
  readonly partner: Partner | undefined;
  /** The target gave it out, for something else. */
  readonly isTargets: boolean;
}

/** Identifiers of one migration. */
export interface Scope {
  readonly migration: string;
  readonly sealing: Sealing;
}

export interface LearnedPair {
  readonly learned: Learned;
  readonly keys: readonly string[];
}

const CACHED_MAX = 100_000;
/** An identifier nobody knows is not asked of the database again for this long, unless it is learned here. */
const UNKNOWN_MS = 1_000;

/** The pairs of all migrations: in Postgres, the last used ones in memory. */
export class PairTable {
  readonly #store: PairStore;
  readonly #cache = new Lru<string, Known>(CACHED_MAX);
  readonly #unknown = new Lru<string, number>(CACHED_MAX);
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #sighted = new Sighted();
  readonly #used = new Map<string, StoredPair>();
  /** Counts what is learned and forgotten; of each identifier of that lately, the count then. */
  #generation = 0;
  readonly #learned = new Lru<string, number>(CACHED_MAX);

  constructor(store: PairStore) {
    this.#store = store;
  }

  get cached(): number {
    return this.#cache.size;
  }

  /** Stores it; those who wait for it go on once it is {@link announce}d. */
  async learn({ migration, sealing }: Scope, pair: SightedPair, isSent: boolean): Promise<LearnedPair> {
    const { bijection, requestId, isSealed } = pair;
    const stored = (side: SightedPair['legacy']): StoredValue => {
      const text = isSealed ? sealing.open(side.bytes) : Buffer.from(side.bytes).toString('utf8');
      const content = isSealed && !isSent ? null : Buffer.from(side.bytes);
      return { key: keyOf(sealing, bijection, text), content, isNumber: side.isNumber };
    };
    const both = { legacy: stored(pair.legacy), modern: stored(pair.modern) };
    const learned = await this.#store.learn({ migration, bijection, requestId, isSealed, ...both });
    const keys = [both.legacy, both.modern].map(({ key }) => cacheKey(migration, bijection, key));
    return { learned, keys: learned === 'conflict' ? [] : keys };
  }

  announce({ keys }: LearnedPair): void {
    this.#changed(keys);
    for (const at of keys) {
      this.#unknown.delete(at);
      for (const wake of this.#waiting.get(at) ?? []) wake();
    }
  }

  /** Pairs that the store has forgotten, by their keys: an id of theirs may be another pair's from now on. */
  forget(migration: string, bijection: string, keys: readonly Buffer[]): void {
    const at = keys.map((key) => cacheKey(migration, bijection, key));
    this.#changed(at);
    for (const one of at) this.#used.delete(one);
  }

  /** What is in memory of these is old, and what the database is just saying of them may be. */
  #changed(keys: readonly string[]): void {
    this.#generation += 1;
    for (const at of keys) {
      this.#learned.set(at, this.#generation);
      this.#cache.delete(at);
    }
  }

  /** One universe's answer has handed these out; the pair is known once the other's has. */
  sighted(
    { migration, sealing }: Scope,
    side: Side,
    sightings: readonly IdentifierSighting[],
    nowMs: number,
  ): void {
    for (const { bijection, values, sealed } of sightings) {
      for (const bytes of values) {
        const text = sealed ? sealing.open(bytes) : Buffer.from(bytes).toString('utf8');
        const at = cacheKey(migration, bijection, keyOf(sealing, bijection, text));
        this.#sighted.saw(at, side, nowMs);
        for (const wake of this.#waiting.get(at) ?? []) wake();
      }
    }
  }

  /** Of each, the universe that has handed it out a moment ago, and the other has not yet. */
  onlyIn({ migration, sealing }: Scope, wants: readonly Want[], nowMs: number): (Side | undefined)[] {
    return wants.map(({ bijection, value }) =>
      this.#sighted.onlyIn(cacheKey(migration, bijection, keyOf(sealing, bijection, value)), nowMs),
    );
  }

  /** Of each, whether this universe has handed it out a moment ago. */
  justMadeBy(side: Side, { migration, sealing }: Scope, wants: readonly Want[], nowMs: number): boolean[] {
    return wants.map(({ bijection, value }) =>
      this.#sighted.hasMade(cacheKey(migration, bijection, keyOf(sealing, bijection, value)), side, nowMs),
    );
  }

  /** What stands for these identifiers in the target universe, in their order; one query a kind at most. */
  async find(scope: Scope, target: Side, wants: readonly Want[], nowMs: number): Promise<Found[]> {
    const keyed = wants.map((want) => {
      const key = keyOf(scope.sealing, want.bijection, want.value);
      return { want, key, at: cacheKey(scope.migration, want.bijection, key) };
    });
    const missing = keyed.filter(
      ({ at }) => this.#cache.get(at) === undefined && (this.#unknown.get(at) ?? 0) <= nowMs,
    );
    const before = this.#generation;
    const loaded = await this.#load(scope.migration, missing);
    // Learned or forgotten while the database was being asked: what it said is old.
    if (missing.some(({ at }) => (this.#learned.get(at) ?? 0) > before))
      return this.find(scope, target, wants, nowMs);
    for (const { at } of missing) {
      const known = loaded.get(at);
      if (known === undefined) this.#unknown.set(at, nowMs + UNKNOWN_MS);
      else this.#cache.set(at, known);
    }
    return keyed.map(({ at }) => this.#found(this.#cache.get(at), target, scope));
  }

  /** Resolves once one of these may have become known, or after `ms`. */
  async changed(scope: Scope, wants: readonly Want[], ms: number): Promise<void> {
    const changed = Promise.withResolvers<void>();
    const keys = wants.map(({ bijection, value }) =>
      cacheKey(scope.migration, bijection, keyOf(scope.sealing, bijection, value)),
    );
    for (const key of keys) {
      const waiting = this.#waiting.get(key) ?? new Set();
      this.#waiting.set(key, waiting.add(changed.resolve));
    }
    const timer = setTimeout(changed.resolve, ms);
    await changed.promise;
    clearTimeout(timer);
    for (const key of keys) {
      const waiting = this.#waiting.get(key);
      waiting?.delete(changed.resolve);
      if (waiting?.size === 0) this.#waiting.delete(key);
      // Another process may have learned it.
      this.#unknown.delete(key);
    }
  }

  /** Writes down which pairs were used since the last time. */
  async saveUse(): Promise<void> {
    const byKind = Map.groupBy(
      this.#used.values(),
      ({ migration, bijection }) => `${migration}\0${bijection}`,
    );
    this.#used.clear();
    for (const pairs of byKind.values()) {
      const [{ migration, bijection }] = pairs as [StoredPair];
      await this.#store.touch(
        migration,
        bijection,
        pairs.map(({ legacy }) => legacy.key),
      );
    }
  }

  #found(known: Known | undefined, target: Side, { sealing }: Scope): Found {
    const pair = target === 'modern' ? known?.asLegacy : known?.asModern;
    const own = target === 'modern' ? known?.asModern : known?.asLegacy;
    // Called the same in both: there is nothing to tell apart.
    const isTargets = own !== undefined && !own.legacy.key.equals(own.modern.key);
    for (const used of [pair, own])
      if (used !== undefined && this.#used.size < CACHED_MAX)
        this.#used.set(cacheKey(used.migration, used.bijection, used.legacy.key), used);
    if (pair === undefined || pair[target].content === null) return { partner: undefined, isTargets };
    const { content, isNumber } = pair[target];
    const value = pair.isSealed ? sealing.open(content) : content.toString('utf8');
    return { partner: { value, isNumber }, isTargets };
  }

  async #load(
    migration: string,
    missing: readonly { readonly want: Want; readonly key: Buffer }[],
  ): Promise<Map<string, Known>> {
    const loaded = new Map<string, Known>();
    for (const [bijection, wants] of Map.groupBy(missing, ({ want }) => want.bijection)) {
      const pairs = await this.#store.find(
        migration,
        bijection,
        wants.map(({ key }) => key),
      );
      for (const pair of pairs) {
        const legacy = cacheKey(migration, bijection, pair.legacy.key);
        const modern = cacheKey(migration, bijection, pair.modern.key);
        loaded.set(legacy, { asModern: undefined, ...loaded.get(legacy), asLegacy: pair });
        loaded.set(modern, { asLegacy: undefined, ...loaded.get(modern), asModern: pair });
      }
    }
    return loaded;
  }
}

/** Kinds have keys of their own, so that equal values of two kinds do not show as equal. */
function keyOf(sealing: Sealing, bijection: string, value: string): Buffer {
  return sealing.hash(`${bijection}\0${value}`);
}

function cacheKey(migration: string, bijection: string, key: Buffer): string {
  return `${migration}\0${bijection}\0${key.toString('base64')}`;
}
