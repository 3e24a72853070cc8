import { difference, sum } from '../mapping/numbers.ts';
import type { CaseRow, Deltas, RepairCase } from './repair-case.ts';

/** What the other database still lacks of a case, by field; undefined when it cannot be said in numbers. */
export function dueOf({ desired, applied, doubtful }: CaseRow): Deltas | undefined {
  if (desired === undefined || doubtful === true) return undefined;
  const due = new Map<string, string>();
  for (const field of new Set([...desired.keys(), ...applied.keys()])) {
    const rest = difference(desired.get(field) ?? '0', applied.get(field) ?? '0');
    if (rest === undefined) return undefined;
    if (rest !== '0') due.set(field, rest);
  }
  return due;
}

/** Sum of several; undefined as soon as one is unknown. */
export function sumOf(all: readonly (Deltas | undefined)[]): Deltas | undefined {
  const total = new Map<string, string>();
  for (const deltas of all) {
    if (deltas === undefined) return undefined;
    for (const [field, delta] of deltas) {
      const value = sum(total.get(field) ?? '0', delta);
      if (value === undefined) return undefined;
      total.set(field, value);
    }
  }
  for (const [field, value] of total) if (value === '0') total.delete(field);
  return total;
}

export function negated(deltas: Deltas): Deltas {
  return new Map([...deltas].map(([field, delta]) => [field, difference('0', delta) ?? delta]));
}

/** The other database has all of it now. */
export function settled(row: CaseRow, proven: boolean): CaseRow {
  return { ...row, applied: row.desired ?? row.applied, proven };
}

/** It was made equal as a whole, now or before an earlier revision, while its numbers were not known: how much of them that was cannot be told any more. */
function mayBeCopied({ desired, proven }: CaseRow, { revision }: RepairCase): boolean {
  return desired === undefined && (proven || revision > 0);
}

/**
 * A case that is said anew: a later verdict of the same request. What was done about the row stays done, so that only the rest is due; rows that
 * the new one no longer names are looked at once more, for what was done about them may have been too much.
 */
export function revised(known: RepairCase | undefined, said: RepairCase): RepairCase {
  if (known === undefined) return said;
  const rows = new Map(said.rows);
  for (const [id, before] of known.rows) {
    const now = rows.get(id);
    rows.set(
      id,
      now === undefined
        ? unsaid(before)
        : { ...now, desired: mayBeCopied(before, known) ? undefined : now.desired, applied: before.applied },
    );
  }
  // What another request has done stays done; what was unclear is asked anew.
  const deed = known.deed?.type === 'one' ? known.deed : undefined;
  return { ...said, openedMs: known.openedMs, ...(deed && { deed }), rows };
}

function unsaid({ lone: _, verified: __, ...before }: CaseRow): CaseRow {
  return { ...before, desired: new Map(), proven: false };
}
