import { processRegistry } from '@chronos/observability/metrics.ts';
import { type Exchange, Outcome, Role } from '@chronos/proto/events/v1/exchange_pb.js';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Dropped } from './outbox.ts';
import type { LostExchange } from './server.ts';

export interface Load {
  readonly openExchanges: number;
  readonly bodyBytes: number;
  readonly queuedRecords: number;
  readonly queuedBytes: number;
}

export interface Metrics {
  readonly registry: Registry;
  exchange(exchange: Exchange): void;
  lost(reason: LostExchange): void;
  dropped(reason: Dropped, records: number): void;
  sent(records: number): void;
  sendFailed(): void;
  sightingsSent(records: number): void;
  sightingsDropped(records: number): void;
}

const roleNames: Record<Role, string> = {
  [Role.UNSPECIFIED]: 'unknown',
  [Role.AUTHORITY]: 'authority',
  [Role.SHADOW]: 'shadow',
  [Role.SECOND]: 'second',
};
const outcomeNames: Record<Outcome, string> = {
  [Outcome.UNSPECIFIED]: 'unknown',
  [Outcome.COMPLETE]: 'complete',
  [Outcome.RESET]: 'reset',
};

/** What capture counts. Every exchange that Envoy began to report is in exactly one of exchanges_total and lost_total. */
export function captureMetrics(load: () => Load): Metrics {
  const registry = processRegistry();
  const registers = [registry];
  const exchanges = new Counter({
    name: 'chronos_capture_exchanges_total',
    help: 'Exchanges put together, by side and by how they ended',
    labelNames: ['role', 'outcome'],
    registers,
  });
  const truncated = new Counter({
    name: 'chronos_capture_truncated_bodies_total',
    help: 'Bodies of which only the beginning was kept',
    labelNames: ['half'],
    registers,
  });
  const lost = new Counter({
    name: 'chronos_capture_lost_total',
    help: 'Exchanges that Envoy began to report and that could not be put together, by reason',
    labelNames: ['reason'],
    registers,
  });
  const sent = new Counter({
    name: 'chronos_capture_sent_total',
    help: 'Exchanges that Kafka has acknowledged',
    registers,
  });
  const dropped = new Counter({
    name: 'chronos_capture_dropped_total',
    help: 'Exchanges that never reached Kafka, by reason',
    labelNames: ['reason'],
    registers,
  });
  const sendFailures = new Counter({
    name: 'chronos_capture_send_failures_total',
    help: 'Failed attempts to connect or to send to Kafka; what was in them is sent again',
    registers,
  });
  const sightings = new Counter({
    name: 'chronos_capture_identifier_sightings_total',
    help: 'Answers that handed out declared identifiers, by what became of the record',
    labelNames: ['result'],
    registers,
  });
  const gauge = (name: string, help: string, read: (load: Load) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(load()));
      },
    });
  gauge('chronos_capture_open_exchanges', 'Exchanges that have not ended', (l) => l.openExchanges);
  gauge('chronos_capture_open_body_bytes', 'Bytes of bodies held for open exchanges', (l) => l.bodyBytes);
  gauge('chronos_capture_queued_records', 'Exchanges that wait for Kafka', (l) => l.queuedRecords);
  gauge('chronos_capture_queued_bytes', 'Bytes that wait for Kafka', (l) => l.queuedBytes);

  return {
    registry,
    exchange(exchange) {
      exchanges.inc({ role: roleNames[exchange.role], outcome: outcomeNames[exchange.outcome] });
      if (exchange.request?.bodyTruncated) truncated.inc({ half: 'request' });
      if (exchange.response?.bodyTruncated) truncated.inc({ half: 'response' });
    },
    lost: (reason) => lost.inc({ reason }),
    dropped: (reason, records) => dropped.inc({ reason }, records),
    sent: (records) => sent.inc(records),
    sendFailed: () => sendFailures.inc(),
    sightingsSent: (records) => sightings.inc({ result: 'sent' }, records),
    sightingsDropped: (records) => sightings.inc({ result: 'dropped' }, records),
  };
}
