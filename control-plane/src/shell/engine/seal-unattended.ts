import type { Engine } from './engine.ts';
import type { Motive } from './group-change.ts';
import { seal } from './seal.ts';
import { ArchiveRefusal } from './try-archive.ts';

/** After a refusal, e.g. because rows differ that are being repaired. */
const againMs = 5_000;
/** After one that only someone's doing ends: each trial makes a database. */
const archiveAgainMs = 60_000;

const nextMs = new WeakMap<Engine, Map<string, number>>();

/**
 * Seals as the orchestrator. Where databases have to be proven equal first, that takes as long as they are large: it goes on in the
 * background, one attempt at a time, so that no other decision (a kill, above all) waits for it.
 */
export async function sealUnattended(
  engine: Engine,
  name: string,
  motive: Pick<Motive, 'actor' | 'reason'>,
): Promise<void> {
  if (engine.world.require(name).spec.entanglement === undefined) {
    await seal(engine, name, motive);
    return;
  }
  const next = nextMs.get(engine) ?? new Map<string, number>();
  nextMs.set(engine, next);
  if (engine.nowMs() < (next.get(name) ?? 0)) return;
  next.set(name, Number.POSITIVE_INFINITY);
  engine.background(`seal of ${name}`, async () => {
    let pauseMs = againMs;
    try {
      await seal(engine, name, motive);
    } catch (error) {
      if (error instanceof ArchiveRefusal) pauseMs = archiveAgainMs;
      throw error;
    } finally {
      next.set(name, engine.nowMs() + pauseMs);
    }
  });
}
