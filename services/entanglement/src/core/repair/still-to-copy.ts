/** Entities whose rows in modern come by a copy: what is known to differ there waits until that has passed them. */
import type { RepairCase } from './repair-case.ts';

/** A copy, as far as it has come. */
export interface CopyProgress {
  /** False: it was stopped, or its process has ended, and it can be resumed. */
  readonly isRunning: boolean;
  readonly entities: readonly { readonly name: string; readonly isDone: boolean }[];
}

export interface CopyStanding {
  /** Nothing was started yet: modern gets no requests. */
  readonly isDraft: boolean;
  /** Undefined: there was none, or it came to its end. */
  readonly copy: CopyProgress | undefined;
  /** Had no row in modern, and legacy did have some, when that was looked at. */
  readonly unfilled: ReadonlySet<string>;
}

export interface StillToCopy {
  readonly entities: ReadonlySet<string>;
  /** What people are told of a case that waits. */
  readonly why: string;
}

const byCopy = 'legacy’s rows are being copied into modern → it goes on by itself once the copy has passed';
const toBeCopied =
  'modern is still to be filled with legacy’s rows → chronos copy; what changed until then is settled behind it, or once the migration is started';

/**
 * Before the start a copy that runs follows legacy's changes itself, to its end; later only what it has not reached yet is its own. Whoever starts the
 * migration without a copy, or without the rest of one, has said that there is none to wait for.
 */
export function stillToCopy({ isDraft, copy, unfilled }: CopyStanding): StillToCopy {
  const entities = copy?.entities ?? [];
  if (copy?.isRunning === true) {
    const left = entities.filter(({ isDone }) => isDraft || !isDone);
    return { entities: new Set(left.map(({ name }) => name)), why: byCopy };
  }
  if (!isDraft) return { entities: new Set(), why: '' };
  return { entities: new Set([...unfilled, ...entities.map(({ name }) => name)]), why: toBeCopied };
}

/** Whether the case would write rows of these entities into modern. What people ask for by hand waits for nothing. */
export function awaitsCopy({ authority, cause, rows }: RepairCase, entities: ReadonlySet<string>): boolean {
  if (entities.size === 0 || authority !== 'legacy' || cause === 'verification') return false;
  for (const { entity, proven } of rows.values()) if (!proven && entities.has(entity)) return true;
  return false;
}
