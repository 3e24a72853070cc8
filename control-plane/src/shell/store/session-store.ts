import { randomBytes } from 'node:crypto';
import type { Queryable } from './database.ts';

/** The secret that signs session cookies: made by the first replica that asks. */
export async function sessionSecret(db: Queryable): Promise<Uint8Array> {
  await db.query('INSERT INTO session_secret (secret) VALUES ($1) ON CONFLICT DO NOTHING', [randomBytes(32)]);
  const { rows } = await db.query<{ secret: Buffer }>('SELECT secret FROM session_secret');
  if (rows[0] === undefined) throw new Error('the session secret is gone from the database');
  return rows[0].secret;
}
