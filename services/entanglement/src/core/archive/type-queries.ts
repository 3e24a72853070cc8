import { notOfExtension, own } from './own-objects.ts';

/** A column of the catalog that not every version has (null there). */
const newer = (row: string, column: string) => `to_jsonb(${row}) ->> '${column}'`;

export const collations = `
  SELECT format('CREATE COLLATION %I.%I (PROVIDER = %s, %s%s%s)', n.nspname, co.collname,
    CASE co.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
    CASE co.collprovider WHEN 'c' THEN format('LC_COLLATE = %L, LC_CTYPE = %L', co.collcollate, co.collctype)
      ELSE format('LOCALE = %L', coalesce(${newer('co', 'colllocale')}, ${newer('co', 'colliculocale')}, co.collcollate)) END,
    ', RULES = ' || quote_literal(nullif(${newer('co', 'collicurules')}, '')),
    CASE WHEN NOT co.collisdeterministic THEN ', DETERMINISTIC = false' END) AS statement
  FROM pg_collation co JOIN pg_namespace n ON n.oid = co.collnamespace
  WHERE ${own('n.nspname')} AND ${notOfExtension('pg_collation', 'co.oid')} ORDER BY co.oid`;

/** ` COLLATE …` of a domain or a column where it is another than its type's. */
const collate = (oid: string, type: string) => `
  (SELECT format(' COLLATE %I.%I', cn.nspname, co.collname) FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
   JOIN pg_type ct ON ct.oid = ${type} WHERE co.oid = ${oid} AND co.oid <> ct.typcollation)`;

/** Enums, domains without their checks, composite types, and ranges (without functions for their subtype's difference or canon). */
export const types = `
  SELECT statement FROM (
    SELECT t.oid, format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
      (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)) AS statement
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
    UNION ALL
    SELECT t.oid, format('CREATE DOMAIN %I.%I AS %s%s%s%s', n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
      ${collate('t.typcollation', 't.typbasetype')}, ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'd' AND ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
    UNION ALL
    SELECT t.oid, format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname,
      (SELECT string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod), ${collate('a.attcollation', 'a.atttypid')}),
         ', ' ORDER BY a.attnum)
       FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
    WHERE c.relkind = 'c' AND ${own('n.nspname')} AND ${notOfExtension('pg_class', 'c.oid')}
    UNION ALL
    SELECT t.oid, format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s%s%s%s)', n.nspname, t.typname, format_type(r.rngsubtype, NULL),
      (SELECT format(', SUBTYPE_OPCLASS = %I.%I', cn.nspname, o.opcname) FROM pg_opclass o JOIN pg_namespace cn ON cn.oid = o.opcnamespace
       WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
      replace(${collate('r.rngcollation', 'r.rngsubtype')}, 'COLLATE', ', COLLATION ='),
      (SELECT format(', MULTIRANGE_TYPE_NAME = %I.%I', n.nspname, m.typname) FROM pg_type m
       WHERE m.oid = (${newer('r', 'rngmultitypid')})::oid))
    FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
  ) s ORDER BY oid`;
