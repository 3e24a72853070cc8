import { type Leaf, partitionChanges } from '../../core/change/partitions.ts';
import { type TableName, tableText } from '../../core/change/source-event.ts';
import type { SerialSql } from './serial-sql.ts';

/** What {@link PartitionWatch} knows, kept beyond one connection. */
export interface TablesKept {
  /** Since when, in milliseconds since 1970, no table was emptied or rewritten. */
  tablesKeptSinceMs: number | undefined;
  tablesLookedAtMs: number | undefined;
}

export interface PartitionWatchOptions {
  readonly sql: Pick<SerialSql, 'query'>;
  readonly tables: readonly TableName[];
  readonly store: {
    partitions(): Promise<readonly Leaf[] | undefined>;
    writePartitions(leaves: readonly Leaf[]): Promise<void>;
  };
  /** Of the message in the WAL that says so. */
  readonly prefix: string;
  readonly log: (line: string) => void;
  readonly status: TablesKept;
  readonly nowMs: () => number;
}

/**
 * Says in the WAL itself which table was rewritten as a whole, and of which a partition was detached, dropped, attached or emptied: it is then read in its
 * place among the changes, and not lost by a crash. Twice at most, for what was said is stored after it.
 */
export class PartitionWatch {
  readonly #options: PartitionWatchOptions;
  #known: readonly Leaf[] | undefined;

  constructor(options: PartitionWatchOptions) {
    this.#options = options;
  }

  async look(): Promise<void> {
    const { sql, tables, store, prefix, log, status, nowMs } = this.#options;
    const beganMs = nowMs();
    const { rows: now } = await sql.query<Leaf>(leavesSql, [tables.map(tableText)]);
    this.#known ??= (await store.partitions()) ?? now;
    const changes = partitionChanges(this.#known, now);
    for (const [table, words] of changes) {
      const named = tables.find((each) => tableText(each) === table);
      if (named === undefined) continue;
      await sql.query('SELECT pg_logical_emit_message(true, $1, $2)', [
        prefix,
        JSON.stringify([named.schema, named.name]),
      ]);
      log(`${table}: ${words.join(', ')}; all of its rows are compared`);
    }
    if (JSON.stringify(this.#known) !== JSON.stringify(now) || changes.size > 0)
      await store.writePartitions(now);
    this.#known = now;
    if (changes.size > 0) status.tablesKeptSinceMs = nowMs();
    status.tablesKeptSinceMs ??= beganMs;
    status.tablesLookedAtMs = beganMs;
  }
}

/** What CREATE TABLE … PARTITION OF makes, it makes in one transaction: the table's own entries are as old as its place in the tree. */
const leavesSql = `
SELECT n.nspname || '.' || c.relname AS table, l.oid::text AS oid, l.oid::regclass::text AS name, coalesce(pg_relation_filenode(l.oid)::text, '') AS file,
  EXISTS (SELECT FROM pg_partition_ancestors(l.oid) up (relid) JOIN pg_inherits i ON i.inhrelid = up.relid
    JOIN pg_attribute a ON a.attrelid = up.relid AND a.attname = 'ctid' WHERE up.relid <> c.oid AND a.xmin::text <> i.xmin::text) AS attached,
  true AS "isPart"
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid
WHERE t.isleaf AND c.relkind = 'p' AND n.nspname || '.' || c.relname = ANY($1)
UNION ALL
SELECT n.nspname || '.' || c.relname, c.oid::text, c.oid::regclass::text, coalesce(pg_relation_filenode(c.oid)::text, ''), false, false
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname || '.' || c.relname = ANY($1) ORDER BY oid`;
