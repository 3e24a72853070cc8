import { Lru } from '../core/lru.ts';
import type { Partner, Resolve, Want } from '../core/resolve.ts';
import type { PairTable, Scope, Side } from './pair-table.ts';

export interface ResolverOptions {
  readonly table: PairTable;
  readonly now: () => number;
  /** Requests that wait at once; one more does not wait. */
  readonly waitingMax: number;
  readonly onWaited: (ms: number, isLearned: boolean) => void;
}

export interface Resolved {
  readonly resolve: Resolve;
  /** Identifiers at declared places that have no partner. */
  readonly unlearned: readonly Want[];
  /** One of them only the other universe has handed out, a moment ago. */
  readonly isElsewhere: boolean;
}

/** How long may be waited, and for what. */
export interface Patience {
  /** How long identifiers at declared places may take to become known; 0: what is known now counts. */
  readonly ms: number;
  /** It is enough to know that the target has just made all of them itself; `elsewhere`: or the other universe one of them. */
  readonly enough?: 'here' | 'elsewhere';
}

interface Waiting {
  readonly scope: Scope;
  readonly target: Side;
  readonly unlearned: readonly Want[];
  readonly waitMs: number;
}

/** How often a waiting request asks the database, where another process may have learned the pair. */
const ASK_EVERY_MS = 250;
/** An identifier that was waited for in vain is not waited for again for this long: clients ask for what does not exist, too. */
const GIVEN_UP_MS = 10_000;
const GIVEN_UP_MAX = 10_000;

/** Finds partners, and waits for those that are still on their way. */
export class Resolver {
  readonly #options: ResolverOptions;
  readonly #givenUp = new Lru<string, number>(GIVEN_UP_MAX);
  #waiting = 0;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting;
  }

  async resolve(scope: Scope, target: Side, wants: readonly Want[], patience: Patience): Promise<Resolved> {
    const { table, now } = this.#options;
    const { ms: waitMs, enough } = patience;
    const startedAt = now();
    for (;;) {
      const nowMs = now();
      const found = await table.find(scope, target, wants, nowMs);
      const unlearned = wants.filter((want, index) => want.isDeclared && found[index]?.is === 'unknown');
      const madeIn = table.onlyIn(scope, unlearned, nowMs);
      const isElsewhere = madeIn.some((side) => side !== undefined && side !== target);
      const isKnown =
        enough !== undefined &&
        (madeIn.every((side) => side === target) || (enough === 'elsewhere' && isElsewhere));
      const leftMs = startedAt + waitMs - nowMs;
      const isEnough = unlearned.length === 0 || waitMs === 0 || isKnown;
      const waiting: Waiting = { scope, target, unlearned, waitMs };
      if (isEnough || !this.#mayWait(waiting, nowMs, leftMs)) {
        if (nowMs > startedAt) this.#options.onWaited(nowMs - startedAt, unlearned.length === 0);
        const partners = new Map<string, Partner>();
        for (const [index, { bijection, value }] of wants.entries()) {
          const one = found[index];
          if (one?.is === 'partner') partners.set(`${bijection}\0${value}`, one.partner);
        }
        return {
          resolve: (bijection, value) => partners.get(`${bijection}\0${value}`),
          unlearned,
          isElsewhere,
        };
      }
      this.#waiting += 1;
      await table
        .changed(scope, unlearned, Math.min(ASK_EVERY_MS, leftMs))
        .finally(() => (this.#waiting -= 1));
    }
  }

  #mayWait({ scope, target, unlearned, waitMs }: Waiting, nowMs: number, leftMs: number): boolean {
    // Whoever waits longer does not give up with those who have no time.
    const keyOf = ({ bijection, value }: Want) =>
      `${scope.migration}\0${target}\0${waitMs}\0${bijection}\0${value}`;
    if (leftMs <= 0) {
      for (const want of unlearned) this.#givenUp.set(keyOf(want), nowMs + GIVEN_UP_MS);
      return false;
    }
    return (
      this.#waiting < this.#options.waitingMax &&
      unlearned.every((want) => (this.#givenUp.get(keyOf(want)) ?? 0) <= nowMs)
    );
  }
}
