import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { Universe } from '../mapping/catalog.ts';
import { homeOf, type Standing } from './home.ts';

/** A group came to another stage. */
export interface StageChange {
  readonly group: string;
  /** Undefined: not known. */
  readonly from: Stage | undefined;
  readonly to: Stage;
  /** Time in ms of the decision, by the control plane's clock. */
  readonly atMs: number;
  /** How long the proxies took to follow; undefined: not known. */
  readonly ackMs: number | undefined;
}

/** Who was right about what no request did, at some time. */
export interface HomeThen extends Standing {
  /** It changed just then: nobody can say. */
  readonly torn: boolean;
}

/** A kill waits for its proxies no longer than this; nor does a step. */
const ackWithinMs = 5_000;

/**
 * Who was home when something was committed, which need not be who is home when it is looked at: a booking that modern made by itself before a kill
 * is known only seconds after it, or minutes when the arbiter is behind, and is modern's all the same.
 */
export class HomeHistory {
  readonly #groups: ReadonlyMap<string, readonly StageChange[]>;
  /** Before it nothing is known; undefined: all is. */
  readonly #knownSinceMs: number | undefined;
  /** Each change from its decision until the last proxy followed. */
  readonly #flips: readonly { readonly fromMs: number; readonly toMs: number }[];

  /**
   * @param changes of all groups, in any order
   * @param knownSinceMs when the oldest of them may not be the first
   */
  constructor(changes: readonly StageChange[], knownSinceMs?: number) {
    const inOrder = changes.toSorted((a, b) => a.atMs - b.atMs);
    this.#groups = Map.groupBy(inOrder, ({ group }) => group);
    this.#knownSinceMs = knownSinceMs;
    this.#flips = inOrder.map(({ atMs, ackMs }) => ({ fromMs: atMs, toMs: atMs + (ackMs ?? ackWithinMs) }));
  }

  /**
   * @param committedMs by the database's clock
   * @param skewMs how far that may be from the control plane's
   * @param lateMs how long after its answer a request's work may go on, without its tag
   * @param by whose database: what the universe that is no longer home does so late, its clients may still have asked of it
   */
  at(
    committedMs: number,
    { skewMs, lateMs, by }: { readonly skewMs: number; readonly lateMs: number; readonly by?: Universe },
  ): HomeThen {
    const then = this.#standingAt(committedMs);
    const isLate = by !== undefined && by !== then.universe;
    const fromMs = committedMs - skewMs - (isLate ? lateMs : 0);
    const toMs = committedMs + skewMs;
    const isUnknown = this.#knownSinceMs !== undefined && fromMs < this.#knownSinceMs;
    const meanwhile = this.#flips
      .filter((flip) => flip.fromMs <= toMs && flip.toMs >= fromMs)
      .flatMap((flip) => [this.#standingAt(flip.fromMs - 1), this.#standingAt(flip.fromMs)]);
    const homes = [then, ...meanwhile];
    return {
      universe: then.universe,
      both: homes.some(({ both }) => both),
      torn: isUnknown || homes.some(({ universe }) => universe !== then.universe),
    };
  }

  /** The same of a request's transactions, the first and the last of which were committed at these times. */
  between(firstMs: number, lastMs: number, { skewMs }: { readonly skewMs: number }): HomeThen {
    const [first, last] = [firstMs, lastMs].map((atMs) => this.at(atMs, { skewMs, lateMs: 0 })) as [
      HomeThen,
      HomeThen,
    ];
    return {
      universe: last.universe,
      both: first.both || last.both,
      torn: first.torn || last.torn || first.universe !== last.universe,
    };
  }

  /** Whether clients may have had answers of the universe at any time between; yes, where that is not known. */
  answered(
    universe: Universe,
    fromMs: number,
    toMs: number,
    { skewMs }: { readonly skewMs: number },
  ): boolean {
    const firstMs = fromMs - skewMs;
    if (this.#knownSinceMs !== undefined && firstMs < this.#knownSinceMs) return true;
    const meanwhile = this.#flips
      .filter((flip) => flip.fromMs <= toMs + skewMs && flip.toMs >= firstMs)
      .flatMap((flip) => [this.#standingAt(flip.fromMs - 1), this.#standingAt(flip.fromMs)]);
    return [this.#standingAt(firstMs), ...meanwhile].some((home) => home.both || home.universe === universe);
  }

  #standingAt(atMs: number): Standing {
    return homeOf([...this.#groups.values()].map((changes) => stageAt(changes, atMs)));
  }
}

function stageAt(changes: readonly StageChange[], atMs: number): Stage {
  const last = changes.findLast((change) => change.atMs <= atMs);
  return last?.to ?? changes[0]?.from ?? Stage.DRAFT;
}
