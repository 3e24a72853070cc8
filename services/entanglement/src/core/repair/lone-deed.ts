import type { Vector } from '@chronos/proto/events/v1/state_update_pb.js';
import type { EntityEffect, SideEffect } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Universe } from '../mapping/catalog.ts';
import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';

/** A request made the row, or removed it, in one universe and not in the other: what can have happened to a row only once. */
export interface LoneDeed {
  readonly what: 'added' | 'removed';
  readonly in: Universe;
  /** Of all that the row held then, ids of each universe's own left out. */
  readonly digest: string;
}

/**
 * @param own fields that each universe fills with ids of its own
 * @returns undefined where neither universe did anything of the kind for the request, or both did
 */
export function loneDeedOf({ legacy, modern }: EntityEffect, own: ReadonlySet<string>): LoneDeed | undefined {
  const [left, right] = [existence(legacy), existence(modern)];
  if ((left === undefined) === (right === undefined)) return undefined;
  const [what, side, universe] = left
    ? ([left, legacy, 'legacy'] as const)
    : ([right, modern, 'modern'] as const);
  const held = what === 'added' ? side?.after : side?.before;
  return what && held && { what, in: universe, digest: digestOf(held, own) };
}

function existence(side: SideEffect | undefined): LoneDeed['what'] | undefined {
  if (side === undefined || (side.before === undefined) === (side.after === undefined)) return undefined;
  return side.before === undefined ? 'added' : 'removed';
}

/** 64 bits of two sums and the length: to tell rows of one key apart, not to keep anything secret. */
function digestOf({ fields }: Vector, own: ReadonlySet<string>): string {
  const text = JSON.stringify(
    fields.filter(({ name }) => !own.has(name)).map(({ name, value }) => [name, value.case, value.value]),
  );
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${text.length}:${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
}

/** The same was done to the row for another request, in the other universe. */
export function isCounterpart(a: CaseRow | undefined, b: CaseRow | undefined): boolean {
  return a?.lone !== undefined && b?.lone?.what === a.lone.what && b.lone.in !== a.lone.in;
}

/** Which cases say that a row was made or removed in one universe alone. */
export class LoneDeeds {
  readonly #byRow = new Map<string, Set<string>>();

  add({ id, rows }: RepairCase): void {
    for (const row of lone(rows.values())) this.#byRow.set(row, (this.#byRow.get(row) ?? new Set()).add(id));
  }

  remove({ id, rows }: RepairCase): void {
    for (const row of lone(rows.values())) {
      const ids = this.#byRow.get(row);
      ids?.delete(id);
      if (ids?.size === 0) this.#byRow.delete(row);
    }
  }

  /** Ids of other cases that say so of one of its rows. */
  sharing({ id, rows }: RepairCase): ReadonlySet<string> {
    const ids = new Set(lone(rows.values()).flatMap((row) => [...(this.#byRow.get(row) ?? [])]));
    ids.delete(id);
    return ids;
  }
}

function lone(rows: Iterable<CaseRow>): string[] {
  return [...rows].flatMap((row) => (row.lone === undefined ? [] : [rowId(row.entity, row.key)]));
}
