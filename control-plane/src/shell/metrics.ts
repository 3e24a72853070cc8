import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type GroupView, groupAlpha, type MigrationView } from '../core/orchestrator/decide.ts';
import { confidenceOf } from '../core/orchestrator/gate.ts';
import { type Surroundings, viewOf } from '../core/view/migration-view.ts';
import { PUSH_ORDER, shortTypeName } from '../core/xds/resource-types.ts';
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
  /** Questions that wait, by migration. */
  readonly openQuestions: () => Promise<ReadonlyMap<string, number>>;
}

/** The control plane's metrics. Gauges are read when they are scraped, from memory but for the questions. */
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
  for (const outcome of ['accepted', 'refused', 'silent', 'left', 'opened']) rollouts.inc({ outcome }, 0);
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
    xds(event) {
      xds.inc({ kind: event.kind });
      if (event.kind === 'nack') nacks.inc({ type: typeLabel(event.typeUrl) });
      if (event.kind === 'rollout' && event.what !== 'trying') rollouts.inc({ outcome: event.what });
      if (event.kind === 'disconnected') ended.inc({ cause: event.cause });
    },
  };
}

/** Type URLs come from clients: only those that are served become labels. */
function typeLabel(typeUrl: string): string {
  return PUSH_ORDER.includes(typeUrl) ? shortTypeName(typeUrl) : 'other';
}

type Figure = (group: GroupView, around: { view: MigrationView; surroundings: Surroundings }) => number;

const figures: Readonly<Record<string, { readonly help: string; readonly of: Figure }>> = {
  chronos_group_modern_percent: {
    help: 'Share of the customers that modern answers',
    of: ({ state }) => state.weightBp / 100,
  },
  chronos_group_confidence_percent: {
    help: 'Confidence, capped by coverage',
    of: (group, { view }) => confidenceOf(group.evidence, group.uncaptured, groupAlpha(view)),
  },
  chronos_group_compared: {
    help: 'Requests compared in the running epoch',
    of: ({ evidence }) => evidence.compared,
  },
  chronos_group_mismatched: {
    help: 'Mismatches in the running epoch',
    of: ({ evidence }) => evidence.mismatched,
  },
  chronos_group_uncaptured: {
    help: 'Requests since the start that no verdict stands for',
    of: ({ state }, { surroundings }) => surroundings.uncaptured(state.name),
  },
};

function groupGauges({ world, nowMs }: MetricsSources, registers: Registry[]): void {
  for (const [name, { help, of }] of Object.entries(figures)) {
    new Gauge({
      name,
      help,
      labelNames: ['migration', 'group'],
      registers,
      collect() {
        this.reset(); // groups of a replaced specification are gone
        for (const record of world.all()) {
          const surroundings = world.surroundings(record.spec.name, nowMs());
          const view = viewOf(record, surroundings);
          for (const group of view.groups) {
            const labels = { migration: record.spec.name, group: group.state.name };
            this.set(labels, of(group, { view, surroundings }));
          }
        }
      },
    });
  }
}
