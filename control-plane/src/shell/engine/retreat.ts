import { DomainError } from '../../core/domain-error.ts';
import type { JournalDraft, JournalEntry } from '../../core/journal/entry.ts';
import type { MigrationRecord } from '../../core/model.ts';
import { appendJournal } from '../store/journal-store.ts';
import { saveMigration } from '../store/migration-store.ts';
import type { Engine } from './engine.ts';
import { changedGroup, journalOf, type Motive, targets } from './group-change.ts';

export interface Retreat {
  readonly record: MigrationRecord;
  /** Resolves when store and journal have it; retried until they do. */
  readonly stored: Promise<readonly JournalEntry[]>;
}

const retryMs = 500;

/**
 * Takes clients off modern at once: memory and proxies first, the store after them. It waits for nothing, so a database that hangs cannot
 * hold up a kill, and a step that is being stored at this moment is discarded when it comes back (World.replace).
 *
 * @throws DomainError `refused` when a group is sealed; then nothing has changed.
 */
export function retreat(
  engine: Engine,
  name: string,
  group: string,
  event: 'kill' | 'return',
  motive: Motive,
): Retreat {
  if (!engine.mayRetreat()) {
    throw new DomainError('unavailable', 'this replica follows; ask the one that leads');
  }
  const nowMs = engine.nowMs();
  const before = engine.world.require(name);
  const surroundings = engine.world.surroundings(name, nowMs);
  const journal: JournalDraft[] = [];
  const states = targets(before, group).map((target) => {
    const result = changedGroup(target, { event }, nowMs);
    if (result.kind === 'refused')
      throw new DomainError('refused', `route group "${target.state.name}": ${result.why}`);
    const after = result.kind === 'changed' ? result.group.state : target.state;
    const reason = result.kind === 'changed' ? motive.reason : `${motive.reason} (${result.why})`;
    journal.push(journalOf(before, surroundings, target.state, after, { ...motive, reason }, nowMs));
    return after;
  });
  const killed = states.some(
    (state) => state.stage === 'killed' && before.groups.get(state.name)?.state.stage !== 'killed',
  );
  const record = engine.world.retreat(name, states, event === 'kill' && killed ? 1 : 0);
  const pushed = engine.dataPlane.publish(engine.world.all(), name);
  if (pushed.problems.length > 0) engine.log(`${name}: ${event} not pushed: ${pushed.problems.join('; ')}`);
  engine.world.unstoredRetreats += 1;
  const stored = store(engine, name, before, journal).finally(() => {
    engine.world.unstoredRetreats -= 1;
  });
  return { record, stored };
}

/** Stores what memory holds now, whatever else changed meanwhile; until it succeeds or the process ends. */
async function store(
  engine: Engine,
  name: string,
  before: MigrationRecord,
  journal: readonly JournalDraft[],
): Promise<readonly JournalEntry[]> {
  for (;;) {
    try {
      return await engine.queue.run(
        () =>
          engine.database.transaction(async (tx) => {
            await saveMigration(tx, before, engine.world.require(name));
            return appendJournal(tx, name, journal);
          }),
        { urgent: true },
      );
    } catch (error) {
      engine.log(`${name}: the retreat is in force but not stored yet, trying again: ${String(error)}`);
      await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
    }
  }
}
