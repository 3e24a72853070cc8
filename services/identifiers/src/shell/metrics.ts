import { processRegistry } from '@chronos/observability/metrics.ts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Way } from '../core/meaning.ts';
import type { SightedPair } from '../core/pairing.ts';
import type { Learned } from './pair-store.ts';
import type { NotSent } from './translation.ts';

export interface Gauges {
  /** Requests that wait for a pair now. */
  waiting(): number;
  /** Requests of which one answer was seen. */
  halves(): number;
  uneven(): number;
  cached(): number;
}

export type RequestResult = 'translated' | 'unchanged' | 'elsewhere' | NotSent | 'failed';

export interface Metrics {
  readonly registry: Registry;
  learned(pair: SightedPair, learned: Learned): void;
  request(way: Way, result: RequestResult): void;
  /** A client's request carries an id that is one thing in legacy and another in modern. */
  ambiguous(migration: string, bijection: string): void;
  waited(seconds: number, isLearned: boolean): void;
}

export function identifierMetrics(read: Gauges): Metrics {
  const registry = processRegistry();
  const registers = [registry];
  const pairs = new Counter({
    name: 'chronos_identifier_pairs_total',
    help: 'Pairs of identifiers seen in both answers to one request, by whether they were new, known, in the place of one whose thing was removed (replaced), or in conflict with a known one',
    labelNames: ['migration', 'bijection', 'result'],
    registers,
  });
  const requests = new Counter({
    name: 'chronos_identifier_requests_total',
    help: 'Requests that came by to be translated, by their way (copy, answering) and by what became of them',
    labelNames: ['way', 'result'],
    registers,
  });
  const ambiguous = new Counter({
    name: 'chronos_identifier_ambiguous_total',
    help: "Ids in clients' requests that are one thing in legacy and another in modern, and were left as they are",
    labelNames: ['migration', 'bijection'],
    registers,
  });
  const waits = new Histogram({
    name: 'chronos_identifier_wait_seconds',
    help: 'How long requests waited for a pair that was not learned yet, by whether it came',
    labelNames: ['learned'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers,
  });
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('chronos_identifier_waiting_requests', 'Requests that wait for a pair', read.waiting);
  gauge('chronos_identifier_halves', 'Requests of which only one answer was seen so far', read.halves);
  gauge(
    'chronos_identifier_uneven',
    'Places at which the universes handed out different numbers',
    read.uneven,
  );
  gauge('chronos_identifier_cached', 'Identifiers in memory', read.cached);
  return {
    registry,
    learned: ({ migration, bijection }, result) => pairs.inc({ migration, bijection, result }),
    request: (way, result) => requests.inc({ way, result }),
    ambiguous: (migration, bijection) => ambiguous.inc({ migration, bijection }),
    waited: (seconds, isLearned) => waits.observe({ learned: String(isLearned) }, seconds),
  };
}
