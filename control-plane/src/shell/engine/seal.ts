import { rm } from 'node:fs/promises';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import { type MigrationRecord, servingDeployment } from '../../core/model.ts';
import { sealRefusal } from '../../core/orchestrator/decide.ts';
import { archiveNotes } from '../../core/seal/archive-trial.ts';
import { viewOf } from '../../core/view/migration-view.ts';
import type { Queryable } from '../store/database.ts';
import { listRules } from '../store/field-rule-store.ts';
import { appendJournal, listJournal, type ReadJournalEntry } from '../store/journal-store.ts';
import { saveMigration } from '../store/migration-store.ts';
import { listMismatchGroups } from '../store/mismatch-store.ts';
import { archiveLegacy } from './archive-legacy.ts';
import { capsulePath, writeCapsule } from './capsule.ts';
import { withDeployment } from './deployment-record.ts';
import { drain } from './drain.ts';
import { ackTimeoutMs, type Engine, publish, requireLeading } from './engine.ts';
import type { Motive } from './group-change.ts';
import { legacyCode } from './legacy-code.ts';
import { changeGroups } from './operate.ts';
import { proveEqual } from './prove-equal.ts';
import { tryArchive } from './try-archive.ts';

const journalPage = 1_000;
const rulesPage = 1_000;
const capsuleMismatchGroupsMax = 2_000;

/**
 * Ends the legacy, once its database is proven equal to modern's: state, journal and Time Capsule together (the capsule's folder gets
 * its name just before the commit, and goes again when that fails), then the proxies, then the legacy's process; once that has stopped,
 * its database goes into the capsule. That it can be opened there is tried before anything ends; what it will lack has to be accepted.
 *
 * @throws DomainError `refused` with what stands in the way.
 */
export async function seal(
  engine: Engine,
  name: string,
  motive: Pick<Motive, 'actor' | 'reason'>,
  acceptIncompleteArchive = false,
): Promise<{ readonly record: MigrationRecord; readonly archiveNotes: readonly string[] }> {
  requireLeading(engine);
  const asked = engine.world.require(name);
  refuse(engine, asked);
  const verification = await proveEqual(engine, asked, motive.actor);
  const trial = await tryArchive(engine, asked, acceptIncompleteArchive);
  const code = await legacyCode(engine, name, servingDeployment(asked, 'legacy'));
  requireLeading(engine);
  const { record, entries, legacy } = await engine.queue.run(async () => {
    const nowMs = engine.nowMs();
    const before = engine.world.require(name);
    refuse(engine, before);
    const serving = servingDeployment(before, 'legacy');
    const change = changeGroups(engine, before, '', { ...motive, action: 'seal' }, nowMs, () => ({
      event: 'seal',
    }));
    if (change === undefined) throw new DomainError('refused', 'it is sealed already');
    const capsule = capsulePath(engine.capsuleDir, name, nowMs);
    const groups =
      serving === undefined
        ? change.record
        : withDeployment(change.record, { ...serving, phase: 'draining' });
    const after: MigrationRecord = { ...groups, sealed: { atMs: nowMs, capsule } };
    const sealed = await engine.database
      .transaction(async (tx) => {
        await saveMigration(tx, before, after);
        const appended = await appendJournal(tx, name, change.journal);
        await writeCapsule(capsule, {
          record: after,
          journal: await wholeJournal(tx, name),
          fieldRules: await wholeRules(tx, name),
          mismatchGroups: await listMismatchGroups(tx, name, capsuleMismatchGroupsMax),
          uncaptured: uncapturedOf(engine, after, nowMs),
          sealedAtMs: nowMs,
          code,
          verification,
          database: verification === undefined ? 'none' : 'pending',
          trial,
        });
        return appended;
      })
      .catch(async (error: unknown) => {
        await rm(capsule, { recursive: true, force: true });
        throw error;
      });
    return { record: engine.world.replace(before, after), entries: sealed, legacy: serving };
  });
  await publish(engine, name, entries);
  await engine.dataPlane.waitForAcks(ackTimeoutMs);
  if (legacy !== undefined) drain(engine, name, legacy);
  else engine.background(`archiving ${name}`, (stopping) => archiveLegacy(engine, name, stopping));
  return { record, archiveNotes: trial === undefined ? [] : archiveNotes(trial) };
}

/** @throws DomainError `refused` */
function refuse(engine: Engine, record: MigrationRecord): void {
  const nowMs = engine.nowMs();
  const { name } = record.spec;
  const refusal = sealRefusal(viewOf(record, engine.world.surroundings(name, nowMs)), nowMs);
  if (refusal !== undefined) throw new DomainError('refused', `not sealed: ${refusal}`);
}

async function wholeJournal(tx: Queryable, name: string): Promise<ReadJournalEntry[]> {
  const entries: ReadJournalEntry[] = [];
  let before: bigint | undefined;
  for (;;) {
    const page = await listJournal(tx, name, { before, limit: journalPage });
    entries.push(...page);
    before = page.at(-1)?.sequence;
    if (page.length < journalPage) return entries.reverse();
  }
}

async function wholeRules(tx: Queryable, name: string): Promise<FieldRule[]> {
  const rules: FieldRule[] = [];
  let before: bigint | undefined;
  for (;;) {
    const page = await listRules(tx, { migration: name, revoked: true, before, limit: rulesPage });
    rules.push(...page.map(({ rule }) => rule));
    before = page.at(-1)?.position;
    if (page.length < rulesPage) return rules.reverse();
  }
}

function uncapturedOf(engine: Engine, record: MigrationRecord, nowMs: number): Record<string, number> {
  const { uncaptured } = engine.world.surroundings(record.spec.name, nowMs);
  return Object.fromEntries([...record.groups.keys()].map((group) => [group, uncaptured(group)]));
}
