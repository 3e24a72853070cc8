import { Counter, Gauge, type Registry } from 'prom-client';
import { processRegistry } from '../metrics.ts';
import type { Counted } from './core/tail.ts';

export interface RelayMetrics {
  readonly registry: Registry;
  received(spans: number): void;
  decided(what: Counted): void;
  sent(result: 'sent' | 'refused' | 'overflowed', spans: number): void;
}

/** Without I/O; `held` is asked at each scrape. */
export function relayMetrics(held: () => { readonly traces: number; readonly chars: number }): RelayMetrics {
  const registry = processRegistry();
  const registers = [registry];
  const received = new Counter({
    name: 'chronos_trace_spans_received_total',
    help: 'Spans that came by OTLP',
    registers,
  });
  const decided = new Counter({
    name: 'chronos_trace_decisions_total',
    help: 'Traces by what became of them: kept for a verdict, an error, slowness, a decision or by chance; dropped; crowded: left to chance early for lack of room',
    labelNames: ['outcome'],
    registers,
  });
  const sent = new Counter({
    name: 'chronos_trace_spans_total',
    help: 'Spans of kept traces by what became of them: sent, refused by the receiver, overflowed while it was away',
    labelNames: ['result'],
    registers,
  });
  new Gauge({
    name: 'chronos_trace_held_traces',
    help: 'Traces that wait for their decision',
    registers,
    collect() {
      this.set(held().traces);
    },
  });
  new Gauge({
    name: 'chronos_trace_held_bytes',
    help: 'Size of what waits for a decision, as JSON',
    registers,
    collect() {
      this.set(held().chars);
    },
  });
  return {
    registry,
    received: (spans) => received.inc(spans),
    decided: (outcome) => decided.inc({ outcome }),
    sent: (result, spans) => sent.inc({ result }, spans),
  };
}
