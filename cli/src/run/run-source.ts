import { type MigrationSource, readMigrationSource } from '../commands/migration-source.ts';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { nearest } from '../core/migration-file/nearest.ts';
import { onlyRoutes } from '../core/run/only.ts';
import type { Io } from '../io.ts';
import type { RunOptions } from './options.ts';

/** The migration file as this run takes it: `--listen` and `--only` applied. */
export async function readRunSource(
  options: Pick<RunOptions, 'file' | 'listen' | 'only'>,
  io: Pick<Io, 'readFile'>,
): Promise<MigrationSource> {
  const source = await readMigrationSource(io, options.file);
  const migration = { ...source.migration, listen: options.listen ?? source.migration.listen };
  if (options.only === undefined) return { ...source, migration };
  const result = onlyRoutes(migration, options.only);
  if (result.ok) return { ...source, migration: result.migration };
  const suggestion = nearest(options.only, result.known);
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
  throw new CliError(
    exitCodes.usage,
    `--only ${options.only}: no route that migrates has this name.${hint}\n  accepted: ${result.known.join(', ')}`,
  );
}
