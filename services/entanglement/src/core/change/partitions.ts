/** What happens to whole partitions: Postgres tells none of it in a stream that tells partitions as their table. */

/** A partition that holds rows itself. */
export interface Leaf {
  /** The partitioned table that is declared, `schema.name`. */
  readonly table: string;
  readonly oid: string;
  readonly name: string;
  /** Another after TRUNCATE, and after what rewrites all rows (VACUUM FULL, CLUSTER). */
  readonly file: string;
  /** It was a table before it became a partition, and may have brought rows with it. */
  readonly attached: boolean;
}

/** What changed, in words, by table: rows came or went with it that nobody told. */
export function partitionChanges(known: readonly Leaf[], now: readonly Leaf[]): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  const add = (table: string, what: string) => changes.set(table, [...(changes.get(table) ?? []), what]);
  const tables = new Set(now.map(({ table }) => table));
  const before = new Map(known.map((leaf) => [leaf.oid, leaf]));
  const after = new Set(now.map(({ oid }) => oid));
  // A table that is gone as a whole is another matter, which the checks of the schema see.
  for (const { oid, table, name } of known)
    if (!after.has(oid) && tables.has(table)) add(table, `partition ${name} was detached or dropped`);
  const tablesBefore = new Set(known.map(({ table }) => table));
  for (const { oid, table, name, file, attached } of now) {
    const was = before.get(oid);
    if (was === undefined && attached && tablesBefore.has(table)) add(table, `${name} was attached`);
    if (was !== undefined && was.file !== file) add(table, `partition ${name} was emptied or rewritten`);
  }
  return changes;
}
