import type { Held, Known } from './type-state.ts';

const unknowns = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, undefined>>();

/** These names, nothing known of any: one object for each set, which streams share. */
export function unknownOf(names: ReadonlySet<string>): ReadonlyMap<string, undefined> {
  let all = unknowns.get(names);
  if (all === undefined) {
    all = new Map([...names].map((name) => [name, undefined]));
    unknowns.set(names, all);
  }
  return all;
}

/** What the client says it holds is looked at when the first target is known. */
export function firstOwed(names: ReadonlySet<string>, held: Held): ReadonlyMap<string, Known> {
  if (held.byName.size === 0) return unknownOf(names);
  return withUnknown(new Map(), names, (name) => !held.byName.has(name));
}

/** Owes names of which nothing is known, so that they are stated in any case. */
export function withUnknown(
  owed: ReadonlyMap<string, Known>,
  names: Iterable<string>,
  which: (name: string) => boolean = () => true,
): ReadonlyMap<string, Known> {
  const more = new Map(owed);
  for (const name of names) if (which(name)) more.set(name, undefined);
  return more;
}
