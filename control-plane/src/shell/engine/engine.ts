import { DomainError } from '../../core/domain-error.ts';
import type { JournalDraft, JournalEntry } from '../../core/journal/entry.ts';
import type { MigrationRecord } from '../../core/model.ts';
import type { Database, Queryable } from '../store/database.ts';
import { appendJournal, recordAck } from '../store/journal-store.ts';
import { saveMigration } from '../store/migration-store.ts';
import type { BuildRunner } from './build-runner.ts';
import type { DataPlanePort } from './data-plane.ts';
import type { Entangled } from './entangled.ts';
import type { RulesPublisher } from './rules-publisher.ts';
import type { SerialQueue } from './serial-queue.ts';
import type { World } from './world.ts';

/** What every operation works with. */
export interface Engine {
  readonly world: World;
  readonly database: Database;
  readonly queue: SerialQueue;
  readonly dataPlane: DataPlanePort;
  readonly rules: RulesPublisher;
  /** Absent: this control plane starts no builds. */
  readonly builds: BuildRunner | undefined;
  /** Absent: no migration's databases can be verified or archived. */
  readonly entangled: Entangled | undefined;
  readonly capsuleDir: string;
  readonly nowMs: () => number;
  readonly isLeading: () => boolean;
  /** Leading, or the last that led while nobody can know who leads, because the database is gone: clients can still be taken off modern. */
  readonly mayRetreat: () => boolean;
  readonly log: (line: string) => void;
  /** Work that goes on after its caller has its answer; failures are logged. */
  readonly background: (what: string, work: (stopping: AbortSignal) => Promise<void>) => void;
}

/** How long a change waits for the proxies before it goes on without the slow ones. */
export const ackTimeoutMs = 5_000;

/** What becomes of a record, and what the journal says of it. */
export interface Change {
  readonly record: MigrationRecord;
  readonly journal: readonly JournalDraft[];
  /** Rows besides the record's that change in the same transaction. */
  readonly also?: (tx: Queryable) => Promise<void>;
}

export interface Committed {
  readonly record: MigrationRecord;
  readonly entries: readonly JournalEntry[];
}

/** @throws DomainError `unavailable` on a replica that follows. */
export function requireLeading(engine: Engine): void {
  if (!engine.isLeading())
    throw new DomainError('unavailable', 'this replica follows; ask the one that leads');
}

/**
 * The way every change but a retreat takes: read, decide (synchronously), store record and journal in one transaction, put it in memory,
 * push it to the proxies. One at a time; `decide` returning undefined changes nothing.
 */
export async function commit(
  engine: Engine,
  name: string,
  decide: (record: MigrationRecord, nowMs: number) => Change | undefined,
): Promise<Committed> {
  requireLeading(engine);
  const committed = await engine.queue.run(async () => {
    const before = engine.world.require(name);
    const change = decide(before, engine.nowMs());
    if (change === undefined) return { record: before, entries: [] };
    const entries = await engine.database.transaction(async (tx) => {
      await saveMigration(tx, before, change.record);
      await change.also?.(tx);
      return appendJournal(tx, name, change.journal);
    });
    return { record: engine.world.replace(before, change.record), entries };
  });
  if (committed.entries.length > 0) await publish(engine, name, committed.entries);
  return committed;
}

/** Pushes what is in memory and, in the background, journals how long the proxies took. Resolves once it is handed to the xDS server. */
export async function publish(
  engine: Engine,
  name: string,
  entries: readonly JournalEntry[] = [],
): Promise<void> {
  const changed = await pushOrReport(engine, name);
  if (!changed || entries.length === 0) return;
  engine.background(`ACK times of ${name}`, async () => {
    const { elapsedMs, pending, rejected } = await engine.dataPlane.waitForAcks(ackTimeoutMs);
    if (pending.length + rejected.length > 0) return;
    await recordAck(
      engine.database,
      name,
      entries.map((entry) => entry.sequence),
      elapsedMs,
    );
  });
}

/** A snapshot that is not whole and valid is never pushed: the proxies keep the last good one, and the journal says why. */
async function pushOrReport(engine: Engine, name: string): Promise<boolean> {
  const result = engine.dataPlane.publish(engine.world.all(), name);
  if (result.problems.length === 0) return result.changed;
  const reason = `the proxies keep their configuration, the new one is not valid: ${result.problems.join('; ')}`;
  engine.log(`${name}: ${reason}`);
  await engine.queue.run(() =>
    engine.database.transaction((tx) =>
      appendJournal(tx, name, [note('hold', engine.nowMs(), reason, { problems: result.problems })]),
    ),
  );
  return false;
}

/** An entry that changes no group. */
export function note(
  action: JournalDraft['action'],
  atMs: number,
  reason: string,
  evidence: JournalDraft['evidence'] = {},
  actor = 'chronos',
): JournalDraft {
  return {
    group: '',
    atMs,
    action,
    fromStage: undefined,
    toStage: undefined,
    fromWeightBp: 0,
    toWeightBp: 0,
    actor,
    reason,
    evidence,
    requestId: '',
    traceparent: '',
  };
}
