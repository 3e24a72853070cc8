import type pg from 'pg';

/** By which change capture knows a transaction of Chronos' own: the message's prefix, made from the migration's `tag_prefix`, and its content. */
export interface Mark {
  readonly prefix: string;
  /** Id of the repair or copy. */
  readonly id: string;
}

/**
 * Begins a transaction of Chronos' own, marked in the WAL and for triggers. What the database lets be checked at its end is: rows that refer to each other in a
 * circle, unique values that change hands.
 */
export async function beginMarked(client: pg.ClientBase, { prefix, id }: Mark): Promise<void> {
  await client.query("BEGIN; SET LOCAL chronos.writes = 'on'; SET CONSTRAINTS ALL DEFERRED");
  await client.query('SELECT pg_logical_emit_message(true, $1, $2)', [prefix, id]);
}
