import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Engine } from '../engine/engine.ts';

/** Databases that keep much WAL for Chronos, by migration, in words. Of an entanglement that does not answer nothing is known: the gate says so. */
export async function walAlarms(
  entangled: Engine['entangled'],
  migrations: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = migrations.map(async (name) => {
    const state = await entangled?.state(name).catch(() => undefined);
    const alarms = (state?.captures ?? [])
      .filter(({ walAlarm }) => walAlarm !== '')
      .map(({ universe, walAlarm }) => `${universe === Universe.LEGACY ? 'legacy' : 'modern'}: ${walAlarm}`);
    return [name, alarms] as const;
  });
  return new Map(await Promise.all(asked));
}
