import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Snapshot } from '../../core/snapshot.ts';
import { type PushTime, PushTimes } from '../../core/xds/push-times.ts';
import { PUSH_ORDER, shortTypeName } from '../../core/xds/resource-types.ts';
import type { XdsEvent } from '../xds/events.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';

export interface XdsMetrics {
  event(event: XdsEvent): void;
  /** A snapshot is about to be published to a group of proxies. */
  published(nodeGroup: string, snapshot: Snapshot): void;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What goes on between the xDS server and its proxies. */
export function xdsMetrics(proxies: () => readonly ProxyStatus[], registers: Registry[]): XdsMetrics {
  new Gauge({
    name: 'chronos_proxies_connected',
    help: 'Proxies with an open xDS stream',
    registers,
    collect() {
      this.set(proxies().filter((proxy) => proxy.connected).length);
    },
  });
  const events = new Counter({
    name: 'chronos_xds_events_total',
    help: 'ACKs, NACKs, sends, connections',
    labelNames: ['kind'],
    registers,
  });
  const nacks = new Counter({
    name: 'chronos_xds_nacks_total',
    help: 'Responses that proxies rejected; ListProxies says which proxy and why',
    labelNames: ['type'],
    registers,
  });
  const rollouts = new Counter({
    name: 'chronos_xds_rollouts_total',
    help: 'What became of new configurations: tried on one proxy, then accepted or refused',
    labelNames: ['outcome'],
    registers,
  });
  const ended = new Counter({
    name: 'chronos_xds_streams_ended_total',
    help: 'Streams that ended',
    labelNames: ['cause'],
    registers,
  });
  const latencies: Record<PushTime['what'], Histogram<'type'>> = {
    push: new Histogram({
      name: 'chronos_xds_push_seconds',
      help: 'From the publication of a snapshot until a response of it was sent to a connected proxy, the canary and the types before it included',
      labelNames: ['type'],
      buckets: seconds,
      registers,
    }),
    answer: new Histogram({
      name: 'chronos_xds_ack_seconds',
      help: "From a response to the proxy's ACK or NACK of it",
      labelNames: ['type'],
      buckets: seconds,
      registers,
    }),
  };
  // From the start: an increase from nothing to one is invisible.
  for (const outcome of ['accepted', 'refused', 'silent', 'left', 'opened']) rollouts.inc({ outcome }, 0);
  for (const type of [...PUSH_ORDER.map(shortTypeName), 'other']) nacks.inc({ type }, 0);

  const times = new PushTimes();
  return {
    event(event) {
      events.inc({ kind: event.kind });
      if (event.kind === 'nack') nacks.inc({ type: typeLabel(event.typeUrl) });
      if (event.kind === 'rollout' && event.what !== 'trying') rollouts.inc({ outcome: event.what });
      if (event.kind === 'disconnected') ended.inc({ cause: event.cause });
      const time = times.take(event);
      if (time !== undefined)
        latencies[time.what].observe({ type: typeLabel(time.typeUrl) }, time.ms / 1_000);
    },
    published(nodeGroup, { types }) {
      const versions = new Map([...types].map(([typeUrl, { version }]) => [typeUrl, version]));
      // The clock of the server's events.
      times.published(nodeGroup, versions, Math.round(performance.timeOrigin + performance.now()));
    },
  };
}

/** Type URLs come from clients: only those that are served become labels. */
function typeLabel(typeUrl: string): string {
  return PUSH_ORDER.includes(typeUrl) ? shortTypeName(typeUrl) : 'other';
}
