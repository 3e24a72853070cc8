import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toJsonString } from '@bufbuild/protobuf';
import { type Verification, VerificationSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { LegacyDatabaseTrial } from '../../core/capsule/capsule.ts';
import { withCountsExplained } from '../../core/capsule/counted.ts';
import type { JournalEntry } from '../../core/journal/entry.ts';
import type { MigrationRecord } from '../../core/model.ts';
import type { ArchiveTrial } from '../../core/seal/archive-trial.ts';
import { sha256, writeManifest } from '../capsule/manifest.ts';
import type { MismatchGroupRecord } from '../store/mismatch-store.ts';
import type { LegacyCode } from './legacy-code.ts';

export interface CapsuleContents {
  readonly record: MigrationRecord;
  /** Oldest first, whole. */
  readonly journal: readonly JournalEntry[];
  readonly mismatchGroups: readonly MismatchGroupRecord[];
  /** All that ever were in force, oldest first. */
  readonly fieldRules: readonly FieldRule[];
  readonly uncaptured: Readonly<Record<string, number>>;
  readonly sealedAtMs: number;
  readonly code: LegacyCode;
  /** The proof that both databases were equal; undefined for a migration that declares no entities. */
  readonly verification: Verification | undefined;
  /** `pending`: legacy's database follows once legacy has stopped. */
  readonly database: 'none' | 'pending';
  /** Of the archive that follows; undefined where none does. */
  readonly trial: ArchiveTrial | undefined;
}

/** Where a migration's Time Capsule goes. */
export function capsulePath(capsuleDir: string, migration: string, sealedAtMs: number): string {
  const utc = new Date(sealedAtMs).toISOString().replace(/[-:]|\.\d+/g, '');
  return join(capsuleDir, `${migration}-${utc}`);
}

/**
 * Writes the Time Capsule: what the migration was, what was decided and on what, and a manifest with the SHA-256 of each file and the
 * journal's head. The folder appears whole or not at all.
 */
export async function writeCapsule(path: string, contents: CapsuleContents): Promise<void> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o750 });
  const files = filesOf(contents);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(partial, name), text, { flush: true });
  }
  await writeManifest(partial, {
    format: 1,
    migration: contents.record.spec.name,
    sealed_at: new Date(contents.sealedAtMs).toISOString(),
    journal: { entries: contents.journal.length, head: contents.journal.at(-1)?.hash ?? '' },
    legacy_database: { state: contents.database, ...(contents.trial && { trial: trialOf(contents.trial) }) },
    files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, { sha256: sha256(text) }])),
  });
  await rename(partial, path);
}

function trialOf({ outcome, reason }: ArchiveTrial): LegacyDatabaseTrial {
  return { outcome, ...(reason !== '' && { reason }), rows: false };
}

function filesOf(contents: CapsuleContents): Record<string, string> {
  const { record, journal, mismatchGroups, fieldRules, uncaptured, code, verification } = contents;
  const groups = Object.fromEntries(
    [...record.groups].map(([name, group]) => [
      name,
      { verdicts: group.verdicts, uncaptured: uncaptured[name] ?? 0, segments: group.evidence.segments },
    ]),
  );
  return {
    'migration.json': `${toJsonString(MigrationSchema, record.spec, { prettySpaces: 2 })}\n`,
    'journal.jsonl': journal.map((entry) => `${JSON.stringify(entry, bigintsAsText)}\n`).join(''),
    'verdicts.json': `${JSON.stringify({ groups, mismatch_groups: mismatchGroups }, null, 2)}\n`,
    'rules.jsonl': fieldRules.map((rule) => `${toJsonString(FieldRuleSchema, rule)}\n`).join(''),
    'deployments.json': `${JSON.stringify(record.deployments, null, 2)}\n`,
    'code.json': `${JSON.stringify(code, null, 2)}\n`,
    ...(verification && {
      'verification.json': `${toJsonString(VerificationSchema, withCountsExplained(verification), { prettySpaces: 2 })}\n`,
    }),
  };
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
