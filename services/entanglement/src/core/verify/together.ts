/** Which rows can only be written together: what one of them needs, another one has or gives up. */
import type { Values } from '../mapping/entity.ts';

export interface LinkedRow {
  readonly key: readonly string[];
  /** As it is and as it is to be; undefined where there is none. */
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  /** The same of rows whose unique values may stand in each other's way. */
  readonly entity: string;
}

/**
 * Groups of rows of which one names another's key, or takes over a value of the same field that another gives up. Which columns refer to what and which
 * are unique nobody has said: rather a group that is too large than one that lacks a row. Letters of either case count as one, as some collations have it.
 */
export function linkedGroups<Row extends LinkedRow>(rows: readonly Row[]): Row[][] {
  const keys = new Set(rows.flatMap(({ key }) => key.map(plain)));
  const parents = rows.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[at] = root;
    return root;
  };
  const firstWith = new Map<string, number>();
  for (const [at, row] of rows.entries())
    for (const token of tokensOf(row, keys)) {
      const first = firstWith.get(token);
      if (first === undefined) firstWith.set(token, at);
      else parents[rootOf(at)] = rootOf(first);
    }
  return [...Map.groupBy(rows.keys(), rootOf).values()].map((group) => group.flatMap((at) => rows[at] ?? []));
}

function tokensOf({ entity, key, before, after }: LinkedRow, keys: ReadonlySet<string>): Set<string> {
  const tokens = new Set(key.map((part) => `key ${plain(part)}`));
  for (const name of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
    const [is, becomes] = [before?.get(name), after?.get(name)];
    for (const value of [is, becomes]) {
      if (typeof value !== 'string') continue;
      if (keys.has(plain(value))) tokens.add(`key ${plain(value)}`);
      if (is !== becomes) tokens.add(`${JSON.stringify([entity, name])} ${plain(value)}`);
    }
  }
  return tokens;
}

const plain = (text: string): string => text.trim().toLowerCase();
