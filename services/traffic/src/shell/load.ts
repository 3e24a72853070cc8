import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Customers, Person } from '../core/customers.ts';
import type { Action } from '../core/mix.ts';
import { outcomeOf } from '../core/outcome.ts';
import type { Client } from './client.ts';
import type { Ledger } from './ledger.ts';
import type { Tally } from './tally.ts';

export interface LoadOptions {
  readonly tps: number;
  /** A customer's least time between an answer and the next request; see {@link thinkMs}. */
  readonly thinkMs: number;
  readonly timeoutMs: number;
  /** Begins every idempotency key, so that keys of two runs never meet. */
  readonly run: string;
}

/** More requests than this are never due and unsent; what comes on top fails as `overload`. */
const WAITING_MAX = 10_000;

/**
 * Open loop: request number n is due at start + n / tps whatever became of those before, and its latency counts from then. A customer has one
 * request under way; one that is due while all customers wait or think is sent as soon as one is free, and its wait counts.
 */
export class Load {
  readonly #options: LoadOptions;
  readonly #client: Client;
  readonly #customers: Customers;
  readonly #tally: Tally;
  readonly #ledger: Ledger;
  readonly #underWay = new Set<Promise<void>>();
  /** When each request became due that no customer was free for. */
  readonly #waiting: number[] = [];
  #sent = 0;

  constructor(options: LoadOptions, client: Client, customers: Customers, tally: Tally, ledger: Ledger) {
    this.#options = options;
    this.#client = client;
    this.#customers = customers;
    this.#tally = tally;
    this.#ledger = ledger;
  }

  /**
   * Sends `total` requests, also those that found no customer free in time: the last of them for as long as one may take, what is unsent then
   * failed as `overload`. The signal ends it at once: what is due and unsent then is forgotten. Resolves when nothing is under way.
   */
  async run(until: AbortSignal, total: number): Promise<void> {
    const start = performance.now();
    const intervalMs = 1_000 / this.#options.tps;
    for (let number = 0; number < total && !until.aborted; number += 1) {
      const due = start + number * intervalMs;
      const waitMs = due - performance.now();
      if (waitMs > 0) await delay(waitMs, undefined, { signal: until }).catch(() => {});
      if (until.aborted) break;
      this.#enqueue(due);
      this.#sendWaiting(until);
    }
    const lastMs = performance.now() + this.#options.timeoutMs;
    while (this.#waiting.length > 0 && !until.aborted && performance.now() < lastMs) {
      await delay(intervalMs, undefined, { signal: until }).catch(() => {});
    }
    const unsent = this.#waiting.splice(0);
    if (!until.aborted) for (const due of unsent) this.#overloaded(due);
    await Promise.all(this.#underWay);
  }

  #enqueue(due: number): void {
    if (this.#waiting.length < WAITING_MAX) {
      this.#waiting.push(due);
      return;
    }
    this.#overloaded(due);
  }

  #overloaded(due: number): void {
    this.#tally.sent();
    this.#tally.ended({ kind: 'failed', reason: 'overload' }, performance.now() - due);
  }

  #sendWaiting(until: AbortSignal): void {
    while (this.#waiting.length > 0 && !until.aborted) {
      const next = this.#customers.next();
      if (next === undefined) return;
      const { person, action } = next;
      const key = `${this.#options.run}-${this.#sent}`;
      this.#sent += 1;
      this.#tally.sent();
      const done = this.#perform(person, action, key, this.#waiting.shift()!).finally(() => {
        this.#underWay.delete(done);
        setTimeout(() => {
          person.busy = false;
          this.#sendWaiting(until);
        }, this.#options.thinkMs).unref();
      });
      this.#underWay.add(done);
    }
  }

  async #perform(person: Person, action: Action, key: string, due: number): Promise<void> {
    const headers = {
      ...(action.method !== 'Login' && { authorization: `Bearer ${person.token}` }),
      ...(action.write && { 'idempotency-key': key }),
    };
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const call = { method: action.method, body: action.body, headers, signal };
      const { code, answer } = await this.#client.send(call, person.random);
      const outcome = outcomeOf(code);
      this.#tally.ended(outcome, performance.now() - due);
      if (action.method === 'Login' && typeof answer?.token === 'string') person.token = answer.token;
      if (action.write && outcome.kind === 'ok') {
        this.#ledger.add({
          customer: person.customer.id,
          method: action.method,
          key,
          request: action.body,
          response: answer,
        });
      }
    } catch (error) {
      const reason = signal.aborted
        ? 'timeout'
        : error instanceof Error && 'code' in error
          ? String(error.code)
          : 'broken answer';
      this.#tally.ended({ kind: 'failed', reason }, performance.now() - due);
    }
  }
}
