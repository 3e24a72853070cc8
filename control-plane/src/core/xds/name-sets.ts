import type { Subscription } from './subscription.ts';

/** Names as a set or as the keys of a map. */
export interface Names {
  readonly size: number;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** The entries that a subscription covers; the same map object whenever it can be: shared maps share their encoded response. */
export function subscribed<V>(
  entries: ReadonlyMap<string, V>,
  { wildcard, names }: Subscription,
): ReadonlyMap<string, V> {
  if (wildcard || entries.size === 0) return entries;
  let all = true;
  for (const name of entries.keys()) all &&= names.has(name);
  if (all) return entries;
  // Walk the smaller side: one changed name among many subscribed, or one subscribed among many.
  if (entries.size < names.size) return new Map([...entries].filter(([name]) => names.has(name)));
  const found = new Map<string, V>();
  for (const name of names) {
    const value = entries.get(name);
    if (value !== undefined || entries.has(name)) found.set(name, value as V);
  }
  return found;
}
