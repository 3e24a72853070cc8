import type { KillMigrationResponse } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { ConnectError } from '@connectrpc/connect';

/** Proxies get 5 s to ACK, the probes and the database's word little more: who says nothing for so long is not heard. */
export const lateAfterMs = 10_000;

/** Whose clients are sent back: a migration's; of one route group alone where `group` is not empty. */
export interface Target {
  readonly migration: string;
  readonly group: string;
}

export type Standing =
  | { readonly kind: 'asked' }
  /** No answer for {@link lateAfterMs}: nobody knows whether it was killed; the answer may still come. */
  | { readonly kind: 'late' }
  /** Refused, or the line broke; in the server's words. */
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'done'; readonly killed: KillMigrationResponse };

/** One throw of the switch, and what is known of it. */
export interface Throw {
  readonly target: Target;
  readonly standing: Standing;
}

/** What the switch needs of the world. */
export interface KillWorld {
  kill(target: Target, signal: AbortSignal): Promise<KillMigrationResponse>;
  /** Calls back after `ms`; the result cancels. */
  after(ms: number, call: () => void): () => void;
}

const keyOf = ({ migration, group }: Target) => JSON.stringify([migration, group]);

/**
 * What this tab has killed and what came of it, whether or not the dialog that asked is still there. One call a target at most: thrown again, the
 * one before is given up, as its answer would be the same.
 */
export class KillSwitch {
  readonly #world: KillWorld;
  readonly #listeners = new Set<() => void>();
  readonly #giveUp = new Map<string, () => void>();
  #throws: ReadonlyMap<string, Throw> = new Map();

  constructor(world: KillWorld) {
    this.#world = world;
  }

  /** Those that nobody has read yet, or that have no answer; another map whenever something changed. */
  get throws(): ReadonlyMap<string, Throw> {
    return this.#throws;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  throw(target: Target): void {
    const key = keyOf(target);
    this.#giveUp.get(key)?.();
    const call = new AbortController();
    const cancelLate = this.#world.after(lateAfterMs, () => this.#stands(target, { kind: 'late' }));
    const answered = (standing: Standing) => {
      if (call.signal.aborted) return;
      cancelLate();
      this.#giveUp.delete(key);
      this.#stands(target, standing);
    };
    this.#giveUp.set(key, () => {
      cancelLate();
      call.abort();
    });
    this.#stands(target, { kind: 'asked' });
    this.#world.kill(target, call.signal).then(
      (killed) => answered({ kind: 'done', killed }),
      (error) => answered({ kind: 'failed', error: ConnectError.from(error).rawMessage }),
    );
  }

  /** Its outcome was read. One that has no answer yet stays. */
  read(target: Target): void {
    const key = keyOf(target);
    if (this.#giveUp.has(key) || !this.#throws.has(key)) return;
    this.#throws = new Map([...this.#throws].filter(([each]) => each !== key));
    this.#tell();
  }

  #stands(target: Target, standing: Standing): void {
    this.#throws = new Map(this.#throws).set(keyOf(target), { target, standing });
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The throw of exactly this target. */
export function throwOf(throws: ReadonlyMap<string, Throw>, target: Target): Throw | undefined {
  return throws.get(keyOf(target));
}
