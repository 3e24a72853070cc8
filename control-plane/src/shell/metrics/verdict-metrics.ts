import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { World } from '../engine/world.ts';

export interface VerdictMetrics {
  taken(fresh: readonly Verdict[]): void;
  unknown(count: number): void;
  undecodable(): void;
  lag(records: number): void;
}

const kinds = Object.values(Kind).filter((kind): kind is Kind => typeof kind === 'number' && kind !== 0);

/** What the leading replica reads from the topic of verdicts. */
export function verdictMetrics(world: World, registers: Registry[]): VerdictMetrics {
  const verdicts = new Counter({
    name: 'chronos_verdicts_total',
    help: 'Verdicts taken in, each request once',
    labelNames: ['migration', 'group', 'kind'],
    registers,
    collect() {
      // From the start: an increase from nothing to one is invisible.
      for (const { spec, groups } of world.all())
        for (const group of groups.keys())
          for (const kind of kinds) this.inc({ migration: spec.name, group, kind: kindName(kind) }, 0);
    },
  });
  const lost = new Counter({
    name: 'chronos_lost_total',
    help: 'Requests that were not compared, by reason, as their verdicts were taken in',
    labelNames: ['migration', 'group', 'reason'],
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
  for (const reason of ['unknown_group', 'undecodable']) unusable.inc({ reason }, 0);
  return {
    taken(fresh) {
      for (const { migration, group, kind, lostReason } of fresh) {
        verdicts.inc({ migration, group, kind: kindName(kind) });
        if (kind === Kind.LOST) lost.inc({ migration, group, reason: lostReason });
      }
    },
    unknown: (count) => unusable.inc({ reason: 'unknown_group' }, count),
    undecodable: () => unusable.inc({ reason: 'undecodable' }),
    lag: (records) => lag.set(records),
  };
}

function kindName(kind: Kind): string {
  return (Kind[kind] ?? 'unknown').toLowerCase();
}
