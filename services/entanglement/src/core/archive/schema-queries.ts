/**
 * Queries whose rows (one column, `statement`) are the DDL that makes a database's tables anew, in the order in which they must run. They
 * expect an empty search_path, so that Postgres qualifies every name. PostgreSQL 13+.
 *
 * What belongs to an extension comes with it. Partitioned tables become plain tables with all their rows. Roles, privileges, comments,
 * and what {@link leftOutQuery} counts are not in the dump.
 */

const own = (schema: string) => `${schema} !~ '^pg_' AND ${schema} <> 'information_schema'`;
const notOfExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;
const relation = `format('%I.%I', n.nspname, c.relname)`;

const ownTables = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}`;

/** A function that takes or gives rows of a table can only be made once the table is there. */
const usesTable = `EXISTS (SELECT FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND (t.oid = p.prorettype OR t.oid = ANY (p.proargtypes) OR t.oid = ANY (p.proallargtypes)))`;
const functions = (when: string) => `
  SELECT pg_get_functiondef(p.oid) AS statement
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prokind IN ('f', 'p') AND ${own('n.nspname')} AND ${notOfExtension('pg_proc', 'p.oid')} AND ${when}
  ORDER BY p.oid`;

const types = `
  SELECT statement FROM (
    SELECT t.oid, format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
      (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)) AS statement
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
    UNION ALL
    SELECT t.oid, format('CREATE DOMAIN %I.%I AS %s%s%s%s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
      ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END,
      (SELECT string_agg(format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.oid)
       FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'd' AND ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
    UNION ALL
    SELECT t.oid, format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname,
      (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
       FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
    WHERE c.relkind = 'c' AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}
  ) s ORDER BY oid`;

const ownSequences = `pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}`;
const bounds = `format('INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s', q.seqincrement, q.seqmin, q.seqmax, q.seqstart,
  q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' END)`;
/** Column that a sequence belongs to: 'i' as an identity's, 'a' as a serial's. */
const owned = (
  kind: string,
) => `pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refobjsubid > 0
  AND d.deptype = '${kind}'`;

const tables = `
  SELECT format('CREATE %sTABLE %s (%s)', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, ${relation}, (
    SELECT string_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      (SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
        JOIN pg_type ct ON ct.oid = a.atttypid WHERE co.oid = a.attcollation AND co.oid <> ct.typcollation),
      CASE
        WHEN a.attidentity <> '' THEN (
          SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I %s)',
            CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sn.nspname, s.relname, ${bounds})
          FROM pg_depend d JOIN pg_class s ON s.oid = d.objid JOIN pg_namespace sn ON sn.oid = s.relnamespace
          JOIN pg_sequence q ON q.seqrelid = s.oid
          WHERE d.refobjid = c.oid AND d.refobjsubid = a.attnum AND d.deptype = 'i' AND d.classid = 'pg_class'::regclass)
        WHEN a.attgenerated = 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(f.adbin, f.adrelid))
        WHEN a.attgenerated = 'v' THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', pg_get_expr(f.adbin, f.adrelid))
        WHEN f.adbin IS NOT NULL THEN format(' DEFAULT %s', pg_get_expr(f.adbin, f.adrelid))
      END,
      CASE WHEN a.attnotnull THEN ' NOT NULL' END), ', ' ORDER BY a.attnum)
    FROM pg_attribute a LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) AS statement
  FROM ${ownTables} ORDER BY c.oid`;

/** Before the rows: everything that a table needs to be made. */
export const beforeRowsQueries: readonly string[] = [
  `SELECT format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS statement FROM pg_namespace n
   WHERE ${own('n.nspname')} AND ${notOfExtension('pg_namespace', 'n.oid')} ORDER BY 1`,
  `SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname) AS statement
   FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql' ORDER BY e.oid`,
  types,
  `SELECT format('CREATE SEQUENCE %s AS %s %s', ${relation}, format_type(q.seqtypid, NULL), ${bounds}) AS statement
   FROM ${ownSequences} AND NOT EXISTS (SELECT FROM ${owned('i')}) ORDER BY c.oid`,
  functions(`NOT ${usesTable}`),
  tables,
  functions(usesTable),
];

/** After the rows: what would have been in their way, or depends on them. */
export const afterRowsQueries: readonly string[] = [
  `SELECT format('SELECT pg_catalog.setval(%L, %s, %L)', format('%I.%I', s.schemaname, s.sequencename),
     coalesce(s.last_value, s.start_value), s.last_value IS NOT NULL) AS statement
   FROM pg_sequences s JOIN pg_class c ON c.oid = format('%I.%I', s.schemaname, s.sequencename)::regclass
   WHERE ${own('s.schemaname')} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY c.oid`,
  `SELECT format('ALTER SEQUENCE %s OWNED BY %s', ${relation}, (
     SELECT format('%I.%I.%I', tn.nspname, t.relname, a.attname) FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
     JOIN pg_namespace tn ON tn.oid = t.relnamespace JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refobjsubid > 0 LIMIT 1)) AS statement
   FROM ${ownSequences} AND EXISTS (SELECT FROM ${owned('a')}) ORDER BY c.oid`,
  `SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', ${relation}, k.conname, pg_get_constraintdef(k.oid)) AS statement
   FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}
   AND k.contype IN ('p', 'u', 'c', 'x', 'f') ORDER BY array_position(ARRAY['p', 'u', 'c', 'x', 'f'], k.contype::text), k.oid`,
  `SELECT pg_get_indexdef(i.indexrelid) AS statement FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
   JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
   ORDER BY i.indexrelid`,
  `SELECT format('CREATE %sVIEW %s AS %s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' END, ${relation},
     rtrim(pg_get_viewdef(c.oid), ';')) AS statement
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('v', 'm') AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY c.oid`,
  `SELECT pg_get_triggerdef(t.oid) AS statement FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT t.tgisinternal AND NOT c.relispartition AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY t.oid`,
];

/** Tables in the order they were made, each with the columns that can be written: `name`, and `type` as a cast takes it. */
export const tablesQuery = `
  SELECT n.nspname AS schema, c.relname AS "table", c.relkind = 'p' AS partitioned,
    coalesce((SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), '[]') AS columns
  FROM ${ownTables} ORDER BY c.oid`;

/** How many there are of each kind that is not in the dump. */
export const leftOutQuery = `
  SELECT kind, count::int FROM (
    SELECT 'row security policies' AS kind, count(*) FROM pg_policy
    UNION ALL SELECT 'rules', count(*) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${own('n.nspname')}
    UNION ALL SELECT 'aggregates and window functions', count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prokind IN ('a', 'w') AND ${own('n.nspname')} AND ${notOfExtension('pg_proc', 'p.oid')}
    UNION ALL SELECT 'foreign tables', count(*) FROM pg_class c WHERE c.relkind = 'f'
    UNION ALL SELECT 'indexes of materialized views', count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relkind = 'm'
    UNION ALL SELECT 'event triggers', count(*) FROM pg_event_trigger
    UNION ALL SELECT 'extended statistics', count(*) FROM pg_statistic_ext
    UNION ALL SELECT 'large objects', count(*) FROM pg_largeobject_metadata
    UNION ALL SELECT 'range types', count(*) FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
  ) s WHERE count > 0 ORDER BY kind`;
