/** What happens to whole partitions and tables: Postgres tells none of it in a stream of rows that tells partitions as their table. */

/** A table, or a partition, that holds rows itself. */
export interface Leaf {
  /** The table that is declared, `schema.name`. */
  readonly table: string;
  readonly oid: string;
  readonly name: string;
  /** Another after TRUNCATE, and after what rewrites all rows: the same values (VACUUM FULL, CLUSTER) or others (ALTER TABLE … TYPE … USING). */
  readonly file: string;
  /** It was a table before it became a partition, and may have brought rows with it. */
  readonly attached: boolean;
  /** It is a partition of the declared table, not the table itself. */
  readonly isPart: boolean;
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
  for (const { oid, table, name, file, attached, isPart } of now) {
    const was = before.get(oid);
    if (was === undefined && attached && tablesBefore.has(table)) add(table, `${name} was attached`);
    if (was !== undefined && was.file !== file)
      add(table, isPart ? `partition ${name} was emptied or rewritten` : 'it was emptied or rewritten');
  }
  return changes;
}
