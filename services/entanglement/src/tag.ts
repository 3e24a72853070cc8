/**
 * For services: says in the WAL which request a transaction belongs to. One line in each transaction that writes, before its first write:
 *
 *     await tagTransaction(client, request.headers);
 *
 * It writes no row and takes no lock; without the header, outside of a migration, it does nothing. Needs PostgreSQL 14 or later.
 */

/** What every client of Postgres offers (`pg`, `postgres`' `unsafe`, an ORM's raw query). */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Node's headers by name, or the Fetch API's. */
export type RequestHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

const header = 'x-chronos-request-id';

/** @param prefix the migration's `tag_prefix`, when it has one. */
export async function tagTransaction(
  sql: Queryable,
  headers: RequestHeaders,
  prefix = 'chronos',
): Promise<void> {
  const id = headerOf(headers, header);
  if (id === undefined) return;
  const traceparent = headerOf(headers, 'traceparent');
  const tag = traceparent === undefined ? id : `${id} ${traceparent}`;
  await sql.query('SELECT pg_logical_emit_message(true, $1, $2)', [prefix, tag]);
}

function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const value =
    typeof headers.get === 'function' ? headers.get(name) : (headers as Record<string, unknown>)[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}
