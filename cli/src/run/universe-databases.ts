/** Where the universes' databases are: embedded ones, and those that the user runs. URLs go from here to the entanglement only. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { databaseKey } from '@chronos/entanglement/shell/env.ts';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { substitute } from '../core/run/substitute.ts';

export const universes = ['legacy', 'modern'] as const;
export type UniverseName = (typeof universes)[number];

/** What paths and names of a migration file stand for. */
export interface Places {
  /** Folder of the migration file. */
  readonly folder: string;
  /** What `${STATE}` stands for. */
  readonly stateDir: string;
}

/** A file in there is made by the run's own build. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: as the migration file writes it.
const stateFolder = '${STATE}/';

/** `sqlite:/path` where the universe's database is a SQLite file; undefined otherwise. */
export function sqliteUrl(
  migration: Migration,
  universe: UniverseName,
  { folder, stateDir }: Places,
): string | undefined {
  const source = migration[universe]?.database?.source;
  if (source?.case !== 'sqlite') return undefined;
  return `sqlite:${resolve(folder, substitute(source.value.file, { STATE: stateDir }))}`;
}

export interface UniverseDatabase {
  readonly url: string;
  /** Made by `chronos run`: it may prepare the tables without asking. */
  readonly owned: boolean;
}

/** The environment by which the entanglement finds the databases; undefined when the migration declares none to be compared. */
export function databaseEnv(
  migration: Migration,
  places: Places,
  embedded: Readonly<Record<UniverseName, string | undefined>>,
): Record<string, string> | undefined {
  if (migration.entanglement === undefined) return undefined;
  return Object.fromEntries(
    universes.flatMap((universe) => {
      const { url, owned } = databaseOf(migration, universe, places, embedded[universe]);
      const name = `CHRONOS_DB_${databaseKey(migration.name, universe)}`;
      return [[name, url], ...(owned ? [[`${name}_OWNED`, '1']] : [])];
    }),
  );
}

/** By what the migration file gives the URL of a universe's database, for people. */
export function urlPlace(migration: Migration, universe: UniverseName): string | undefined {
  const source = migration[universe]?.database?.source;
  if (source?.case === 'urlEnv') return `environment variable ${source.value}`;
  return source?.case === 'urlFile' ? `the file ${source.value}` : undefined;
}

/** @throws CliError naming what is missing and how to give it; never shows a URL, which may hold a password. */
export function databaseOf(
  migration: Migration,
  universe: UniverseName,
  places: Places,
  embedded: string | undefined,
): UniverseDatabase {
  const source = migration[universe]?.database?.source;
  switch (source?.case) {
    case 'urlEnv': {
      const url = process.env[source.value];
      if (url) return { url, owned: false };
      throw missing(
        universe,
        `environment variable ${source.value} is not set`,
        `export ${source.value}=postgres://…`,
      );
    }
    case 'urlFile': {
      const file = resolve(places.folder, source.value);
      try {
        return { url: readFileSync(file, 'utf8').trim(), owned: false };
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw missing(universe, `${file} cannot be read (${reason})`, 'write the URL into it: postgres://…');
      }
    }
    case 'sqlite':
      return {
        url: sqliteUrl(migration, universe, places) ?? '',
        owned: source.value.file.startsWith(stateFolder),
      };
    case undefined:
      if (embedded !== undefined) return { url: embedded, owned: true };
      throw missing(
        universe,
        `the migration file names no database of ${universe}`,
        `${universe}: { database: { url_env: NAME } }, or { postgres: {} } for an embedded one`,
      );
  }
}

function missing(universe: UniverseName, what: string, remedy: string): CliError {
  return new CliError(
    exitCodes.usage,
    `the entanglement needs ${universe}'s database: ${what}\n  → ${remedy}`,
  );
}
