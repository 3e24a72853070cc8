import { isObject, type Value } from '../../compare/value.ts';
import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const RECORDS_MAX = 500;

/** The value under each name, one after the other. */
export type Columns = ReadonlyMap<string, readonly Value[]>;

export const recordsMisaligned: BugRule = {
  name: 'records-misaligned',
  needs: ['tree'],
  shows:
    'Lists under names beside records of the same names, in which what stood together no longer does, or a value is another.',
  spares: 'The same records, as lists under names or as a list of objects; other names.',
  find(context) {
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || (legacy.items === undefined) === (modern.items === undefined)) return false;
      const [ours, theirs] = [columnsOf(legacy), columnsOf(modern)];
      return (
        ours !== undefined && theirs !== undefined && sameNames(ours, theirs) && !sameCells(ours, theirs)
      );
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the values stand beside others`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Of an object of lists, or a list of objects with the same keys. */
export function columnsOf({ fields, items }: Side): Columns | undefined {
  const columns = new Map<string, readonly Value[]>();
  if (fields !== undefined) {
    for (const [name, value] of fields) {
      if (!Array.isArray(value) || value.length > RECORDS_MAX) return undefined;
      columns.set(singular(name), value as readonly Value[]);
    }
    return columns.size > 1 ? columns : undefined;
  }
  if (items === undefined || items.length === 0 || items.length > RECORDS_MAX) return undefined;
  const [first] = items;
  if (first === undefined || !isObject(first) || first.size < 2) return undefined;
  for (const name of first.keys()) {
    const cells = items.flatMap((item) => (isObject(item) ? (item.get(name) ?? []) : []));
    if (cells.length !== items.length) return undefined;
    columns.set(singular(name), cells as readonly Value[]);
  }
  return columns;
}

export function sameNames(ours: Columns, theirs: Columns): boolean {
  return [...ours.keys()].toSorted().join('\n') === [...theirs.keys()].toSorted().join('\n');
}

/** A list is named for many, a member for one: severities and severity. */
function singular(name: string): string {
  return wordsOf(name)
    .replace(/ies$/, 'y')
    .replace(/(?<=[sxz]|ch|sh)es$/, '')
    .replace(/(?<=[^s])s$/, '');
}

/** Record by record, in their order. */
export function sameCells(ours: Columns, theirs: Columns): boolean {
  return [...ours].every(([name, cells]) => {
    const others = theirs.get(name) ?? [];
    return (
      cells.length === others.length &&
      cells.every((cell, i) => {
        const [l, m] = [rawOf(cell), rawOf(others[i] ?? null)];
        return l === m || provePair(l, m, UNKNOWN_FIELD) !== undefined;
      })
    );
  });
}
