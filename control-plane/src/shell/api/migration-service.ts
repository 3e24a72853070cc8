import type {
  Decision,
  MigrationService,
  MigrationState,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import type { MigrationRecord } from '../../core/model.ts';
import { stateMessage } from '../../core/view/state-message.ts';
import { apply } from '../engine/apply.ts';
import type { Engine } from '../engine/engine.ts';
import { kill } from '../engine/kill.ts';
import { setPaused, setWeight } from '../engine/operate.ts';
import { seal } from '../engine/seal.ts';
import { start } from '../engine/start.ts';
import { listJournal } from '../store/journal-store.ts';
import { decisionMessage } from './decision-message.ts';
import { changes } from './latest.ts';
import { pageOf, pageSizeOf, pageToken, positionOf } from './pages.ts';

/** At most four messages a second a watcher. */
const watchIntervalMs = 250;
/** Figures that change without an event (waiting times, coverage) are looked at this often while watched. */
const watchRefreshMs = 1_000;
const firstDecisions = 20;
const decisionsPerMessageMax = 200;

/** MigrationService over the engine. `draining` ends the watches when the server stops. */
export function migrationService(
  engine: Engine,
  draining: AbortSignal,
): ServiceImpl<typeof MigrationService> {
  const stateOf = (record: MigrationRecord): MigrationState => {
    const nowMs = engine.nowMs();
    return stateMessage(record, engine.world.surroundings(record.spec.name, nowMs), nowMs);
  };
  const stateNow = (name: string) => stateOf(engine.world.require(name));
  return {
    async applyMigration({ spec, descriptorSets }) {
      if (spec === undefined) throw new Error('validated before: spec is required');
      const { changed } = await apply(engine, spec, descriptorSets, 'operator');
      return { state: stateNow(spec.name), changed };
    },
    getMigration: ({ name }) => ({ state: stateNow(name) }),
    listMigrations(request) {
      const { items, nextPageToken } = pageOf('migrations', engine.world.all(), request);
      return { migrations: items.map(stateOf), nextPageToken };
    },
    async *watchMigration({ name }, context) {
      engine.world.require(name);
      const signal = AbortSignal.any([context.signal, draining]);
      let last: bigint | undefined;
      for await (const _ of changes((changed) => subscribe(engine, name, changed), {
        intervalMs: watchIntervalMs,
        signal,
      })) {
        const decisions = await decisionsSince(engine, name, last);
        last = decisions.at(-1)?.sequence ?? last ?? 0n;
        yield { state: stateNow(name), decisions };
      }
    },
    async startMigration({ name, group, actor }) {
      await start(engine, name, group, { actor: actorOf(actor), reason: 'started by an operator' });
      return { state: stateNow(name) };
    },
    async pauseMigration({ name, group, actor, reason }) {
      await setPaused(engine, name, group, true, {
        actor: actorOf(actor),
        reason: reason || 'paused by an operator',
      });
      return { state: stateNow(name) };
    },
    async resumeMigration({ name, group, actor }) {
      await setPaused(engine, name, group, false, {
        actor: actorOf(actor),
        reason: 'resumed by an operator',
      });
      return { state: stateNow(name) };
    },
    async setWeight({ name, group, percent, actor }) {
      await setWeight(engine, name, group, percent, actorOf(actor));
      return { state: stateNow(name) };
    },
    async killMigration({ name, group, actor, reason }) {
      const motive = {
        action: 'kill' as const,
        actor: actorOf(actor),
        reason: reason || 'killed by an operator',
      };
      const killed = await kill(engine, name, group, motive);
      return {
        state: stateNow(name),
        elapsedMs: killed.elapsedMs,
        proxiesAcked: killed.proxiesAcked,
        proxiesPending: killed.proxiesPending,
        probeSawLegacy: killed.probeSawLegacy,
      };
    },
    async sealMigration({ name, actor }) {
      await seal(engine, name, { actor: actorOf(actor), reason: 'sealed by an operator' });
      return { state: stateNow(name) };
    },
    async listDecisions(request) {
      engine.world.require(request.name);
      const limit = pageSizeOf(request);
      const before = positionOf('decisions', request);
      const entries = await listJournal(engine.database, request.name, { before, limit: limit + 1 });
      const page = entries.slice(0, limit);
      const last = page.at(-1);
      const nextPageToken = entries.length > limit && last ? pageToken('decisions', last.sequence) : '';
      return { decisions: page.map(decisionMessage), nextPageToken };
    },
  };
}

function actorOf(actor: string): string {
  return actor === '' ? 'operator' : actor;
}

/** Changes of one migration, one at once for the state now, and one a second for the figures that no event announces. */
function subscribe(engine: Engine, name: string, changed: () => void): () => void {
  const stop = engine.world.onChange((migration) => {
    if (migration === name) changed();
  });
  const timer = setInterval(changed, watchRefreshMs);
  timer.unref();
  changed();
  return () => {
    clearInterval(timer);
    stop();
  };
}

/** Oldest first. Without `last`: the newest few. */
async function decisionsSince(engine: Engine, name: string, last: bigint | undefined): Promise<Decision[]> {
  const limit = last === undefined ? firstDecisions : decisionsPerMessageMax;
  const newest = await listJournal(engine.database, name, { limit });
  return newest
    .filter((entry) => last === undefined || entry.sequence > last)
    .map(decisionMessage)
    .reverse();
}
