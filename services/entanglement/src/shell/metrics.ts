import { processRegistry } from '@chronos/observability/metrics.ts';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What is measured of one universe's slot; undefined figures are not known now (the database is away, there is no slot). */
export interface CaptureFigures {
  readonly migration: string;
  readonly universe: string;
  readonly retainedBytes: number | undefined;
  readonly limitBytes: number;
  /** Age of what was last read from the WAL. */
  readonly lagSeconds: number | undefined;
  readonly streaming: boolean;
  readonly lateTags: number;
  readonly secondTags: number;
}

/** Cases of rows that may differ. */
export interface RepairFigures {
  readonly migration: string;
  /** Being looked at. */
  readonly open: number;
  /** Not settled in time; tried ever more seldom. */
  readonly outstanding: number;
}

/** What stands in Chronos' database of a migration. */
export interface StandingFigures {
  readonly migration: string;
  /** How the newest verification of all its entities ended; undefined: there was none. */
  readonly verified?: 'clean' | 'different' | 'unsettled' | 'failed' | undefined;
  readonly verifiedAgeSeconds?: number;
  /** Of the oldest case that is being looked at; 0: there is none. */
  readonly oldestOpenSeconds: number;
}

export interface EntanglementMetrics {
  readonly registry: Registry;
  stateUpdate(migration: string, universe: string, attribution: Attribution): void;
  slotDropped(migration: string, universe: string): void;
  /** One row that the reconciler wrote, or that the database refused. */
  repaired(migration: string, universe: string, entity: string, outcome: string): void;
}

/** The entanglement's figures, by Prometheus' conventions; gauges are asked for when they are scraped. */
export function entanglementMetrics(
  captures: () => readonly CaptureFigures[],
  repairs: () => readonly RepairFigures[],
  standing: () => Promise<readonly StandingFigures[]>,
): EntanglementMetrics {
  const registry = processRegistry();
  const registers = [registry];
  // The other figures are shown although Chronos' database is away.
  const known = () => standing().catch(() => []);
  const labelNames = ['migration', 'universe'] as const;
  const gauge = (name: string, help: string, read: (figures: CaptureFigures) => number | undefined) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const figures of captures()) {
          const value = read(figures);
          const { migration, universe } = figures;
          if (value !== undefined) this.set({ migration, universe }, value);
        }
      },
    });
  gauge(
    'chronos_slot_retained_bytes',
    'WAL that the database keeps for the replication slot',
    (figures) => figures.retainedBytes,
  );
  gauge(
    'chronos_slot_retained_limit_bytes',
    'Retained WAL at which the slot is dropped and the migration paused',
    (figures) => figures.limitBytes,
  );
  gauge(
    'chronos_slot_lag_seconds',
    'Age of the last heartbeat that came back through the WAL',
    (figures) => figures.lagSeconds,
  );
  gauge(
    'chronos_slot_streaming',
    '1 while changes are read, 0 while the capture waits or is paused',
    (figures) => (figures.streaming ? 1 : 0),
  );
  gauge(
    'chronos_slot_late_tags',
    "Large transactions whose tag came too late, since the capture's start",
    (figures) => figures.lateTags,
  );
  gauge(
    'chronos_slot_second_tags',
    "Tags of another request within a transaction that has one already, since the capture's start",
    (figures) => figures.secondTags,
  );
  const updates = new Counter({
    name: 'chronos_state_updates_total',
    help: 'Transactions that the broker has acknowledged, by what is known of their cause',
    labelNames: [...labelNames, 'attribution'],
    registers,
  });
  const dropped = new Counter({
    name: 'chronos_slots_dropped_total',
    help: 'Slots dropped because the database kept too much WAL for them',
    labelNames,
    registers,
  });
  const repaired = new Counter({
    name: 'chronos_repairs_total',
    help: 'Rows by what became of their repair',
    labelNames: [...labelNames, 'entity', 'outcome'],
    registers,
  });
  new Gauge({
    name: 'chronos_repair_cases',
    help: 'Requests and changes after which rows may differ, and which are not settled',
    labelNames: ['migration', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { migration, open, outstanding } of repairs()) {
        this.set({ migration, state: 'open' }, open);
        this.set({ migration, state: 'outstanding' }, outstanding);
      }
    },
  });
  new Gauge({
    name: 'chronos_repair_oldest_seconds',
    help: 'How long the oldest case that is neither settled nor outstanding has been open',
    labelNames: ['migration'],
    registers,
    async collect() {
      this.reset();
      for (const { migration, oldestOpenSeconds } of await known())
        this.set({ migration }, oldestOpenSeconds);
    },
  });
  new Gauge({
    name: 'chronos_verification_age_seconds',
    help: 'Since the newest verification of all entities ended, by how it did (clean, different, unsettled, failed)',
    labelNames: ['migration', 'state'],
    registers,
    async collect() {
      this.reset();
      for (const { migration, verified, verifiedAgeSeconds } of await known())
        if (verified !== undefined && verifiedAgeSeconds !== undefined)
          this.set({ migration, state: verified }, verifiedAgeSeconds);
    },
  });
  return {
    registry,
    stateUpdate: (migration, universe, attribution) =>
      updates.inc({ migration, universe, attribution: Attribution[attribution].toLowerCase() }),
    slotDropped: (migration, universe) => dropped.inc({ migration, universe }),
    repaired: (migration, universe, entity, outcome) =>
      repaired.inc({ migration, universe, entity, outcome }),
  };
}
