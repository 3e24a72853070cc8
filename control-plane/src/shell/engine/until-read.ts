import { DomainError } from '../../core/domain-error.ts';
import { type Unread, unreadBy } from '../../core/start/unread.ts';
import type { Engine } from './engine.ts';
import type { Entangled } from './entangled.ts';
import { pause } from './tasks.ts';

/** Tables that modern's first build makes, a slot that waits for an open transaction: time helps. */
const waitMs = 30_000;
/** What somebody has to do is told sooner, after the capture has had the time to look again. */
const standingMs = 5_000;
const lookMs = 100;

/** The changes of a database are not read, so that what requests do could not be compared. */
export class NotRead extends DomainError {
  constructor(why: string) {
    super('refused', `not started: the changes of both databases are not read (${why})`);
  }
}

/**
 * Resolves once the changes of both databases are read from now on, so that no request is uncertain; at once without entities. Meanwhile the
 * migration shows what its start waits for.
 *
 * @param stopping ends the wait: nobody is there any more to start it.
 * @throws DomainError `refused` with which capture, why, and what to do; `unavailable` once `stopping`.
 */
export async function untilRead(engine: Engine, name: string, stopping?: AbortSignal): Promise<void> {
  if (engine.world.require(name).spec.entanglement === undefined) return;
  const { entangled } = engine;
  if (entangled === undefined)
    throw new DomainError(
      'refused',
      'not started: the entanglement, which reads the changes of both databases, is not configured (ENTANGLEMENT_ADDRESS)',
    );
  const sinceMs = engine.nowMs();
  try {
    for (;;) {
      if (stopping?.aborted) throw new DomainError('unavailable', 'not started: this control plane ends');
      const { revision } = engine.world.require(name);
      const unread = await look(entangled, name, revision);
      if (unread === undefined) return;
      const { why, stands } = unread;
      if (engine.nowMs() - sinceMs > (stands ? standingMs : waitMs)) throw new NotRead(why);
      engine.world.starting(name, { sinceMs, waitsFor: `the changes of both databases to be read (${why})` });
      await pause(lookMs, stopping);
    }
  } finally {
    engine.world.starting(name, undefined);
  }
}

async function look(entangled: Entangled, name: string, revision: bigint): Promise<Unread | undefined> {
  try {
    return unreadBy(await entangled.state(name), revision);
  } catch (cause) {
    // It learns of a migration within a second, and is started again where it ended.
    const words = cause instanceof Error ? cause.message : String(cause);
    return { why: `the entanglement does not answer: ${words}`, stands: false };
  }
}
