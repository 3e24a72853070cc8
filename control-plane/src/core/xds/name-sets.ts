import type { Subscription } from './subscription.ts';

/** The same set object whenever it can be: shared sets share their encoded response. */
export function subscribed(names: ReadonlySet<string>, subscription: Subscription): ReadonlySet<string> {
  if (subscription.wildcard || names.size === 0) return names;
  let all = true;
  for (const name of names) all &&= subscription.names.has(name);
  if (all) return names;
  // Walk the smaller side: one changed name among many subscribed, or one subscribed among many.
  return names.size < subscription.names.size
    ? new Set([...names].filter((name) => subscription.names.has(name)))
    : new Set([...subscription.names].filter((name) => names.has(name)));
}

export function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  return new Set([...a, ...b]);
}
