import { ensureServing } from './deploy.ts';
import type { Committed, Engine } from './engine.ts';
import { commit, requireLeading } from './engine.ts';
import { type Motive, targets } from './group-change.ts';
import { changeGroups } from './operate.ts';

/**
 * Starts mirroring, or starts again after a kill. Both universes serve first: a mirror without a target would only count losses.
 *
 * @throws DomainError `refused` when a build does not become healthy.
 */
export async function start(
  engine: Engine,
  name: string,
  group: string,
  motive: Pick<Motive, 'actor' | 'reason'>,
): Promise<Committed> {
  requireLeading(engine);
  targets(engine.world.require(name), group);
  await ensureServing(engine, name, ['legacy', 'modern'], motive.actor);
  return commit(engine, name, (record, nowMs) =>
    changeGroups(engine, record, group, { ...motive, action: 'start' }, nowMs, () => ({ event: 'start' })),
  );
}
