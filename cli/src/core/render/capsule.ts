import type {
  CapsuleVerification,
  LegacyDatabaseTrial,
} from '@chronos/control-plane/core/capsule/capsule.ts';
import { printable } from '../text/cells.ts';
import type { Palette } from '../text/palette.ts';

/** What `chronos capsule verify` found, for people. */
export function capsuleLines(
  { manifest, manifestSha256, files, problems }: CapsuleVerification,
  colors: Palette,
): string[] {
  const lines = problems.map((problem) => `${colors.bad('changed')} ${printable(problem)}`);
  if (manifest === undefined) return lines;
  if (problems.length === 0)
    lines.push(`${colors.good('whole')} ${printable(manifest.migration)}, sealed ${manifest.sealed_at}`);
  lines.push(
    `  ${files} files; journal of ${manifest.journal.entries} entries, head ${manifest.journal.head}`,
    `  legacy's database: ${databaseText(manifest.legacy_database)}`,
    `  SHA-256 of manifest.json: ${manifestSha256}`,
  );
  return lines;
}

function databaseText(database: NonNullable<CapsuleVerification['manifest']>['legacy_database']): string {
  switch (database.state) {
    case 'none':
      return 'none (the migration declared no entities)';
    case 'pending':
      return `not there yet; it follows once legacy has stopped${trialText(database.trial)}`;
    case 'archived': {
      const leftOut = Object.entries(database.left_out).map(([kind, count]) => `${count} ${kind}`);
      const without = leftOut.length === 0 ? '' : `; without ${leftOut.join(', ')}`;
      return `${database.rows} rows of ${database.tables} tables, archived ${database.at}${without}${trialText(database.trial)}`;
    }
  }
}

function trialText(trial: LegacyDatabaseTrial | undefined): string {
  switch (trial?.outcome) {
    case undefined:
      return '';
    case 'opened':
      return '; all but the rows was made anew before the seal';
    case 'failed':
      return `; sealed although it could not be opened: ${printable(trial.reason ?? '')}`;
    case 'not-tried':
      return `; not tried before the seal: ${printable(trial.reason ?? '')}`;
  }
}
