import pg from 'pg';
import {
  type GeneratedColumn,
  type OtherPublication,
  unpublishable,
} from '../../core/change/generated-identity.ts';
import type { DatabaseFacts, Wanted } from '../../core/change/preflight.ts';
import { type TableName, tableText } from '../../core/change/source-event.ts';
import { sqlName } from './identity.ts';
import type { SerialSql } from './serial-sql.ts';
import { publicationMark } from './slot.ts';

type Sql = Pick<SerialSql, 'query'>;

/** A table, with its partitions: each writes its own changes, by an identity of its own. */
const treeSql = `SELECT $1::regclass AS oid UNION SELECT relid FROM pg_partition_tree($1::regclass)`;

/** Of a table that is there. Of an index only its key is in the identity, not what it includes. */
export async function readGenerated(sql: Sql, table: TableName): Promise<GeneratedColumn[]> {
  const { rows } = await sql.query<GeneratedColumn>(
    `SELECT a.attname AS name, bool_or(a.attgenerated = 'v') AS "isVirtual",
       bool_or(c.relreplident = 'f' OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid
         AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END
         AND a.attnum = ANY((i.indkey::int2[])[0:i.indnkeyatts - 1]))) AS "isIdentity"
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.oid IN (${treeSql}) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> '' GROUP BY 1 ORDER BY 1`,
    [sqlName(table)],
  );
  return rows;
}

/** What Chronos made, and our role may alter. */
const ours = (mark: string) =>
  `(pg_has_role(p.pubowner, 'USAGE') AND coalesce(starts_with(obj_description(p.oid, 'pg_publication'), ${mark}), false))`;

/** Those of others that tell updates or deletes of the table; what older versions of Postgres have no word for is not so. */
export async function readOtherPublications(sql: Sql, table: TableName): Promise<OtherPublication[]> {
  const { rows } = await sql.query<OtherPublication>(
    `SELECT p.pubname AS name, coalesce(to_jsonb(p) ->> 'pubgencols', 'n') = 's' AS "publishesGenerated",
       EXISTS (SELECT FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid IN (${treeSql}) AND to_jsonb(r) ->> 'prattrs' IS NOT NULL) AS "isNarrow"
     FROM pg_publication p WHERE (p.pubupdate OR p.pubdelete) AND NOT ${ours('$2')}
       AND (p.puballtables OR EXISTS (SELECT FROM pg_publication_tables t JOIN pg_namespace n ON n.nspname = t.schemaname
         JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename WHERE t.pubname = p.pubname AND c.oid IN (${treeSql}))) ORDER BY 1`,
    [sqlName(table), publicationMark],
  );
  return rows;
}

/**
 * Has the publications of this database that Chronos made tell stored generated columns, which those of an earlier version did not: else tables with
 * replica identity FULL refuse their own writes. Returns those that were altered.
 */
export async function publishGenerated(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `SELECT p.pubname AS name FROM pg_publication p WHERE to_jsonb(p) ->> 'pubgencols' = 'n' AND ${ours('$1')}`,
    [publicationMark],
  );
  for (const { name } of rows)
    await sql.query(
      `ALTER PUBLICATION ${pg.escapeIdentifier(name)} SET (publish_generated_columns = stored)`,
    );
  return rows.map(({ name }) => name);
}

/** Takes tables that refuse their own writes by being published out of our publication. Returns them. */
export async function unpublish(
  sql: Sql,
  facts: DatabaseFacts,
  { publication }: Pick<Wanted, 'publication'>,
): Promise<TableName[]> {
  if (facts.publication?.isOurs !== true) return [];
  const published = facts.publication.tables.map(tableText);
  const tables = unpublishable(facts)
    .map(({ table }) => table)
    .filter((table) => published.includes(tableText(table)));
  if (tables.length > 0)
    await sql.query(
      `ALTER PUBLICATION ${pg.escapeIdentifier(publication)} DROP TABLE ${tables.map((table) => `ONLY ${sqlName(table)}`).join(', ')}`,
    );
  return tables;
}
