/** A SQLite legacy in the Time Capsule: a copy of its file, whole and of one moment, without Chronos' own change log. */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { dumpFiles } from '../../core/archive/dump-format.ts';
import { literal, quoted } from '../../core/change/sqlite/log-schema.ts';
import { openSqlite } from '../cdc/sqlite/database.ts';
import { removeLog } from '../cdc/sqlite/install.ts';
import type { DumpPart } from './dump.ts';

const copyName = 'legacy.db';
const partBytes = 64 * 1024;

interface SqliteIndex {
  readonly format: 1;
  readonly sqliteVersion: string;
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  /** What the copy does not hold, by kind: nothing. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/**
 * The file as of one moment (VACUUM INTO), in parts, and what is in it. The database goes on being used.
 *
 * @throws Error when the file cannot be read, or is damaged
 */
export async function* dumpSqlite(path: string): AsyncGenerator<DumpPart> {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-archive-'));
  try {
    const copy = join(folder, copyName);
    const source = openSqlite(path);
    try {
      source.exec(`VACUUM INTO ${literal(copy)}`);
    } finally {
      source.close();
    }
    const index = withoutLog(copy);
    yield* partsOf(copy);
    // Last: a dump without it is not whole.
    yield { file: dumpFiles.index, data: Buffer.from(`${JSON.stringify(index, undefined, 2)}\n`) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether the folder of a dump holds a SQLite file. */
export function isSqliteDump(folder: string): boolean {
  return existsSync(join(folder, copyName));
}

/**
 * Brings the file back into an empty folder.
 *
 * @returns its path, and what is in it
 * @throws Error when it holds other rows than were archived
 */
export async function restoreSqlite(
  folder: string,
  into: string,
): Promise<{ readonly path: string; readonly tables: SqliteIndex['tables'] }> {
  const index: SqliteIndex = JSON.parse(await readFile(join(folder, dumpFiles.index), 'utf8'));
  const path = join(into, copyName);
  await copyFile(join(folder, copyName), path);
  const database = openSqlite(path);
  try {
    const tables = countTables(database);
    if (JSON.stringify(tables) !== JSON.stringify(index.tables))
      throw new Error(
        `${copyName} holds ${JSON.stringify(tables)}, archived were ${JSON.stringify(index.tables)}`,
      );
    return { path, tables };
  } finally {
    database.close();
  }
}

function withoutLog(path: string): SqliteIndex {
  const database = openSqlite(path);
  try {
    removeLog(database);
    const [damage] = database.prepare('PRAGMA integrity_check(1)').all();
    if (damage?.integrity_check !== 'ok') throw new Error(`the copy is damaged: ${damage?.integrity_check}`);
    const version = database.prepare('SELECT sqlite_version() AS version').get()?.version;
    return { format: 1, sqliteVersion: String(version), tables: countTables(database), leftOut: {} };
  } finally {
    database.close();
  }
}

function countTables(database: DatabaseSync): SqliteIndex['tables'] {
  return database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .all()
    .map(({ name }) => {
      const counted = database.prepare(`SELECT count(*) AS rows FROM ${quoted(String(name))}`).get();
      return { table: String(name), rows: Number(counted?.rows ?? 0) };
    });
}

async function* partsOf(path: string): AsyncGenerator<DumpPart> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(partBytes), 0, partBytes);
      if (bytesRead === 0) return;
      yield { file: copyName, data: buffer.subarray(0, bytesRead) };
    }
  } finally {
    await file.close();
  }
}
