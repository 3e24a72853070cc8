import { isMessage } from '@bufbuild/protobuf';
import {
  type MigrationService,
  type MigrationState,
  WatchMigrationResponseSchema,
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
import { messages } from '../mission-control/reader.ts';
import type { Topics } from '../mission-control/topics.ts';
import { topicOf } from '../mission-control/watch-methods.ts';
import { listJournal } from '../store/journal-store.ts';
import { decisionMessage } from './decision-message.ts';
import { pageOf, pageSizeOf, pageToken, positionOf } from './pages.ts';

/** MigrationService over the engine. `draining` ends the watches when the server stops. */
export function migrationService(
  engine: Engine,
  topics: Topics,
  draining: AbortSignal,
): ServiceImpl<typeof MigrationService> {
  const stateOf = (record: MigrationRecord): MigrationState => {
    const nowMs = engine.nowMs();
    return stateMessage(record, engine.world.surroundings(record.spec.name, nowMs), nowMs);
  };
  const stateNow = (name: string) => stateOf(engine.world.require(name));
  return {
    async applyMigration({ spec, descriptorSets, actor }) {
      if (spec === undefined) throw new Error('validated before: spec is required');
      const { changed } = await apply(engine, spec, descriptorSets, actorOf(actor));
      return { state: stateNow(spec.name), changed };
    },
    getMigration: ({ name }) => ({ state: stateNow(name) }),
    listMigrations(request) {
      const { items, nextPageToken } = pageOf('migrations', engine.world.all(), request);
      return { migrations: items.map(stateOf), nextPageToken };
    },
    async *watchMigration(request, context) {
      const subscription = topics.subscription(topicOf('migration', request));
      const signal = AbortSignal.any([context.signal, draining]);
      for await (const { message } of messages(topics, [subscription], signal)) {
        if (isMessage(message, WatchMigrationResponseSchema)) yield message;
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
        journalPending: !killed.isJournalled,
        probeSawLegacy: killed.probeSawLegacy,
      };
    },
    async sealMigration({ name, actor, acceptIncompleteArchive }) {
      const motive = { actor: actorOf(actor), reason: 'sealed by an operator' };
      const { archiveNotes } = await seal(engine, name, motive, acceptIncompleteArchive);
      return { state: stateNow(name), archiveNotes: [...archiveNotes] };
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
