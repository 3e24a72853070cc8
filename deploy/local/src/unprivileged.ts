import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { LocalError } from './errors.ts';

/** How to run a command that refuses to run as root: a user to switch to, and a command line, possibly wrapped. */
export interface Unprivileged {
  uid?: number;
  gid?: number;
  wrap(command: string, args: readonly string[]): { command: string; args: string[] };
}

/** The user `nobody` on Linux; it needs no entry in /etc/passwd. */
export const nobody = 65534;

const plain = (command: string, args: readonly string[]) => ({ command, args: [...args] });

/**
 * For an ordinary user, the command as it is. For root: as `nobody`, if that user can reach all `paths`; else (a checkout below /root, say)
 * through `setpriv`, as `nobody` with the one capability of passing closed folders.
 */
export async function unprivileged(paths: readonly string[]): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return { wrap: plain };
  const closed = await firstClosedFolder(paths);
  if (closed === undefined) return { uid: nobody, gid: nobody, wrap: plain };
  const setpriv = await findOnPath('setpriv');
  if (setpriv === undefined) {
    throw new LocalError(
      `Postgres does not run as root, and the user nobody cannot enter ${closed}`,
      `run as an ordinary user, or allow passing through the folder: chmod o+x ${closed}`,
    );
  }
  const capability = '+dac_override';
  const switches = [
    `--reuid=${nobody}`,
    `--regid=${nobody}`,
    '--clear-groups',
    `--inh-caps=${capability}`,
    `--ambient-caps=${capability}`,
  ];
  return { wrap: (command, args) => ({ command: setpriv, args: [...switches, command, ...args] }) };
}

/** The first folder on the way to one of the paths that others may not pass. The paths themselves need not exist yet. */
async function firstClosedFolder(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    for (let folder = dirname(resolve(path)); folder !== dirname(folder); folder = dirname(folder)) {
      const { mode } = await stat(folder);
      if ((mode & constants.S_IXOTH) === 0) return folder;
    }
  }
  return undefined;
}

/** The full path of a command on PATH, or undefined. */
export async function findOnPath(command: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, command);
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && found) return candidate;
  }
  return undefined;
}
