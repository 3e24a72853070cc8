import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Universe } from '../../core/mapping/catalog.ts';
import { quietMs } from '../../core/quiet.ts';
import { repairRow } from '../verify/repair-row.ts';
import type { Repair, SuspectTimes } from '../verify/suspect-rows.ts';
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
  /** Makes rows (canonical key as JSON array text) equal; false: they changed all the time. Rejects when a database refuses. */
  request(rows: readonly { readonly entity: string; readonly key: string }[]): Promise<boolean>;
}

/** Repairs by the reconciler, which journals them and keeps transfers balanced. */
export function reconciledRepair(reconciler: Reconciling): Repair {
  return ({ entity, key }) => reconciler.request([{ entity: entity.name, key: JSON.stringify(key) }]);
}

/** Writes the authority's row over the other side's, unless either has changed. */
export function directRepair({ pools, pairs }: OpenDatabases, authority: Universe): Repair {
  const other: Universe = authority === 'legacy' ? 'modern' : 'legacy';
  return async (row) => {
    const { outcome } = await repairRow({
      entity: row.entity,
      key: row.key,
      authority: { universe: authority, pool: pools[authority] },
      target: { universe: other, pool: pools[other] },
      id: randomUUID(),
      targetVersion: row[other]?.version,
      pairs,
    });
    return outcome !== 'changed';
  };
}
