import type { SerialSql } from './serial-sql.ts';

interface Oldest {
  readonly pid: number | null;
  readonly name: string;
  readonly xids: string;
  /** Of sessions of other roles told to members of pg_read_all_stats only. */
  readonly since: string | null;
}

/**
 * The oldest transaction of the server that has written, in words: WAL is decoded from its beginning on, whatever was acknowledged since. Undefined: there is none.
 */
export async function oldestTransaction(sql: Pick<SerialSql, 'query'>): Promise<string | undefined> {
  const { rows } = await sql.query<Oldest>(
    `SELECT pid, format('process %s (%s, role %s, database %s)', pid, coalesce(nullif(application_name, ''), 'without a name'), usename, datname) AS name,
       age(backend_xid)::text AS xids, date_trunc('second', xact_start)::text AS since, age(backend_xid) AS by
     FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
     UNION ALL
     SELECT NULL, format('the prepared transaction %L (role %s, database %s)', gid, owner, database),
       age(transaction)::text, date_trunc('second', prepared)::text, age(transaction)
     FROM pg_prepared_xacts
     ORDER BY by DESC LIMIT 1`,
  );
  const [oldest] = rows;
  if (oldest === undefined) return undefined;
  const { pid, name, xids, since } = oldest;
  const began = since === null ? '' : `, since ${since}`;
  const end =
    pid === null ? 'COMMIT PREPARED or ROLLBACK PREPARED it' : `SELECT pg_terminate_backend(${pid})`;
  return `the oldest open transaction is ${name}${began}, ${Number(xids).toLocaleString('en')} transactions ago → end it if nobody needs it: ${end}`;
}
