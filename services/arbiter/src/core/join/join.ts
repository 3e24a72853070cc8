import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { DueQueue } from './due-queue.ts';
import { Finished } from './finished.ts';
import { type Outcome, outcomeOf, type Wait, waitOf } from './settle.ts';
import { type Exchanges, withExchange } from './sides.ts';

/** One partition's join by request id. Its invariants are numbered in the README (J1 to J7). Time comes in; nothing is read or written. */

export interface JoinLimits {
  /** Requests that wait at once; more push the oldest out as lost, so that memory stays bounded whatever arrives. */
  readonly pendingMax: number;
  readonly pendingBytesMax: number;
  readonly finishedMax: number;
  /** How long a failed attempt of the answering side waits for the next one. */
  readonly failoverMs: number;
  /** How long a request that could be judged waits for legacy's second run. */
  readonly secondMs: number;
}

export const JOIN_LIMITS: JoinLimits = {
  pendingMax: 20_000,
  pendingBytesMax: 64 << 20,
  finishedMax: 50_000,
  failoverMs: 2_000,
  secondMs: 500,
};

/** Where and when an exchange stands in the log. */
export interface Arrival {
  readonly offset: bigint;
  /** The record's timestamp, epoch milliseconds. */
  readonly timestampMs: number;
  /** From first sight to judgement, of this migration. */
  readonly deadlineMs: number;
}

/** A request whose story is over. */
export interface Settled {
  readonly requestId: string;
  readonly outcome: Outcome;
  /** Where the first of its exchanges stands: below it nothing of this request is needed. */
  readonly firstOffset: bigint;
  /** By when it must be judged, epoch milliseconds of the log. */
  readonly deadlineAtMs: number;
  readonly bytes: number;
}

interface Pending {
  readonly firstOffset: bigint;
  readonly deadlineAtMs: number;
  readonly exchanges: Exchanges;
  readonly bytes: number;
  /** When it is judged unless something arrives; the entry in the queue with this time is the valid one. */
  readonly dueMs: number;
}

export class Join {
  readonly #limits: JoinLimits;
  /** In the order of first sight, which is the order of offsets: the first entry bounds what may be committed. */
  readonly #pending = new Map<string, Pending>();
  readonly #finished: Finished;
  readonly #due = new DueQueue();
  #bytes = 0;
  #ignored = 0;

  constructor(limits: JoinLimits = JOIN_LIMITS) {
    this.#limits = limits;
    this.#finished = new Finished(limits.finishedMax);
  }

  /** Requests that wait. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Exchanges that changed nothing because their request was judged before: duplicates and late ones. */
  get ignored(): number {
    return this.#ignored;
  }

  /** First offset that is still needed; undefined when nothing waits. */
  get oldestOffset(): bigint | undefined {
    const oldest = this.#pending.values().next();
    return oldest.done ? undefined : oldest.value.firstOffset;
  }

  /** A verdict exists already (read back after a restart). */
  markFinished(requestId: string): void {
    this.#finished.add(requestId);
    this.#remove(requestId);
  }

  /** Its story is over, as far as is remembered. */
  isFinished(requestId: string): boolean {
    return this.#finished.has(requestId);
  }

  observe(exchange: Exchange, arrival: Arrival): Settled[] {
    const id = exchange.requestId;
    if (this.#finished.has(id)) {
      this.#ignored += 1;
      return [];
    }
    const before = this.#pending.get(id);
    const exchanges = withExchange(before?.exchanges ?? [], exchange);
    if (exchanges === before?.exchanges) {
      this.#ignored += 1;
      return [];
    }
    const wait = waitOf(exchanges);
    const deadlineAtMs = before?.deadlineAtMs ?? arrival.timestampMs + arrival.deadlineMs;
    const firstOffset = before?.firstOffset ?? arrival.offset;
    const bytes = exchanges.reduce((sum, e) => sum + sizeOf(e), 0);
    const dueMs = wait === 'none' ? 0 : Math.min(deadlineAtMs, arrival.timestampMs + this.#patience(wait));
    const entry = { firstOffset, deadlineAtMs, exchanges, bytes, dueMs };
    if (wait === 'none') return [this.#settle(id, entry)];
    this.#bytes += bytes - (before?.bytes ?? 0);
    this.#pending.set(id, entry);
    if (dueMs !== before?.dueMs) this.#due.push(id, dueMs);
    return this.#overflow();
  }

  /** Judges what is due at the log's time `nowMs`. */
  advance(nowMs: number): Settled[] {
    const settled: Settled[] = [];
    for (let id = this.#due.take(nowMs); id !== undefined; id = this.#due.take(nowMs)) {
      const entry = this.#pending.get(id);
      // A failed attempt's short wait may have been replaced by another time; that one has its own entry.
      if (entry && entry.dueMs <= nowMs) settled.push(this.#settle(id, entry));
    }
    return settled;
  }

  #patience(wait: Exclude<Wait, 'none'>): number {
    if (wait === 'failover') return this.#limits.failoverMs;
    return wait === 'second' ? this.#limits.secondMs : Number.POSITIVE_INFINITY;
  }

  #overflow(): Settled[] {
    const settled: Settled[] = [];
    while (this.#pending.size > this.#limits.pendingMax || this.#bytes > this.#limits.pendingBytesMax) {
      const oldest = this.#pending.entries().next();
      if (oldest.done) break;
      const one = this.#settle(...oldest.value);
      // Both sides may be there, waiting for a failover: then it can be judged as well as ever.
      const isLost = one.outcome.type === 'lost';
      settled.push(isLost ? { ...one, outcome: { ...one.outcome, reason: 'join-overflow' } } : one);
    }
    return settled;
  }

  #settle(id: string, { exchanges, firstOffset, deadlineAtMs, bytes }: Pending): Settled {
    this.#finished.add(id);
    this.#remove(id);
    return { requestId: id, outcome: outcomeOf(exchanges), firstOffset, deadlineAtMs, bytes };
  }

  #remove(id: string): void {
    this.#bytes -= this.#pending.get(id)?.bytes ?? 0;
    this.#pending.delete(id);
  }
}

/** Bodies and headers; what an object costs beside them is small. */
function sizeOf(exchange: Exchange): number {
  let bytes = 512;
  for (const message of [exchange.request, exchange.response]) {
    if (!message) continue;
    bytes += message.body.length;
    for (const { name, value } of message.headers) bytes += name.length + value.length + 64;
  }
  return bytes;
}
