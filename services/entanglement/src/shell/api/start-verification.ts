import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Copy } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Universe } from '../../core/mapping/catalog.ts';
import { quietMs } from '../../core/quiet.ts';
import type { Verified } from '../../core/repair/verified.ts';
import type { Sides } from '../verify/find-suspects.ts';
import { repairRow } from '../verify/repair-row.ts';
import { type RepairTogether, repairTogether } from '../verify/repair-together.ts';
import type { Repair } from '../verify/row-repairs.ts';
import type { SuspectTimes } from '../verify/suspect-rows.ts';
import { writeTogether } from '../verify/write-together.ts';
import type { OpenDatabases } from './entangled.ts';

/** When the newest heartbeat that came back through a migration's change streams was sent; undefined where none streams. */
export type Watermark = (migration: string) => number | undefined;

/** A stream that is behind is waited for as long as it comes on. */
const STREAM_STANDS_STILL_MS = 10_000;
const STREAM_LOOK_MS = 50;

/** For how long a request of this migration may be on its way to the other universe. */
export function suspectTimes(
  spec: Migration,
  watermark: Watermark,
  standsStillMs = STREAM_STANDS_STILL_MS,
): SuspectTimes {
  return {
    quietMs: quietMs(spec),
    givenUpAfterMs: 3 * quietMs(spec),
    async passed(atMs, signal) {
      let last = watermark(spec.name);
      for (let sinceMs = performance.now(); ; ) {
        const passedMs = watermark(spec.name);
        if (passedMs === undefined || passedMs >= atMs) return true;
        if (passedMs !== last) sinceMs = performance.now();
        else if (performance.now() - sinceMs > standsStillMs) return false;
        last = passedMs;
        await delay(STREAM_LOOK_MS, undefined, { signal });
      }
    },
  };
}

/** The reconciler, as a verification needs it. */
export interface Reconciling {
  /**
   * Makes rows (canonical key as JSON array text) equal; a text: what they still wait for. Rejects when a database refuses, and at once after `signal`: what it
   * has taken in it goes on with.
   */
  request(
    rows: readonly { readonly entity: string; readonly key: string }[],
    signal: AbortSignal,
  ): Promise<boolean | string>;
  /** A verification begins; what is returned takes in what it has found, at its end. */
  verifying?(): (found: Verified) => Promise<void>;
  /** A copy begins; it goes on changing until its end. */
  copying?(copy: () => Copy): void;
}

/** How a verification repairs: rows one by one, then those together that were refused. */
export interface Repairs {
  readonly repair: Repair;
  readonly repairsAtOnce: number;
  readonly together: RepairTogether;
}

/** One round of the reconciler writes many rows, and waits for both change streams once: one row after the other would take hours for thousands. */
const RECONCILED_AT_ONCE = 64;

/** Repairs by the reconciler, which journals them and keeps transfers balanced. */
export function reconciledRepair(reconciler: Reconciling, sides: Sides, authority: Universe): Repairs {
  const request = (
    rows: readonly { readonly entity: { readonly name: string }; readonly key: readonly string[] }[],
    signal: AbortSignal,
  ) =>
    reconciler.request(
      rows.map(({ entity, key }) => ({ entity: entity.name, key: JSON.stringify(key) })),
      signal,
    );
  return {
    repair: (row, signal) => request([row], signal),
    repairsAtOnce: RECONCILED_AT_ONCE,
    together: repairTogether(sides, authority, request),
  };
}

/** Writes the authority's row over the other side's, unless either has changed. */
export function directRepair(
  { pools, sides, pairs, prefixes }: Pick<OpenDatabases, 'pools' | 'sides' | 'pairs' | 'prefixes'>,
  universe: Universe,
): Repairs {
  const other: Universe = universe === 'legacy' ? 'modern' : 'legacy';
  const authority = { universe, pool: pools[universe] };
  const target = { universe: other, pool: pools[other] };
  const prefix = prefixes.repair;
  return {
    async repair(row) {
      const { outcome } = await repairRow({
        entity: row.entity,
        key: row.key,
        authority,
        target,
        prefix,
        id: randomUUID(),
        targetVersion: row[other]?.version,
        pairs,
      });
      return outcome !== 'changed';
    },
    repairsAtOnce: 1,
    together: repairTogether(sides, universe, writeTogether({ authority, target, prefix, pairs })),
  };
}
