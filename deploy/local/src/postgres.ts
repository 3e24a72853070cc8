import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { LocalError } from './errors.ts';
import { freePort } from './free-port.ts';
import type { Part } from './part.ts';
import { runCommand } from './run-command.ts';
import { type StartedPart, startPart } from './start-part.ts';
import type { Toolchain } from './toolchain.ts';
import { type Unprivileged, unprivileged } from './unprivileged.ts';

export interface PostgresOptions {
  toolchain: Pick<Toolchain, 'postgresBin' | 'postgresTemplate'>;
  /** The cluster's folder; an existing cluster in it is kept, passwords included. */
  dir: string;
  port: number;
  /** Made with the cluster: a database owned by a role that may log in, stream changes (REPLICATION) and make databases (CREATEDB) but is no superuser. */
  database: string;
  role: string;
  password: string;
  superPassword: string;
  /** Settings of postgresql.conf over the defaults below, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Readonly<Record<string, string>>;
}

export interface PostgresPart extends Part {
  port: number;
  /** Connection URL of the role. */
  url: string;
  /** Connection URL of the superuser `postgres` to the same database. */
  superUrl: string;
}

const defaultSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // No socket file: its path would have a length limit, and TCP with a password is the only way in.
  unix_socket_directories: '',
  wal_level: 'logical',
  max_replication_slots: '16',
  max_wal_senders: '16',
  max_connections: '100',
  shared_buffers: '32MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
};

/** One Postgres cluster as a part. It listens on loopback only, and every connection needs its password (SCRAM). */
export async function postgresPart(name: string, options: PostgresOptions): Promise<PostgresPart> {
  const { port, database, role, password, superPassword, toolchain } = options;
  const dir = resolve(options.dir);
  await mkdir(dirname(dir), { recursive: true });
  const asUser = await unprivileged([join(toolchain.postgresBin, 'postgres'), dir]);
  const settings = { ...defaultSettings, port: String(port), ...options.settings };
  const switches = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const { command, args } = asUser.wrap(join(toolchain.postgresBin, 'postgres'), ['-D', dir, ...switches]);
  const urlOf = (user: string, secret: string) =>
    `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`;
  const superUrl = urlOf('postgres', superPassword);
  return {
    name,
    port,
    url: urlOf(role, password),
    superUrl,
    command,
    args,
    uid: asUser.uid,
    gid: asUser.gid,
    // The folder this was started from may be closed to that user.
    cwd: dir,
    ports: [port],
    prepare: () => ensureCluster({ ...options, dir }, asUser),
    ready: () => canQuery(superUrl),
    stopSignal: 'SIGINT',
    restart: true,
  };
}

/** Starts one cluster alone, e.g. for a test. */
export async function startPostgres(
  options: Omit<PostgresOptions, 'port'> & { port?: number },
): Promise<StartedPart & Pick<PostgresPart, 'url' | 'superUrl' | 'port'>> {
  const port = options.port ?? (await freePort());
  const part = await postgresPart('postgres', { ...options, port });
  const started = await startPart(part, `${resolve(options.dir)}.log`);
  return { ...started, url: part.url, superUrl: part.superUrl, port };
}

/** Copies the template and sets the passwords in single-user mode, before the cluster ever listens. */
async function ensureCluster(options: PostgresOptions, asUser: Unprivileged): Promise<void> {
  if (existsSync(join(options.dir, 'PG_VERSION'))) return;
  const draft = `${options.dir}.new`;
  await rm(draft, { recursive: true, force: true });
  await runCommand('cp', ['-a', options.toolchain.postgresTemplate, draft]);
  const single = (database: string, statements: string[]) => {
    const { command, args } = asUser.wrap(join(options.toolchain.postgresBin, 'postgres'), [
      '--single',
      '-D',
      draft,
      database,
    ]);
    return runCommand(command, args, {
      uid: asUser.uid,
      gid: asUser.gid,
      cwd: draft,
      input: `${statements.join('\n')}\n`,
    });
  };
  await single('postgres', setUp(options));
  await rename(draft, options.dir);
}

/** One statement a line, as single-user mode reads them. */
function setUp({ database, role, password, superPassword }: PostgresOptions): string[] {
  return [
    `ALTER ROLE postgres PASSWORD ${literal(superPassword)}`,
    `CREATE ROLE ${identifier(role)} LOGIN REPLICATION CREATEDB PASSWORD ${literal(password)}`,
    `CREATE DATABASE ${identifier(database)} OWNER ${identifier(role)}`,
  ];
}

function literal(text: string): string {
  if (/[\r\n\0\\]/.test(text))
    throw new LocalError('a password must not contain line breaks or backslashes', 'choose another one');
  return pg.escapeLiteral(text);
}

function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) {
    throw new LocalError(
      `"${name}" cannot name a database or role`,
      'use lower-case letters, digits and underscores',
    );
  }
  return pg.escapeIdentifier(name);
}

async function canQuery(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A server that stops while being asked reports it here too; the query's own failure is what counts.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end();
  }
}
