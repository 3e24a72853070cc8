import { readdir, readFile } from 'node:fs/promises';
import type { Database, Queryable } from './database.ts';

/** The database was made by a newer Chronos; going on could break what that one relies on. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

interface SchemaFile {
  readonly version: number;
  readonly name: string;
}

/** Where a service keeps its tables, and the numbered files that make them. */
export interface SchemaPlace {
  readonly folder: URL;
  /** Name of the Postgres schema; made when it is missing. Identifiers in the files name it themselves. */
  readonly schema: string;
  /** Any constant will do, as long as every replica takes the same. */
  readonly lock: number;
}

const controlPlane: SchemaPlace = {
  folder: new URL('./schema/', import.meta.url),
  schema: 'public',
  lock: 4_770_001,
};

/**
 * Brings the schema to this version, one transaction for all missing files. Replicas that start at once wait for each other at an advisory
 * lock.
 *
 * @throws NewerSchemaError when the database is ahead of this program.
 */
export async function migrateSchema(database: Database, place: SchemaPlace = controlPlane): Promise<void> {
  const { folder, schema, lock } = place;
  const files = await schemaFiles(folder);
  await database.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    if (schema !== 'public') await tx.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await tx.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.schema_files (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const current = await currentVersion(tx, schema);
    const newest = files.at(-1)?.version ?? 0;
    if (current > newest) {
      throw new NewerSchemaError(
        `the database has schema ${current}, this Chronos knows up to ${newest}: run the newer Chronos, or give this one another database`,
      );
    }
    for (const file of files.filter(({ version }) => version > current)) {
      await tx.query(await readFile(new URL(file.name, folder), 'utf8'));
      await tx.query(`INSERT INTO ${schema}.schema_files (version, name) VALUES ($1, $2)`, [
        file.version,
        file.name,
      ]);
    }
  });
}

async function currentVersion(tx: Queryable, schema: string): Promise<number> {
  const { rows } = await tx.query<{ version: number }>(
    `SELECT coalesce(max(version), 0) AS version FROM ${schema}.schema_files`,
  );
  return rows[0]?.version ?? 0;
}

async function schemaFiles(folder: URL): Promise<SchemaFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return names.map((name) => ({ name, version: Number.parseInt(name, 10) }));
}
