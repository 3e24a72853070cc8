import { processRegistry } from '@chronos/observability/metrics.ts';
import { Gauge, type Registry } from 'prom-client';
import type { World } from './engine/world.ts';
import { groupGauges } from './metrics/group-gauges.ts';
import { type VerdictMetrics, verdictMetrics } from './metrics/verdict-metrics.ts';
import { type XdsMetrics, xdsMetrics } from './metrics/xds-metrics.ts';
import type { ProxyStatus } from './xds/proxy-status.ts';

export interface ControlPlaneMetrics {
  readonly registry: Registry;
  readonly verdicts: VerdictMetrics;
  readonly xds: XdsMetrics;
}

export interface MetricsSources {
  readonly world: World;
  readonly proxies: () => readonly ProxyStatus[];
  readonly isLeading: () => boolean;
  readonly nowMs: () => number;
  /** Questions that wait, by migration. */
  readonly openQuestions: () => Promise<ReadonlyMap<string, number>>;
}

/** The control plane's metrics. Gauges are read when they are scraped, from memory but for the questions. */
export function controlPlaneMetrics(sources: MetricsSources): ControlPlaneMetrics {
  const registry = processRegistry();
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
    name: 'chronos_questions_open',
    help: 'Questions that wait for an answer; absent while the database does not answer',
    labelNames: ['migration'],
    registers,
    async collect() {
      // Nothing that a scrape cannot read may take the other metrics from it.
      const open = await sources.openQuestions().catch(() => new Map<string, number>());
      this.reset();
      for (const [migration, count] of open) this.set({ migration }, count);
    },
  });
  return {
    registry,
    verdicts: verdictMetrics(sources.world, registers),
    xds: xdsMetrics(sources.proxies, registers),
  };
}
