import { DomainError } from '../../core/domain-error.ts';
import type { MigrationRecord } from '../../core/model.ts';
import { type ArchiveTrial, archiveObjection } from '../../core/seal/archive-trial.ts';
import type { Engine } from './engine.ts';

/** Refused because of the archive: nothing that passes by itself. */
export class ArchiveRefusal extends DomainError {
  constructor(why: string, cause?: unknown) {
    super('refused', `not sealed: ${why}`, { cause });
  }
}

/**
 * Tries the archive of legacy's database while legacy is still there. Undefined where there is none to make.
 *
 * @throws ArchiveRefusal when it could not be opened, would not hold everything, or could not be asked for, unless that is `accepted`.
 */
export async function tryArchive(
  { entangled }: Engine,
  { spec }: MigrationRecord,
  accepted: boolean,
): Promise<ArchiveTrial | undefined> {
  if (spec.entanglement === undefined || entangled === undefined) return undefined;
  const trial = await entangled.tryDump(spec.name).catch((cause: unknown): ArchiveTrial => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (!accepted)
      throw new ArchiveRefusal(`the archive of legacy's database could not be tried: ${reason}`, cause);
    return { outcome: 'not-tried', reason, leftOut: {} };
  });
  const objection = archiveObjection(trial);
  if (objection !== undefined && !accepted) throw new ArchiveRefusal(objection);
  return trial;
}
