import { Lru } from '../core/lru.ts';
import { type Meaning, meaningOf, type Way } from '../core/meaning.ts';
import type { Partner, Resolve, Want } from '../core/resolve.ts';
import type { MigrationFacts } from './migration-facts.ts';
import type { Found, PairTable, Scope, Side } from './pair-table.ts';

export interface ResolverOptions {
  readonly table: PairTable;
  readonly facts: Pick<MigrationFacts, 'of'>;
  readonly now: () => number;
  /** Requests that wait at once; one more does not wait. */
  readonly waitingMax: number;
  readonly onWaited: (ms: number, isLearned: boolean) => void;
  /** A client's id that is one thing in legacy and another in modern: it stays as it is. */
  readonly onAmbiguous: (migration: string, bijection: string) => void;
}

/** Where a request is going. */
export interface Course {
  readonly scope: Scope;
  readonly target: Side;
  readonly way: Way;
  /** When the request came; by default just now. */
  readonly cameMs?: number;
}

export interface Resolved {
  readonly resolve: Resolve;
  /** Identifiers without a partner: at declared places, or just handed out by the other universe. */
  readonly unlearned: readonly Want[];
  /** Those of them that the target would take for something else. */
  readonly misleading: ReadonlySet<Want>;
  /** One of them only the other universe has handed out, a moment ago. */
  readonly isElsewhere: boolean;
}

/** How long may be waited, and for what. */
export interface Patience {
  /** How long identifiers at declared places may take to become known; 0: what is known now counts. */
  readonly ms: number;
  /** It is enough to know that the target has just made all of them itself; `elsewhere`: or the other universe one of them. */
  readonly enough?: 'here' | 'elsewhere';
  /** How long for what the other universe has just handed out: its copy is on its way. */
  readonly longerMs?: number;
  /** Called once before anything is waited for. */
  readonly onWait?: () => void;
}

interface Waiting {
  readonly scope: Scope;
  readonly target: Side;
  readonly unlearned: readonly Want[];
  readonly waitMs: number;
}

/** How often a waiting request asks the database, where another process may have learned the pair. */
const ASK_EVERY_MS = 250;
/** What names a removed thing waits so long for a newer pair: the id may have been handed out again, and nobody has read that yet. */
const NEWER_MS = 500;
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

  async resolve(course: Course, wants: readonly Want[], patience: Patience): Promise<Resolved> {
    const { table, now } = this.#options;
    const { scope, target } = course;
    const { enough, longerMs = 0, onWait } = patience;
    let waitMs = patience.ms;
    const startedAt = now();
    let hasWaited = false;
    for (;;) {
      const nowMs = now();
      const found = await table.find(scope, target, wants, nowMs, course.cameMs ?? startedAt);
      const meanings = await this.#meanings(course, wants, found, nowMs);
      const those = (...wanted: Meaning[]) =>
        wants.filter((_, at) => wanted.includes(meanings[at] as Meaning));
      const { unlearned, madeIn } = this.#unlearned(scope, target, those('unknown', 'not-targets'), nowMs);
      const isElsewhere = madeIn.some((side) => side !== undefined && side !== target);
      const isKnown =
        enough !== undefined &&
        (madeIn.every((side) => side === target) || (enough === 'elsewhere' && isElsewhere));
      if (isElsewhere && enough !== 'elsewhere') waitMs = Math.max(waitMs, longerMs);
      const leftMs = startedAt + waitMs - nowMs;
      const isEnough = unlearned.length === 0 || waitMs === 0 || isKnown;
      const ended = course.way === 'copy' ? wants.filter((_, at) => found[at]?.isEnded) : [];
      const newerMs = startedAt + Math.min(NEWER_MS, waitMs) - nowMs;
      if (isEnough && ended.length > 0 && newerMs > 0) {
        await table.changed(scope, ended, newerMs);
        continue;
      }
      const waiting: Waiting = { scope, target, unlearned, waitMs };
      if (isEnough || !this.#mayWait(waiting, nowMs, leftMs)) {
        if (nowMs > startedAt) this.#options.onWaited(nowMs - startedAt, unlearned.length === 0);
        const partners = new Map<string, Partner>();
        for (const [at, { bijection, value }] of wants.entries()) {
          const partner = found[at]?.partner;
          if (meanings[at] === 'others' && partner) partners.set(`${bijection}\0${value}`, partner);
        }
        for (const { bijection } of those('either')) this.#options.onAmbiguous(scope.migration, bijection);
        return {
          resolve: (bijection, value) => partners.get(`${bijection}\0${value}`),
          unlearned,
          misleading: new Set(those('not-targets')),
          isElsewhere,
        };
      }
      if (!hasWaited) onWait?.();
      hasWaited = true;
      this.#waiting += 1;
      await table
        .changed(scope, unlearned, Math.min(ASK_EVERY_MS, leftMs))
        .finally(() => (this.#waiting -= 1));
    }
  }

  async #meanings(
    { scope, target, way }: Course,
    wants: readonly Want[],
    found: readonly Found[],
    nowMs: number,
  ): Promise<Meaning[]> {
    if (wants.length === 0) return [];
    const { hasModernAnswered, overlapping } = await this.#options.facts.of(scope.migration);
    const justMade = this.#options.table.justMadeBy(target, scope, wants, nowMs);
    return wants.map(({ bijection, value }, at) =>
      meaningOf(
        {
          hasPartner: found[at]?.partner !== undefined,
          isTargets: found[at]?.isTargets === true,
          // Called the same in both: there is nothing to tell apart.
          hasTargetJustMade: justMade[at] === true && found[at]?.partner?.value !== value,
        },
        {
          way,
          mayClientsHoldTargets: target === 'legacy' || hasModernAnswered,
          isOverlapping: overlapping.has(bijection),
        },
      ),
    );
  }

  /** What must be known: identifiers at declared places, and values anywhere that the other universe has just handed out. */
  #unlearned(scope: Scope, target: Side, unknown: readonly Want[], nowMs: number) {
    const madeIn = this.#options.table.onlyIn(scope, unknown, nowMs);
    const isMissing = (want: Want, at: number) =>
      want.isDeclared || (madeIn[at] !== undefined && madeIn[at] !== target);
    return {
      unlearned: unknown.filter(isMissing),
      madeIn: madeIn.filter((_, at) => isMissing(unknown[at] as Want, at)),
    };
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
