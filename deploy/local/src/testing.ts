import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from './kafka.ts';
import { type PostgresOptions, startPostgres } from './postgres.ts';
import { ensureToolchain, type Toolchain } from './toolchain.ts';

let toolchain: Promise<Toolchain> | undefined;

/** The toolchain of the default cache, made sure of once a process. `npm test` has it ready before the first test; then this takes no time. */
export function sharedToolchain(): Promise<Toolchain> {
  toolchain ??= ensureToolchain();
  return toolchain;
}

/** A new folder below the system's for temporary files; dispose() removes it. */
export async function temporaryDir(name: string): Promise<{ path: string; dispose(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `chronos-${name}-`));
  // Postgres, which does not run as root, must be able to pass.
  await chmod(path, 0o755);
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}

export interface TestPostgres {
  /** Connection URL of a role that owns the database and may stream changes. */
  url: string;
  /** Connection URL of the superuser. */
  superUrl: string;
  port: number;
  dispose(): Promise<void>;
}

/** A new Postgres cluster with an empty database; under a second. It does not sync to disk: tests end no machines. */
export async function withPostgres(
  options: Partial<Pick<PostgresOptions, 'database' | 'role' | 'settings'>> = {},
): Promise<TestPostgres> {
  const dir = await temporaryDir('postgres');
  const { database = 'test', role = 'test', settings } = options;
  try {
    const { url, superUrl, port, stop } = await startPostgres({
      toolchain: await sharedToolchain(),
      dir: join(dir.path, 'cluster'),
      database,
      role,
      password: 'test',
      superPassword: 'super',
      settings: { fsync: 'off', synchronous_commit: 'off', ...settings },
    });
    return { url, superUrl, port, dispose: () => stop().finally(dir.dispose) };
  } catch (error) {
    await dir.dispose();
    throw error;
  }
}

export interface TestKafka {
  /** `host:port` of the broker. */
  bootstrap: string;
  dispose(): Promise<void>;
}

/** A new one-node Kafka broker without topics; about two seconds. */
export async function withKafka(): Promise<TestKafka> {
  const dir = await temporaryDir('kafka');
  try {
    const { bootstrap, stop } = await startKafka({
      toolchain: await sharedToolchain(),
      dir: join(dir.path, 'broker'),
    });
    return { bootstrap, dispose: () => stop().finally(dir.dispose) };
  } catch (error) {
    await dir.dispose();
    throw error;
  }
}
