import { dirname, resolve } from 'node:path';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { migrationFileBytesMax, parseMigrationFile } from '../core/migration-file/parse.ts';
import { renderProblems } from '../core/migration-file/problem.ts';
import type { Io } from '../io.ts';

export interface MigrationSource {
  readonly file: string;
  /** Folder that relative paths and commands of the file stand in. */
  readonly folder: string;
  readonly migration: Migration;
  /** Contents of the descriptor sets that the file names, in its order. */
  readonly descriptorSets: readonly Uint8Array[];
}

/** As the API takes them. */
const descriptorSetBytesMax = 4 * 1024 * 1024;

/** Reads and checks a migration file and the files it names; throws a CliError that lists every problem. */
export async function readMigrationSource(io: Pick<Io, 'readFile'>, file: string): Promise<MigrationSource> {
  const bytes = await read(io, file, 'the migration file');
  const text = decode(file, bytes);
  const parsed = parseMigrationFile(text);
  if (!parsed.ok)
    throw new CliError(
      exitCodes.usage,
      `the migration file cannot be used\n${renderProblems(file, parsed.problems).trimEnd()}`,
    );
  const folder = dirname(resolve(file));
  const descriptorSets = await Promise.all(
    parsed.migration.descriptors.map(async (name) => {
      const content = await read(io, resolve(folder, name), `descriptors of ${file}:`);
      if (content.length <= descriptorSetBytesMax) return content;
      throw new CliError(
        exitCodes.usage,
        `${name} is ${content.length} bytes long; accepted: at most ${descriptorSetBytesMax}`,
      );
    }),
  );
  return { file, folder, migration: parsed.migration, descriptorSets };
}

async function read(io: Pick<Io, 'readFile'>, path: string, what: string): Promise<Uint8Array> {
  try {
    return await io.readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(exitCodes.usage, `${what} ${path} cannot be read: ${reason}`, { cause });
  }
}

function decode(file: string, bytes: Uint8Array): string {
  if (bytes.length > migrationFileBytesMax)
    throw new CliError(
      exitCodes.usage,
      `${file} is ${bytes.length} bytes long; accepted: at most ${migrationFileBytesMax}`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError(exitCodes.usage, `${file} is no text; accepted: YAML in UTF-8`, { cause });
  }
}
