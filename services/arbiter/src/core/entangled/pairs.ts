/** Which identifiers of one migration belong together, as far as that is known. */
export interface Pairs {
  modernOf(migration: string, bijection: string, legacy: string): string | undefined;
  legacyOf(migration: string, bijection: string, modern: string): string | undefined;
  /** What the pair of this id of legacy's names was removed: either may be handed out again. */
  hasEnded?(migration: string, bijection: string, legacy: string): boolean;
}

export const NO_PAIRS: Pairs = { modernOf: () => undefined, legacyOf: () => undefined };

/** What is known of two identifiers. */
export type Relation =
  | { readonly is: 'partners' }
  /** One of them belongs to another one. */
  | { readonly is: 'strangers'; readonly why: string }
  | { readonly is: 'unknown' };

export function relationOf(
  pairs: Pairs,
  migration: string,
  bijection: string,
  legacy: string,
  modern: string,
): Relation {
  const expected = pairs.modernOf(migration, bijection, legacy);
  if (expected === modern) return { is: 'partners' };
  const isOver = (id: string) => pairs.hasEnded?.(migration, bijection, id) === true;
  if (expected !== undefined && !isOver(legacy))
    return { is: 'strangers', why: `Legacy's ${legacy} is ${expected} in modern.` };
  const owner = pairs.legacyOf(migration, bijection, modern);
  if (owner !== undefined && !isOver(owner))
    return { is: 'strangers', why: `Modern's ${modern} is ${owner} in legacy.` };
  return { is: 'unknown' };
}
