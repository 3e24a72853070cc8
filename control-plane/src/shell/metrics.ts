import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { groupAlpha } from '../core/orchestrator/decide.ts';
import { confidenceOf } from '../core/orchestrator/gate.ts';
import { viewOf } from '../core/view/migration-view.ts';
import type { World } from './engine/world.ts';
import type { XdsEvent } from './xds/events.ts';
import type { ProxyStatus } from './xds/proxy-status.ts';

export interface ControlPlaneMetrics {
  readonly registry: Registry;
  verdicts(fresh: readonly Verdict[]): void;
  unknownVerdicts(count: number): void;
  undecodable(): void;
  lag(records: number): void;
  xds(event: XdsEvent): void;
}

export interface MetricsSources {
  readonly world: World;
  readonly proxies: () => readonly ProxyStatus[];
  readonly isLeading: () => boolean;
  readonly nowMs: () => number;
}

/** The control plane's metrics. Gauges are read from memory when they are scraped. */
export function controlPlaneMetrics(sources: MetricsSources): ControlPlaneMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  groupGauges(sources, registers);
  new Gauge({
    name: 'chronos_leading',
    help: '1 on the replica that leads',
    registers,
    collect() {
      this.set(sources.isLeading() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'chronos_proxies_connected',
    help: 'Proxies with an open xDS stream',
    registers,
    collect() {
      this.set(sources.proxies().filter((proxy) => proxy.connected).length);
    },
  });
  const verdicts = new Counter({
    name: 'chronos_verdicts_total',
    help: 'Verdicts taken in, each request once',
    labelNames: ['migration', 'group', 'kind'],
    registers,
  });
  const unusable = new Counter({
    name: 'chronos_verdicts_unusable_total',
    help: 'Records of the verdicts topic that count nowhere',
    labelNames: ['reason'],
    registers,
  });
  const lag = new Gauge({
    name: 'chronos_verdicts_lag_records',
    help: 'Verdicts behind the end of the partition read last',
    registers,
  });
  const xds = new Counter({
    name: 'chronos_xds_events_total',
    help: 'ACKs, NACKs, sends, connections',
    labelNames: ['kind'],
    registers,
  });
  return {
    registry,
    verdicts(fresh) {
      for (const { migration, group, kind } of fresh) {
        verdicts.inc({ migration, group, kind: (Kind[kind] ?? 'unknown').toLowerCase() });
      }
    },
    unknownVerdicts: (count) => unusable.inc({ reason: 'unknown_group' }, count),
    undecodable: () => unusable.inc({ reason: 'undecodable' }),
    lag: (records) => lag.set(records),
    xds: (event) => xds.inc({ kind: event.kind }),
  };
}

function groupGauges({ world, nowMs }: MetricsSources, registers: Registry[]): void {
  const labelNames = ['migration', 'group'] as const;
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames, registers });
  const confidence = gauge('chronos_group_confidence_percent', 'Confidence, capped by coverage');
  const compared = gauge('chronos_group_compared', 'Requests compared in the running epoch');
  const mismatched = gauge('chronos_group_mismatched', 'Mismatches in the running epoch');
  const uncaptured = gauge(
    'chronos_group_uncaptured',
    'Requests that no verdict stands for, since the start',
  );
  const percent = new Gauge({
    name: 'chronos_group_modern_percent',
    help: 'Share of the customers that modern answers',
    labelNames,
    registers,
    collect() {
      for (const record of world.all()) {
        const migration = record.spec.name;
        const surroundings = world.surroundings(migration, nowMs());
        const view = viewOf(record, surroundings);
        for (const group of view.groups) {
          const labels = { migration, group: group.state.name };
          percent.set(labels, group.state.weightBp / 100);
          confidence.set(labels, confidenceOf(group.evidence, group.uncaptured, groupAlpha(view)));
          compared.set(labels, group.evidence.compared);
          mismatched.set(labels, group.evidence.mismatched);
          uncaptured.set(labels, surroundings.uncaptured(group.state.name));
        }
      }
    },
  });
}
