import type pg from 'pg';
import { type Catalog, type Column, KINDS, type Table } from '../core/mapping/catalog.ts';

/**
 * Settings of a session whose text is read as canonical: dates as ISO in UTC, bytes as hex, floats in full, strings as the standard has them. A row that a
 * policy hides would be taken for one that does not exist, and repaired as such: the server refuses such a query instead. Given as `options` of the connection.
 */
export const CANONICAL_SESSION =
  '-c DateStyle=ISO -c TimeZone=UTC -c bytea_output=hex -c extra_float_digits=1 -c standard_conforming_strings=on -c row_security=off';

interface ColumnRow {
  schema: string;
  table: string;
  rows: string;
  column: string;
  type: string;
  base: string;
  is_enum: boolean;
  is_array: boolean;
  not_null: boolean;
  has_default: boolean;
  computed: boolean;
  identity: string;
  sequence: string | null;
  default_sql: string | null;
  collation: string | null;
}

/**
 * Columns of the tables (`schema.name`) that the connection's role may read. Domains are resolved to what they are made of (two levels). The collation of
 * the database itself goes by its locale and provider.
 */
const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS table, greatest(c.reltuples, 0)::bigint::text AS rows, a.attname AS column,
         format_type(a.atttypid, a.atttypmod) AS type, item.typname AS base, item.typtype = 'e' AS is_enum,
         base.typcategory = 'A' AS is_array,
         a.attnotnull OR (t.typtype = 'd' AND t.typnotnull) AS not_null, a.atthasdef AS has_default,
         a.attgenerated <> '' AS computed, a.attidentity AS identity,
         pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname) AS sequence,
         CASE WHEN a.attgenerated = '' THEN pg_get_expr(ad.adbin, ad.adrelid) END AS default_sql,
         CASE WHEN a.attcollation = 0 THEN NULL WHEN co.collname = 'default' THEN
           (SELECT to_jsonb(d) ->> 'datlocprovider' || ':' || coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate)
              || ':' || coalesce(to_jsonb(d) ->> 'datcollversion', '') FROM pg_database d WHERE d.datname = current_database())
         ELSE co.collprovider::text || ':' || coalesce(to_jsonb(co) ->> 'colllocale', to_jsonb(co) ->> 'colliculocale', co.collcollate)
              || ':' || coalesce(co.collversion, '') END AS collation
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type inner_t ON inner_t.oid = t.typbasetype
  JOIN pg_type base ON base.oid = CASE WHEN inner_t.typtype = 'd' THEN inner_t.typbasetype WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  JOIN pg_type item ON item.oid = CASE WHEN base.typcategory = 'A' THEN base.typelem ELSE base.oid END
  LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
  LEFT JOIN pg_collation co ON co.oid = a.attcollation
  WHERE n.nspname || '.' || c.relname = ANY($1) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
    AND has_table_privilege(c.oid, 'SELECT')
  ORDER BY 1, 2, a.attnum`;

const UNIQUE_KEYS = `
  SELECT n.nspname AS schema, c.relname AS table, i.indisprimary AS primary,
         array(SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, n)
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE k.n <= i.indnkeyatts ORDER BY k.n) AS columns
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname || '.' || c.relname = ANY($1) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
  ORDER BY i.indisprimary DESC, i.indexrelid`;

/** What the database says of these tables (`schema.name`). Tables that are not there, or may not be read, are missing in the answer. */
export async function readCatalog(
  sql: Pick<pg.ClientBase, 'query'>,
  tables: readonly string[],
): Promise<Catalog> {
  const { rows: columns } = await sql.query<ColumnRow>(COLUMNS, [tables]);
  const { rows: keys } = await sql.query<{ schema: string; table: string; columns: string[] }>(UNIQUE_KEYS, [
    tables,
  ]);
  const catalog = new Map<string, Table & { columns: Map<string, Column> }>();
  for (const row of columns) {
    const id = `${row.schema}.${row.table}`;
    const table = catalog.get(id) ?? {
      schema: row.schema,
      name: row.table,
      columns: new Map<string, Column>(),
      uniqueKeys: keys
        .filter(({ schema, table: name }) => `${schema}.${name}` === id)
        .map((key) => key.columns),
      rows: Number(row.rows),
    };
    table.columns.set(row.column, columnOf(row));
    catalog.set(id, table);
  }
  return catalog;
}

function columnOf(row: ColumnRow): Column {
  return {
    name: row.column,
    type: row.type,
    kind: row.is_enum ? 'enum' : KINDS.get(row.base),
    base: row.base,
    array: row.is_array,
    nullable: !row.not_null,
    hasDefault: row.has_default,
    computed: row.computed,
    sequence: row.sequence ?? undefined,
    fresh: freshSql(row),
    identityAlways: row.identity === 'a',
    collation: row.collation ?? undefined,
  };
}

/** A uuid that the service draws by itself can be drawn as well. */
function freshSql({ sequence, default_sql, base, is_array }: ColumnRow): string | undefined {
  if (sequence !== null) return `nextval('${sequence.replaceAll("'", "''")}')`;
  return default_sql ?? (base === 'uuid' && !is_array ? 'gen_random_uuid()' : undefined);
}
