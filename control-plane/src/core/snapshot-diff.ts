import type { TypeResources } from './snapshot.ts';

/** What lies between two states of one type, by name. */
export interface TypeDiff {
  /** Added or with another version. */
  readonly changed: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

const noNames: ReadonlySet<string> = new Set();
const noDiff: TypeDiff = { changed: noNames, removed: noNames };

/** Remembered by identity: a push to a thousand streams that stand at the same state compares the resources once. */
const remembered = new WeakMap<TypeResources, WeakMap<TypeResources, TypeDiff>>();

/** The difference from one state to another; the same objects give the same result object, which streams share. */
export function diffTypes(from: TypeResources, to: TypeResources): TypeDiff {
  if (from === to || from.version === to.version) return noDiff;
  let fromHere = remembered.get(from);
  if (fromHere === undefined) {
    fromHere = new WeakMap();
    remembered.set(from, fromHere);
  }
  const known = fromHere.get(to);
  if (known !== undefined) return known;
  const changed = new Set<string>();
  const removed = new Set<string>();
  for (const [name, resource] of to.byName) {
    if (from.byName.get(name)?.version !== resource.version) changed.add(name);
  }
  for (const name of from.names) if (!to.byName.has(name)) removed.add(name);
  const diff = { changed, removed };
  fromHere.set(to, diff);
  return diff;
}
