import { runCommand } from './run-command.ts';
import { findOnPath } from './unprivileged.ts';

const installWithinMs = 180_000;

/**
 * The full path of a program that a Debian package brings: it is there, or is installed by apt where this process may (root, with
 * apt-get). Undefined: it cannot be had here, and what needs it is to be skipped by name. For tests; nothing is installed on a user's behalf.
 */
export async function ensureDebianPackage(program: string, packageName: string): Promise<string | undefined> {
  const there = await findOnPath(program);
  if (there !== undefined) return there;
  if (process.getuid?.() !== 0 || (await findOnPath('apt-get')) === undefined) return undefined;
  const install = () => apt('install', '--yes', '--no-install-recommends', packageName);
  try {
    // A machine image often comes without lists of packages, or with old ones.
    await install().catch(() => apt('update').then(install));
  } catch {
    return undefined;
  }
  return findOnPath(program);
}

/** Waits for another apt rather than failing beside it. */
function apt(...args: readonly string[]): Promise<string> {
  return runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '--quiet', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: installWithinMs,
  });
}
