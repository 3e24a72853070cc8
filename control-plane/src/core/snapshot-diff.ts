import type { Resource, TypeResources } from './snapshot.ts';

/** What lies between two states of one type, by name. */
export interface TypeDiff {
  /** Added or with another version → what was there before; null where nothing was. */
  readonly changed: ReadonlyMap<string, Resource | null>;
  /** Gone → what was there before. */
  readonly removed: ReadonlyMap<string, Resource>;
}

const noDiff: TypeDiff = { changed: new Map(), removed: new Map() };

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
  const changed = new Map<string, Resource | null>();
  const removed = new Map<string, Resource>();
  for (const [name, resource] of to.byName) {
    const before = from.byName.get(name);
    if (before?.version !== resource.version) changed.set(name, before ?? null);
  }
  for (const [name, resource] of from.byName) if (!to.byName.has(name)) removed.set(name, resource);
  const diff = { changed, removed };
  fromHere.set(to, diff);
  return diff;
}
