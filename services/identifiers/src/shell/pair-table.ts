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
  /** What it named was removed, so that a newer pair may be on its way. */
  readonly isEnded?: boolean;
}

/** What became of a copy that removes something: done, refused by the target, or never answered. */
export type Removal = 'done' | 'refused' | 'lost';

/** Identifiers of one migration. */
export interface Scope {
  readonly migration: string;
  readonly sealing: Sealing;
}

export interface LearnedPair {
  readonly learned: Learned;
  readonly keys: readonly string[];
  /** Legacy's ids of pairs that are no more, in clear. */
  readonly goneLegacyIds: readonly string[];
}

const CACHED_MAX = 100_000;
/** So long what is learned of an identifier waits for the answer to what removes its thing. */
const REMOVAL_MS_MAX = 2_000;
/** Of one identifier: copies that came before the older ones are long over. */
const REMOVALS_KEPT = 8;
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
  /** Removals that are under way, by identifier. */
  readonly #removing = new Map<
    string,
    readonly { readonly cameMs: number; readonly over: Promise<void> }[]
  >();
  /** Identifiers that requests have removed, by side: what became of that, and whether the universe has handed it out again since. */
  readonly #removed = new Lru<string, { readonly outcome: Removal | undefined; readonly isAgain: boolean }>(
    CACHED_MAX,
  );
  /** When the answer that has shown the pair was seen, and when requests came that removed its thing; by side and identifier. */
  readonly #madeAt = new Lru<string, number>(CACHED_MAX);
  readonly #removedAt = new Lru<string, readonly number[]>(CACHED_MAX);

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
    const own = [both.legacy, both.modern].map(({ key }) => cacheKey(migration, bijection, key));
    await this.#removals({ migration, bijection, ...both }, own, pair.seenMs);
    const { learned, gone } = await this.#store.learn(
      { migration, bijection, requestId, isSealed, ...both },
      pair.seenMs,
    );
    if (learned === 'new' || learned === 'replaced')
      for (const [i, side] of (['legacy', 'modern'] as const).entries())
        this.#made(`${side}\0${own[i]}`, pair.seenMs);
    const before = (gone?.keys ?? []).map((key) => cacheKey(migration, bijection, key));
    const keys = learned === 'conflict' ? [] : [...new Set([...own, ...before])];
    return { learned, keys, goneLegacyIds: gone?.legacyIds ?? [] };
  }

  #made(key: string, seenMs: number): void {
    this.#madeAt.set(key, seenMs);
    if (seenMs > (this.#removedAt.get(key)?.at(-1) ?? 0)) this.#removed.delete(key);
  }

  /** What removes one of these is under way: whether the pair in which it stands has ended is not known yet. */
  async #removals(
    { migration, bijection, legacy, modern }: Pick<StoredPair, 'migration' | 'bijection' | Side>,
    keys: readonly string[],
    seenMs: number,
  ): Promise<void> {
    const under = keys
      .flatMap((at) => this.#removing.get(at) ?? [])
      .filter(({ cameMs }) => cameMs < seenMs)
      .map(({ over }) => over);
    if (under.length === 0) return;
    const known = await this.#store.find(migration, bijection, [legacy.key, modern.key]);
    if (known.length === 0) return;
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, REMOVAL_MS_MAX);
    await Promise.race([Promise.allSettled(under), late.promise]);
    clearTimeout(timer);
  }

  /**
   * A copy to `target` that removes what these name has come. What is returned is to be called when it is over: done, it was after all copies
   * before it that name the same. Resolves to the pairs that have ended by it.
   */
  removing(
    { migration, sealing }: Scope,
    target: Side,
    wants: readonly Want[],
    nowMs: number,
  ): (outcome: Removal) => Promise<StoredPair[]> {
    const over = Promise.withResolvers<void>();
    const removal = { cameMs: nowMs, over: over.promise };
    const source: Side = target === 'modern' ? 'legacy' : 'modern';
    const keyed = wants.map(({ bijection, value }) => ({
      bijection,
      key: keyOf(sealing, bijection, value),
    }));
    const keys = keyed.map(({ bijection, key }) => cacheKey(migration, bijection, key));
    for (const at of keys) {
      this.#removing.set(at, [...(this.#removing.get(at) ?? []), removal]);
      this.#sighted.forget(at);
      // What was handed out again after an earlier removal is so still.
      const known = this.#removed.get(`${source}\0${at}`);
      this.#removed.set(`${source}\0${at}`, known ?? { outcome: undefined, isAgain: false });
      const before = this.#removedAt.get(`${source}\0${at}`) ?? [];
      this.#removedAt.set(`${source}\0${at}`, [...before, nowMs].slice(-REMOVALS_KEPT));
    }
    return async (outcome) => {
      try {
        const ended: StoredPair[] = [];
        for (const [bijection, own] of outcome === 'done'
          ? Map.groupBy(keyed, (each) => each.bijection)
          : []) {
          const of = own.map(({ key }) => key);
          ended.push(...(await this.#store.end(migration, bijection, source, of, nowMs)));
        }
        for (const at of keys) this.#over(`${source}\0${at}`, outcome);
        for (const pair of ended) this.#ended(pair);
        return ended;
      } finally {
        for (const at of keys) {
          const others = (this.#removing.get(at) ?? []).filter((each) => each !== removal);
          if (others.length > 0) this.#removing.set(at, others);
          else this.#removing.delete(at);
        }
        over.resolve();
      }
    };
  }

  #over(key: string, outcome: Removal): void {
    const known = this.#removed.get(key);
    if (outcome !== 'refused' && known !== undefined) this.#removed.set(key, { ...known, outcome });
    else if (known?.outcome === undefined) this.#removed.delete(key);
  }

  #ended({ migration, bijection, ...sides }: StoredPair): void {
    for (const side of ['legacy', 'modern'] as const) {
      const at = cacheKey(migration, bijection, sides[side].key);
      if (this.#removed.get(`${side}\0${at}`) === undefined) {
        this.#sighted.forget(at);
        this.#removed.set(`${side}\0${at}`, { outcome: 'done', isAgain: false });
      }
      this.#changed([at]);
    }
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
        const removed = this.#removed.get(`${side}\0${at}`);
        if (removed?.isAgain === false) this.#removed.set(`${side}\0${at}`, { ...removed, isAgain: true });
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

  /**
   * What stands for these identifiers in the target universe, in their order; one query a kind at most.
   *
   * @param cameMs when the request came: it does not mean what was made after a removal that came later
   */
  async find(
    scope: Scope,
    target: Side,
    wants: readonly Want[],
    nowMs: number,
    cameMs = nowMs,
  ): Promise<Found[]> {
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
      return this.find(scope, target, wants, nowMs, cameMs);
    for (const { at } of missing) {
      const known = loaded.get(at);
      if (known === undefined) this.#unknown.set(at, nowMs + UNKNOWN_MS);
      // Another process may put a newer pair in its place.
      else if (![known.asLegacy, known.asModern].some((pair) => pair?.isEnded)) this.#cache.set(at, known);
    }
    return keyed.map(({ at }) => {
      const found = this.#found(loaded.get(at) ?? this.#cache.get(at), target, scope, at);
      return this.#isLater(at, target, cameMs) ? { ...found, partner: undefined } : found;
    });
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

  /** What the identifier names by now was made after a removal that came after the request. */
  #isLater(at: string, target: Side, cameMs: number): boolean {
    const source: Side = target === 'modern' ? 'legacy' : 'modern';
    const madeMs = this.#madeAt.get(`${source}\0${at}`);
    const removed = madeMs === undefined ? undefined : this.#removedAt.get(`${source}\0${at}`);
    return removed?.some((ms) => cameMs <= ms && ms < (madeMs ?? 0)) === true;
  }

  #found(known: Known | undefined, target: Side, { sealing }: Scope, at: string): Found {
    const pair = target === 'modern' ? known?.asLegacy : known?.asModern;
    const own = target === 'modern' ? known?.asModern : known?.asLegacy;
    // Called the same in both: there is nothing to tell apart.
    const isTargets = own !== undefined && !own.legacy.key.equals(own.modern.key);
    for (const used of [pair, own])
      if (used !== undefined && this.#used.size < CACHED_MAX)
        this.#used.set(cacheKey(used.migration, used.bijection, used.legacy.key), used);
    if (pair === undefined || pair[target].content === null) return { partner: undefined, isTargets };
    const source: Side = target === 'modern' ? 'legacy' : 'modern';
    const removed = this.#removed.get(`${source}\0${at}`);
    const isEnded = pair.isEnded === true || removed?.outcome === 'lost';
    // Handed out again since: what the target calls that is not known yet.
    if (isEnded && removed?.isAgain === true) return { partner: undefined, isTargets };
    const { content, isNumber } = pair[target];
    const value = pair.isSealed ? sealing.open(content) : content.toString('utf8');
    return { partner: { value, isNumber }, isTargets, ...(isEnded && { isEnded }) };
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
