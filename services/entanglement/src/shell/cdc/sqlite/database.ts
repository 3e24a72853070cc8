import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Writers of ours wait this long for the application's, on this process' only thread; what could not be written then is tried again. */
const busyMs = 100;

/** Path of a database named by `sqlite:/path`; undefined for any other URL. */
export function sqlitePath(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}

/**
 * A connection to a file that is there; never makes one. Nothing else in this process may open the file: closing any other descriptor of it would drop
 * SQLite's locks (POSIX advisory locks belong to the process).
 *
 * @throws Error when there is no such file, or it is none of SQLite's
 */
export function openSqlite(path: string): DatabaseSync {
  if (!existsSync(path)) throw new Error(`there is no file ${path}`);
  return new DatabaseSync(path, { timeout: busyMs });
}

/** `work` in a transaction that may write from its beginning. */
export function writing<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Somebody else writes (SQLITE_BUSY, in any of its kinds). */
export function isBusy(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === 5
  );
}
