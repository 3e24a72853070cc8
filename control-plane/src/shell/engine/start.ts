import { ensureServing } from './deploy.ts';
import type { Committed, Engine } from './engine.ts';
import { commit, requireLeading } from './engine.ts';
import { type Motive, targets } from './group-change.ts';
import { changeGroups } from './operate.ts';
import { NotRead, untilRead } from './until-read.ts';

/**
 * Starts mirroring, or starts again after a kill. Both universes serve first, and the changes of both databases are read: a mirror without a
 * target would only count losses.
 *
 * @param stopping ends the wait for the databases
 * @throws DomainError `refused` when a build does not become healthy, or a database's changes are not read.
 */
export async function start(
  engine: Engine,
  name: string,
  group: string,
  motive: Pick<Motive, 'actor' | 'reason'>,
  stopping?: AbortSignal,
): Promise<Committed> {
  requireLeading(engine);
  const mirrorsAnew = targets(engine.world.require(name), group).some(
    ({ state }) => state.stage === 'draft' || state.stage === 'killed',
  );
  await ensureServing(engine, name, ['legacy', 'modern'], motive.actor);
  if (mirrorsAnew) await untilRead(engine, name, stopping);
  return commit(engine, name, (record, nowMs) =>
    changeGroups(engine, record, group, { ...motive, action: 'start' }, nowMs, () => ({ event: 'start' })),
  );
}

const unattended = new WeakMap<Engine, Set<string>>();

/**
 * Starts because the file asks for it. Nobody hears a refusal, so it goes on until the databases' changes are read, or until `stopping`; each
 * new reason is logged.
 *
 * @throws DomainError `refused` when a build does not become healthy, `unavailable` when another replica leads.
 */
export async function startUnattended(engine: Engine, name: string, stopping: AbortSignal): Promise<void> {
  const under = unattended.get(engine) ?? new Set();
  unattended.set(engine, under);
  if (under.has(name)) return;
  under.add(name);
  const motive = { actor: 'chronos', reason: 'the migration file asks for an automatic start' };
  let told = '';
  try {
    while (!stopping.aborted && isDraft(engine, name)) {
      try {
        await start(engine, name, '', motive, stopping);
        return;
      } catch (error) {
        if (stopping.aborted) return;
        if (!(error instanceof NotRead)) throw error;
        if (error.message !== told) engine.log(`${name}: ${error.message}; trying again`);
        told = error.message;
      }
    }
  } finally {
    under.delete(name);
  }
}

/** A group that does not stay on legacy was never started. */
function isDraft(engine: Engine, name: string): boolean {
  return targets(engine.world.require(name), '').some(({ state }) => state.stage === 'draft');
}
