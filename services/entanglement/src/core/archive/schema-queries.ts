/**
 * Queries whose rows (one column, `statement`) are the DDL that makes a database's tables anew, in the order in which they must run. They
 * expect an empty search_path, so that Postgres qualifies every name. PostgreSQL 13+.
 *
 * What belongs to an extension comes with it. Roles, privileges, comments, and what {@link leftOutQuery} counts are not in the dump.
 */

import { madeByHand, notOfExtension, own } from './own-objects.ts';
import { collations, types } from './type-queries.ts';

const relation = `format('%I.%I', n.nspname, c.relname)`;

/** Comes back as a table of this database, so that its rows have a place. */
const foreignPartition = `(c.relkind = 'f' AND c.relispartition)`;
const ownTables = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (c.relkind IN ('r', 'p') OR ${foreignPartition}) AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}`;

/** A function that takes or gives rows of a table can only be made once the table is there. */
const usesTable = `EXISTS (SELECT FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
  WHERE c.relkind IN ('r', 'p', 'v', 'm') AND (t.oid = p.prorettype OR t.oid = ANY (p.proargtypes) OR t.oid = ANY (p.proallargtypes)))`;
/** Functions whose body names relations (BEGIN ATOMIC), or other such functions: Postgres looks for these when it makes the function. */
const needRelations = `SELECT * FROM needing`;
const withNeeding = `WITH RECURSIVE needing AS (
    SELECT d.objid FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid
    WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_class'::regclass AND c.relkind <> 'S'
    UNION SELECT d.objid FROM pg_depend d JOIN needing ON needing.objid = d.refobjid
    WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_proc'::regclass)`;
const functionsThat = (when: string) => `
  SELECT p.oid, pg_get_functiondef(p.oid) AS statement
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prokind IN ('f', 'p') AND ${own('n.nspname')} AND ${madeByHand('pg_proc', 'p.oid')} AND ${when}`;
const functions = (when: string) =>
  `${withNeeding} ${functionsThat(`p.oid NOT IN (${needRelations}) AND ${when}`)} ORDER BY p.oid`;

/** Each may use the other; both in the order in which they were made, as one counter numbers them. */
const viewsAndTheirFunctions = `${withNeeding}
  SELECT statement FROM (
    ${functionsThat(`p.oid IN (${needRelations})`)}
    UNION ALL
    SELECT c.oid, format('CREATE %sVIEW %s%s AS %s%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' END, ${relation},
      ' WITH (' || array_to_string(c.reloptions, ', ') || ')', rtrim(pg_get_viewdef(c.oid), ';'),
      CASE WHEN NOT c.relispopulated THEN ' WITH NO DATA' END)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}
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
  SELECT format('CREATE %sTABLE %s (%s)%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, ${relation}, (
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
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) END) AS statement
  FROM ${ownTables} ORDER BY c.oid`;

/** Made as tables of their own before, so that columns keep their order. */
const parents = `
  SELECT CASE WHEN c.relispartition
    THEN format('ALTER TABLE ONLY %I.%I ATTACH PARTITION %s %s', pn.nspname, p.relname, ${relation}, pg_get_expr(c.relpartbound, c.oid))
    ELSE format('ALTER TABLE ONLY %s INHERIT %I.%I', ${relation}, pn.nspname, p.relname) END AS statement
  FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
  JOIN ${ownTables.replace('pg_class c', 'pg_class c ON c.oid = h.inhrelid')} ORDER BY c.oid, h.inhseqno`;

/** Before the rows: everything that a table needs to be made. */
export const beforeRowsQueries: readonly string[] = [
  `SELECT format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS statement FROM pg_namespace n
   WHERE ${own('n.nspname')} AND ${notOfExtension('pg_namespace', 'n.oid')} ORDER BY 1`,
  `SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname) AS statement
   FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql' ORDER BY e.oid`,
  collations,
  types,
  `SELECT format('CREATE SEQUENCE %s AS %s %s', ${relation}, format_type(q.seqtypid, NULL), ${bounds}) AS statement
   FROM ${ownSequences} AND NOT EXISTS (SELECT FROM ${owned('i')}) ORDER BY c.oid`,
  functions(`NOT ${usesTable}`),
  tables,
  parents,
  functions(usesTable),
];

const ownTriggers = `pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace`;

/**
 * Those that a table does not have from the one above it; only keys of partitions are all made, and joined by their indexes: so they
 * keep their names.
 */
const constraints = (kinds: readonly ('p' | 'u' | 'x' | 'c' | 'f')[]) => `
  SELECT format('ALTER TABLE %s%s ADD CONSTRAINT %I %s', CASE WHEN c.relkind = 'p' AND k.contype IN ('p', 'u', 'x') THEN 'ONLY ' END,
    ${relation}, k.conname, pg_get_constraintdef(k.oid)) AS statement
  FROM pg_constraint k JOIN ${ownTables.replace('pg_class c', 'pg_class c ON c.oid = k.conrelid')}
  AND k.contype IN (${kinds.map((kind) => `'${kind}'`).join(', ')})
  AND CASE k.contype WHEN 'f' THEN k.conparentid = 0 WHEN 'c' THEN k.conislocal ELSE true END
  ORDER BY array_position(ARRAY['p', 'u', 'x'], k.contype::text), k.oid`;

/** After the functions, which they may call. */
const domainConstraints = `
  SELECT format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s', n.nspname, t.typname, k.conname, pg_get_constraintdef(k.oid)) AS statement
  FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE k.contype = 'c' AND ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')} ORDER BY k.oid`;

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
  constraints(['p', 'u', 'x']),
  viewsAndTheirFunctions,
  domainConstraints,
  constraints(['c']),
  `SELECT pg_get_indexdef(i.indexrelid) AS statement FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
   JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'm') AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
   ORDER BY i.indexrelid`,
  `SELECT format('ALTER INDEX %I.%I ATTACH PARTITION %s', pn.nspname, p.relname, ${relation}) AS statement
   FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
   WHERE p.relkind = 'I' AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY c.oid`,
  constraints(['f']),
  `SELECT pg_get_triggerdef(t.oid) AS statement FROM ${ownTriggers}
   WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY t.oid`,
  // Each partition for itself, after the table whose triggers it has: it may differ.
  `SELECT format('ALTER TABLE ONLY %s %s TRIGGER %I', ${relation},
     CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname)
     AS statement
   FROM ${ownTriggers} LEFT JOIN pg_trigger u ON u.oid = t.tgparentid
   WHERE t.tgconstraint = 0 AND (t.tgenabled <> 'O' OR t.tgenabled <> u.tgenabled) AND (t.tgparentid <> 0 OR NOT t.tgisinternal)
   AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')} ORDER BY c.relispartition, t.oid`,
];

/** Tables in the order they were made, each with the columns that can be written: `name`, and `type` as a cast takes it. */
export const tablesQuery = `
  SELECT n.nspname AS schema, c.relname AS "table", c.relkind = 'p' AS partitioned,
    coalesce((SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), '[]') AS columns
  FROM ${ownTables} AND NOT c.relispartition ORDER BY c.oid`;
