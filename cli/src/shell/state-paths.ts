import { join, resolve } from 'node:path';

/** The root of the repository. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..');

/** State folder of `chronos run` unless --state names another. */
export const defaultStateDir = join(repositoryRoot, '.chronos/run');

/** Written while a run serves: `{ api, listen, migration, pid }`. */
export function runFile(stateDir: string): string {
  return join(stateDir, 'run.json');
}
