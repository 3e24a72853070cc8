import { archiveDatabase } from '../capsule/archive-database.ts';
import type { Engine } from './engine.ts';
import { pause } from './tasks.ts';

const retryMs = 10_000;

/**
 * Puts legacy's database into the Time Capsule of a sealed migration, and does not give up: the next control plane goes on. Does
 * nothing for one that is not sealed, has no database or is archived already.
 */
export async function archiveLegacy(engine: Engine, name: string, stopping: AbortSignal): Promise<void> {
  const { sealed, spec } = engine.world.require(name);
  const { entangled } = engine;
  if (sealed === undefined || spec.entanglement === undefined || entangled === undefined) return;
  while (!stopping.aborted) {
    try {
      if (await archiveDatabase(sealed.capsule, () => entangled.dump(name, stopping), engine.nowMs))
        engine.log(`${name}: legacy's database is in the Time Capsule ${sealed.capsule}`);
      return;
    } catch (error) {
      if (stopping.aborted) return;
      const { code } = Object(error);
      const reason = error instanceof Error ? error.message : String(error);
      engine.log(`${name}: legacy's database is not in the Time Capsule: ${reason}`);
      if (code === 'ENOENT') return; // sealed on another machine, or taken away: nothing to wait for
    }
    await pause(retryMs, stopping);
  }
}
