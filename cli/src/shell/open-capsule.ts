import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fromJsonString } from '@bufbuild/protobuf';
import { databaseFolder } from '@chronos/control-plane/shell/capsule/manifest.ts';
import type { LegacyCode } from '@chronos/control-plane/shell/engine/legacy-code.ts';
import { restoreDatabase } from '@chronos/entanglement/shell/archive/restore.ts';
import { isSqliteDump, restoreSqlite } from '@chronos/entanglement/shell/archive/sqlite-archive.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { startPostgres } from '@chronos/local/postgres.ts';
import { startPart } from '@chronos/local/start-part.ts';
import { ensureToolchain } from '@chronos/local/toolchain.ts';
import { type Build, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { substitute } from '../core/run/substitute.ts';
import { pathWithOwnNode } from '../run/build-runtime.ts';
import { digestBuild } from '../run/code-digest.ts';
import { loopback } from '../run/part-names.ts';
import { accepts } from '../run/parts.ts';

export interface OpenedCapsule {
  /** URL of the restored database. */
  readonly database: string;
  /** Where legacy answers; undefined when only its database could be brought back. */
  readonly legacy: string | undefined;
  readonly notes: readonly string[];
  /** Ends everything; a temporary folder goes with it. */
  close(): Promise<void>;
}

/**
 * Brings a sealed legacy back, beside everything that runs.
 *
 * @throws CliError when the capsule has no database, the folder is taken, or the code is another than was sealed.
 */
export async function openCapsule(
  capsule: string,
  options: { readonly into: string | undefined; readonly changedCode: boolean },
): Promise<OpenedCapsule> {
  if (!existsSync(join(capsule, databaseFolder)))
    throw new CliError(
      exitCodes.failed,
      `${capsule} holds no database of legacy: chronos capsule verify says why`,
    );
  const code: LegacyCode = JSON.parse(await readFile(join(capsule, 'code.json'), 'utf8'));
  const build = await startable(capsule, code, options.changedCode);
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const into = options.into === undefined ? await temporaryFolder() : await emptyFolder(options.into);
    if (options.into === undefined) closing.push(() => rm(into, { recursive: true, force: true }));
    const { url, tables } = await restore(join(capsule, databaseFolder), into, closing);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const notes = [`${rows} rows of ${tables.length} tables restored`, ...build.notes];
    if (build.build === undefined) return { database: url, legacy: undefined, notes, close };
    const started = await startBuild(build, url, join(into, 'legacy.log'));
    closing.push(started.stop);
    return { database: url, legacy: started.url, notes, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The database as legacy knew it: a Postgres of its own, or a file. */
async function restore(
  folder: string,
  into: string,
  closing: (() => Promise<void>)[],
): Promise<{ readonly url: string; readonly tables: readonly { readonly rows: number }[] }> {
  if (isSqliteDump(folder)) {
    const { path, tables } = await restoreSqlite(folder, into);
    return { url: `sqlite:${path}`, tables };
  }
  const postgres = await startPostgres({
    toolchain: await ensureToolchain(),
    dir: join(into, 'postgres'),
    database: 'legacy',
    role: 'legacy',
    password: randomBytes(12).toString('hex'),
    superPassword: randomBytes(12).toString('hex'),
  });
  closing.push(postgres.stop);
  const { tables } = await restoreDatabase(folder, postgres.url);
  return { url: postgres.url, tables };
}

type Startable =
  | {
      readonly build: Build;
      readonly folder: string;
      readonly secrets: Readonly<Record<string, string>>;
      readonly notes: readonly string[];
    }
  | { readonly build: undefined; readonly notes: readonly string[] };

/** Legacy's build, if its code is here and is what was sealed. */
async function startable(capsule: string, code: LegacyCode, changedCode: boolean): Promise<Startable> {
  if (!code.covered) return { build: undefined, notes: [`legacy was not started: ${code.reason}`] };
  const spec = fromJsonString(MigrationSchema, await readFile(join(capsule, 'migration.json'), 'utf8'));
  const build = spec.legacy?.builds.find(({ name }) => name === code.build);
  if (build === undefined)
    return { build: undefined, notes: [`migration.json declares no build ${code.build}`] };
  // Secrets are never in a capsule. Legacy stands alone now: those that the environment does not give are made anew.
  const secrets = Object.fromEntries(
    spec.sharedSecrets.map((name) => [name, process.env[name] ?? randomBytes(32).toString('hex')]),
  );
  const now = await digestBuild(build.command, code.folder);
  const { folder } = code;
  if (now.digest === code.digest)
    return { build, folder, secrets, notes: [`its code is what was sealed (${code.digest})`] };
  const names = new Set([...Object.keys(code.files), ...Object.keys(now.files)]);
  const changed = [...names].filter((name) => code.files[name] !== now.files[name]).sort();
  if (now.programSha256 !== code.programSha256) changed.unshift(code.program);
  const what = `the code of ${code.build} is not what was sealed: ${changed.slice(0, 10).join(', ')}${changed.length > 10 ? ', …' : ''}`;
  if (!changedCode)
    throw new CliError(exitCodes.failed, `${what} → bring it back, or start it so with --changed-code`);
  return { build, folder, secrets, notes: [what] };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chronos-capsule-'));
  // Postgres, which does not run as root, must be able to pass.
  await chmod(folder, 0o755);
  return folder;
}

async function emptyFolder(path: string): Promise<string> {
  const folder = resolve(path);
  const has = existsSync(folder) ? await readdir(folder) : [];
  if (has.length > 0)
    throw new CliError(exitCodes.usage, `${folder} is not empty: --into takes a new or an empty folder`);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function startBuild(
  { build, folder, secrets }: Extract<Startable, { build: Build }>,
  databaseUrl: string,
  log: string,
) {
  const port = await freePort();
  const values = { PORT: String(port) };
  const [command = '', ...args] = build.command.map((word) => substitute(word, values));
  const { stop } = await startPart(
    {
      name: 'legacy',
      command,
      args,
      cwd: folder,
      env: { PATH: pathWithOwnNode(), ...secrets, ...build.env, DATABASE_URL: databaseUrl, ...values },
      ports: [port],
      ready: () => accepts('127.0.0.1', port),
      restart: false,
    },
    log,
  );
  return { url: `http://${loopback(port)}`, stop };
}
