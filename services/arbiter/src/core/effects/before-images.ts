import { Operation } from '@chronos/proto/events/v1/state_update_pb.js';
import type { State } from './cell.ts';
import type { Version } from './timeline.ts';
import type { Change } from './transaction.ts';

/** In a version's own place, {@link Change.before} and {@link Change.after} become known. */
type Known = { -readonly [K in keyof Change]: Change[K] };

/**
 * Rows as they were before a change, where the database tells only their keys (a replica identity that is not FULL, and large values that a change
 * left alone): what the change before it had left there, in commit order, for nothing else has touched the row in between.
 *
 * @param versions a row's versions in the order of their commits, of which the one at `from` is new
 * @param lasting fields that stay as a change has left them until the next one
 * @param follows no change of the row between these two can be missing
 */
export function fillBefore(
  versions: readonly Version[],
  from: number,
  lasting: ReadonlySet<string>,
  follows: (previous: Version, next: Version) => boolean,
): void {
  for (let at = from; at < versions.length; at += 1) {
    const [previous, own] = [versions[at - 1], versions[at]];
    if (own === undefined) return;
    const isKnown = previous !== undefined && follows(previous, own);
    const hasChanged = fillVersion(own, isKnown ? previous.changes.at(-1)?.after : undefined, lasting);
    // What is behind was told in the light of the same.
    if (at > from && !hasChanged) return;
  }
}

/** Whether the row is known otherwise after it than it was. */
function fillVersion(
  { changes }: Version,
  previous: State | undefined,
  lasting: ReadonlySet<string>,
): boolean {
  let known = previous;
  let hasChanged = false;
  for (const change of changes as readonly Known[]) {
    const told = change.told ?? change;
    const before = filled(told.before, known, lasting);
    // An INSERT tells all of its row.
    const after = change.op === Operation.UPDATE ? filled(told.after, before, lasting) : told.after;
    hasChanged = !alike(after, change.after);
    if (before !== told.before || after !== told.after || change.told !== undefined) {
      change.told ??= { before: change.before, after: change.after };
      change.before = before;
      change.after = after;
    }
    known = after;
  }
  return hasChanged;
}

function filled(told: State | undefined, known: State | undefined, lasting: ReadonlySet<string>) {
  if (told === undefined || known === undefined) return told;
  const missing = [...told].flatMap(([name, cell]) => {
    const other = cell.is === 'unknown' && lasting.has(name) ? known.get(name) : undefined;
    return other === undefined || other.is === 'unknown' ? [] : [[name, other] as const];
  });
  return missing.length === 0 ? told : new Map([...told, ...missing]);
}

function alike(one: State | undefined, other: State | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return [...one].every(([name, cell]) => {
    const there = other.get(name);
    return JSON.stringify(cell) === JSON.stringify(there);
  });
}
