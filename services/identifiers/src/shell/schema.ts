import { readdir, readFile } from 'node:fs/promises';
import type { Pool } from 'pg';

/** The database was made by a newer Chronos. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

const folder = new URL('./schema/', import.meta.url);
/** Any constant will do, as long as all processes of this kind take the same. */
const migratorLock = 4_770_019;

/**
 * Brings the schema `identifiers` to this version, all missing files in one transaction; processes that start at once wait for each other.
 * @throws NewerSchemaError when the database is ahead of this program
 */
export async function migrateSchema(pool: Pool): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [migratorLock]);
    await client.query('CREATE SCHEMA IF NOT EXISTS identifiers');
    await client.query(
      'CREATE TABLE IF NOT EXISTS identifiers.schema_files (version integer PRIMARY KEY, name text NOT NULL)',
    );
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM identifiers.schema_files',
    );
    const current = rows[0]?.version ?? 0;
    const versionOf = (name: string) => Number.parseInt(name, 10);
    const newest = versionOf(files.at(-1) ?? '0');
    if (current > newest) {
      throw new NewerSchemaError(
        `the database has schema ${current} of identifiers, this Chronos knows up to ${newest}: run the newer Chronos`,
      );
    }
    for (const name of files.filter((file) => versionOf(file) > current)) {
      await client.query(await readFile(new URL(name, folder), 'utf8'));
      await client.query('INSERT INTO identifiers.schema_files VALUES ($1, $2)', [versionOf(name), name]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
