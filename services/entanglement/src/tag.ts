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
  const tag = tagOf(headers);
  if (tag === undefined) return;
  await sql.query('SELECT pg_logical_emit_message(true, $1, $2)', [prefix, tag]);
}

/** What {@link beginTagged} puts into SQL as it is; anything else goes as a parameter. */
const plain = /^[A-Za-z0-9._: -]{1,200}$/;

/**
 * `BEGIN` and the tag in one message, instead of {@link tagTransaction} behind a BEGIN: the tag costs no round trip (npm run bench:entanglement -- --only
 * source).
 */
export async function beginTagged(
  sql: Queryable & { query(text: string): Promise<unknown> },
  headers: RequestHeaders,
  prefix = 'chronos',
): Promise<void> {
  const tag = tagOf(headers);
  if (tag !== undefined && plain.test(tag) && plain.test(prefix)) {
    await sql.query(`BEGIN; SELECT pg_logical_emit_message(true, '${prefix}', '${tag}')`);
    return;
  }
  await sql.query('BEGIN');
  await tagTransaction(sql, headers, prefix);
}

/** The request's id, with its trace where it has one. */
function tagOf(headers: RequestHeaders): string | undefined {
  const id = headerOf(headers, header);
  if (id === undefined) return undefined;
  const traceparent = headerOf(headers, 'traceparent');
  return traceparent === undefined ? id : `${id} ${traceparent}`;
}

function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const value =
    typeof headers.get === 'function' ? headers.get(name) : (headers as Record<string, unknown>)[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}
