import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import type { MaskRules } from './rules.ts';

export interface WaitingRoomOptions {
  /** An exchange whose rules are known. */
  readonly pass: (exchange: Exchange, rules: MaskRules) => void;
  /** One whose rules did not come in time, or that found no room: never passed on, since nobody knows what is secret in it. */
  readonly lose: (exchange: Exchange) => void;
  readonly waitMs: number;
  readonly exchangesMax: number;
  readonly bytesMax: number;
}

interface Waiting {
  readonly sinceMs: number;
  readonly exchanges: Exchange[];
}

/**
 * Holds exchanges until it is known what is secret in them. Invariants:
 *
 * 1. Nothing passes without its migration's rules.
 * 2. Exchanges of one migration pass in the order in which they came.
 * 3. What is held is bounded; of what does not fit the newest is lost, because the older ones are whole pairs.
 * 4. The wait for rules begins when they can be known: once all rules that there are have been read.
 */
export class WaitingRoom {
  readonly #options: WaitingRoomOptions;
  readonly #rules = new Map<string, MaskRules>();
  readonly #waiting = new Map<string, Waiting>();
  /** Waited for in vain. */
  readonly #unknown = new Set<string>();
  #readAtMs: number | undefined;
  #held = { exchanges: 0, bytes: 0 };

  constructor(options: WaitingRoomOptions) {
    this.#options = options;
  }

  get held(): Readonly<{ exchanges: number; bytes: number }> {
    return this.#held;
  }

  offer(exchange: Exchange, nowMs: number): void {
    const { migration } = exchange;
    const rules = this.#rules.get(migration);
    if (rules) {
      this.#options.pass(exchange, rules);
      return;
    }
    const bytes = sizeOf(exchange);
    const isFull =
      this.#held.exchanges >= this.#options.exchangesMax || this.#held.bytes + bytes > this.#options.bytesMax;
    if (isFull || this.#unknown.has(migration)) {
      this.#options.lose(exchange);
      return;
    }
    const waiting = this.#waiting.get(migration) ?? { sinceMs: nowMs, exchanges: [] };
    this.#waiting.set(migration, waiting);
    waiting.exchanges.push(exchange);
    this.#held = { exchanges: this.#held.exchanges + 1, bytes: this.#held.bytes + bytes };
  }

  /** A control plane that has just lost the lead may publish late what it decided earlier: older rules change nothing. */
  learn(migration: string, rules: MaskRules): void {
    const known = this.#rules.get(migration);
    if (known !== undefined && known.revision > rules.revision) return;
    this.#rules.set(migration, rules);
    this.#unknown.delete(migration);
    for (const exchange of this.#take(migration)) this.#options.pass(exchange, rules);
  }

  /** There is no such migration any more. */
  forget(migration: string): void {
    this.#rules.delete(migration);
  }

  /** All rules that there were have been read. */
  allRead(nowMs: number): void {
    this.#readAtMs ??= nowMs;
  }

  /** Gives up those who have waited long enough. */
  advance(nowMs: number): void {
    if (this.#readAtMs === undefined) return;
    for (const [migration, { sinceMs }] of [...this.#waiting]) {
      if (nowMs - Math.max(sinceMs, this.#readAtMs) < this.#options.waitMs) continue;
      // A client cannot name migrations; should garbage do so, it is waited for again.
      if (this.#unknown.size < UNKNOWN_MAX) this.#unknown.add(migration);
      for (const exchange of this.#take(migration)) this.#options.lose(exchange);
    }
  }

  #take(migration: string): Exchange[] {
    const exchanges = this.#waiting.get(migration)?.exchanges ?? [];
    this.#waiting.delete(migration);
    for (const exchange of exchanges) {
      this.#held = { exchanges: this.#held.exchanges - 1, bytes: this.#held.bytes - sizeOf(exchange) };
    }
    return exchanges;
  }
}

const UNKNOWN_MAX = 256;

function sizeOf({ request, response }: Exchange): number {
  return 1024 + (request?.body.length ?? 0) + (response?.body.length ?? 0);
}
