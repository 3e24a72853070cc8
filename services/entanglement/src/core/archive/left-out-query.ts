import { madeByHand, notOfExtension, own } from './own-objects.ts';

/** How many there are of each kind that is not in the dump. */
export const leftOutQuery = `
  SELECT kind, count::int FROM (
    SELECT 'row security policies' AS kind, count(*) FROM pg_policy
    UNION ALL SELECT 'rules', count(*) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${own('n.nspname')}
    UNION ALL SELECT 'aggregates and window functions', count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prokind IN ('a', 'w') AND ${own('n.nspname')} AND ${notOfExtension('pg_proc', 'p.oid')}
    UNION ALL SELECT 'foreign tables', count(*) FROM pg_class c WHERE c.relkind = 'f'
    UNION ALL SELECT 'event triggers', count(*) FROM pg_event_trigger
    UNION ALL SELECT 'extended statistics', count(*) FROM pg_statistic_ext
    UNION ALL SELECT 'large objects', count(*) FROM pg_largeobject_metadata
    ${[
      ['operators', 'pg_operator', 'oprnamespace'],
      ['operator classes', 'pg_opclass', 'opcnamespace'],
      ['text search configurations', 'pg_ts_config', 'cfgnamespace'],
      ['text search dictionaries', 'pg_ts_dict', 'dictnamespace'],
      ['encoding conversions', 'pg_conversion', 'connamespace'],
    ]
      .map(
        ([kind, catalog = '', namespace]) =>
          `UNION ALL SELECT '${kind}', count(*) FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${namespace}
      WHERE ${own('n.nspname')} AND ${notOfExtension(catalog, 'o.oid')}`,
      )
      .join('\n    ')}
    UNION ALL SELECT 'casts', count(*) FROM pg_cast k WHERE k.oid >= 16384 AND ${madeByHand('pg_cast', 'k.oid')}
    UNION ALL SELECT 'base types', count(*) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'b' AND t.typelem = 0 AND ${own('n.nspname')} AND ${notOfExtension('pg_type', 't.oid')}
    UNION ALL SELECT 'disabled foreign keys', count(DISTINCT t.tgconstraint) FROM pg_trigger t
      WHERE t.tgisinternal AND t.tgconstraint <> 0 AND t.tgparentid = 0 AND t.tgenabled <> 'O'
  ) s WHERE count > 0 ORDER BY kind`;
