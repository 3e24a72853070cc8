import { durationMs } from '@bufbuild/protobuf/wkt';
import { boundedLabel, processRegistry } from '@chronos/observability/metrics.ts';
import { type Exchange, Outcome } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { MissedReason } from './effects-desk.ts';

/** Routes that get series of their own, of all migrations together; the verdicts name the others. */
const ROUTES_MAX = 200;

/** What the arbiter knows of itself when it is scraped. */
export interface ArbiterFigures {
  pending(): number;
  ignored(): number;
  lag(): number;
}

/** How one universe dealt with a request: what its client would have seen. */
type RequestOutcome = 'ok' | 'refused' | 'failed' | 'reset' | 'unseen';

/** The arbiter's figures, by Prometheus' conventions. */
export class ArbiterMetrics {
  readonly registry: Registry = processRegistry();
  readonly unreadable = new Counter({
    name: 'chronos_arbiter_unreadable_records_total',
    help: 'Records of shadow-requests that are no exchange',
    registers: [this.registry],
  });
  readonly #verdicts = new Counter({
    name: 'chronos_arbiter_verdicts_total',
    help: 'Verdicts by kind, each request once',
    labelNames: ['migration', 'kind'],
    registers: [this.registry],
  });
  readonly #lost = new Counter({
    name: 'chronos_arbiter_lost_total',
    help: 'Requests that could not be compared, by reason',
    labelNames: ['migration', 'reason'],
    registers: [this.registry],
  });
  readonly #reopened = new Counter({
    name: 'chronos_arbiter_reopened_total',
    help: 'Verdicts that a change in a database re-opened after they were written',
    labelNames: ['migration'],
    registers: [this.registry],
  });
  readonly #missed = new Counter({
    name: 'chronos_arbiter_missed_changes_total',
    help: 'Requests that changed rows after their verdict without re-opening it, by reason: forgotten (the verdict is no longer read), incomplete (the changes around it are no longer all known)',
    labelNames: ['migration', 'reason'],
    registers: [this.registry],
  });
  readonly #strays = new Counter({
    name: 'chronos_arbiter_unattributed_transactions_total',
    help: 'Transactions on rows of declared entities that belong to no request',
    labelNames: ['migration', 'universe'],
    registers: [this.registry],
  });
  readonly #inferred = new Counter({
    name: 'chronos_arbiter_inferred_effects_total',
    help: 'Rows changed by transactions whose request was inferred from entity, time and order',
    labelNames: ['migration', 'universe'],
    registers: [this.registry],
  });
  readonly #requests = new Counter({
    name: 'chronos_requests_total',
    help: 'Judged requests as each universe dealt with them: ok (status below 400), refused (4xx), failed (5xx), reset (no whole answer), unseen (never captured there)',
    labelNames: ['migration', 'group', 'route', 'universe', 'outcome'],
    registers: [this.registry],
  });
  readonly #duration = new Histogram({
    name: 'chronos_request_duration_seconds',
    help: "From the request's headers to the end of the universe's answer",
    labelNames: ['migration', 'group', 'universe'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly #route = boundedLabel(ROUTES_MAX);

  constructor(figures: ArbiterFigures) {
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    gauge('chronos_arbiter_joins_pending', 'Requests that wait for their other half', figures.pending);
    gauge(
      'chronos_arbiter_ignored_exchanges',
      'Duplicate or late exchanges since the partitions were assigned',
      figures.ignored,
    );
    gauge(
      'chronos_arbiter_lag_records',
      'Records behind the end of shadow-requests, as of the last batches',
      figures.lag,
    );
  }

  missed(migration: string, reason: MissedReason): void {
    this.#missed.inc({ migration, reason });
  }

  stray(migration: string, universe: string): void {
    this.#strays.inc({ migration, universe });
  }

  #countInferred({ migration, effects }: Verdict): void {
    for (const { legacy, modern } of effects) {
      for (const [universe, side] of Object.entries({ legacy, modern })) {
        if (side?.attribution === Attribution.INFERRED) this.#inferred.inc({ migration, universe });
      }
    }
  }

  verdict(verdict: Verdict): void {
    const { migration, group, kind, lostReason, revision } = verdict;
    if (revision > 0) {
      this.#reopened.inc({ migration });
      return;
    }
    this.#countInferred(verdict);
    this.#verdicts.inc({ migration, kind: (Kind[kind] ?? 'unknown').toLowerCase() });
    if (kind === Kind.LOST) this.#lost.inc({ migration, reason: lostReason });
    const route = this.#route(verdict.route || 'unknown');
    const sides = [
      { universe: 'legacy', exchange: verdict.legacy, status: verdict.legacyStatus },
      { universe: 'modern', exchange: verdict.modern, status: verdict.modernStatus },
    ];
    for (const { universe, exchange, status } of sides) {
      this.#requests.inc({ migration, group, route, universe, outcome: outcomeOf(exchange, status) });
      if (exchange?.duration !== undefined)
        this.#duration.observe({ migration, group, universe }, durationMs(exchange.duration) / 1_000);
    }
  }
}

/** A TCP connection has no status: that it ended is all there is to say of it. */
function outcomeOf(exchange: Exchange | undefined, status: number): RequestOutcome {
  if (exchange === undefined) return 'unseen';
  if (exchange.outcome !== Outcome.COMPLETE) return 'reset';
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'ok';
}
