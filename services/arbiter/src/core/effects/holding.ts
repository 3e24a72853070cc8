import type { Settled } from '../join/join.ts';

export interface HoldingLimits {
  /** Requests held at once; of more the oldest are judged at once, their effects unknown. */
  readonly heldMax: number;
  readonly bytesMax: number;
}

export const HOLDING_LIMITS: HoldingLimits = { heldMax: 20_000, bytesMax: 64 << 20 };

/** A request whose exchanges are final, until the databases' changes are known to be complete, too. */
export interface Held {
  readonly settled: Settled;
  readonly migration: string;
  /** Both streams of changes must have passed this time. */
  readonly untilMs: number;
  /** It was looked at already: only its deadline, or news of other requests, settles it. */
  readonly unsettled: boolean;
}

/** Held requests of one partition, in the order in which they came. Bounded; time comes in. */
export class Holding {
  readonly #limits: HoldingLimits;
  readonly #held = new Map<string, Held>();
  #bytes = 0;

  constructor(limits: HoldingLimits = HOLDING_LIMITS) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#held.size;
  }

  /** First offset that is still needed; undefined when nothing is held. */
  get oldestOffset(): bigint | undefined {
    let oldest: bigint | undefined;
    for (const { settled } of this.#held.values()) {
      if (oldest === undefined || settled.firstOffset < oldest) oldest = settled.firstOffset;
    }
    return oldest;
  }

  has(requestId: string): boolean {
    return this.#held.has(requestId);
  }

  /** Holds it; returns those that must leave in its place. */
  add(held: Held): Held[] {
    this.remove(held.settled.requestId);
    this.#held.set(held.settled.requestId, held);
    this.#bytes += held.settled.bytes;
    const out: Held[] = [];
    while (this.#held.size > this.#limits.heldMax || this.#bytes > this.#limits.bytesMax) {
      const oldest = this.#held.values().next();
      if (oldest.done) break;
      this.remove(oldest.value.settled.requestId);
      out.push(oldest.value);
    }
    return out;
  }

  remove(requestId: string): void {
    this.#bytes -= this.#held.get(requestId)?.settled.bytes ?? 0;
    this.#held.delete(requestId);
  }

  /** Those to be judged now: the streams have passed them, or their deadline has come. They stay held until removed. */
  due(
    nowMs: number,
    passedMs: (migration: string) => number,
  ): { readonly held: Held; readonly late: boolean }[] {
    const due: { readonly held: Held; readonly late: boolean }[] = [];
    const passed = new Map<string, number>();
    for (const held of this.#held.values()) {
      const { migration, settled, untilMs } = held;
      const known = passed.get(migration) ?? passedMs(migration);
      passed.set(migration, known);
      const late = settled.deadlineAtMs <= nowMs;
      if (late || known >= untilMs) due.push({ held, late });
    }
    return due;
  }
}
