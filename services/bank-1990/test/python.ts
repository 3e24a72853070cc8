import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe } from '@jest/globals';

const folder = join(import.meta.dirname, '..');
const hasPython =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;

/** Tests that run the bank's own code; where there is no Python for it they are skipped by this name. */
export function describeWithPython(name: string, tests: () => void): void {
  (hasPython ? describe : describe.skip)(`${name} (needs Python 3.10)`, tests);
}

/** What the lines print; the bank's modules can be imported. @throws Error with what Python says when they fail */
export function python(lines: string, { input = '', args = [] as readonly string[] } = {}): string {
  const { stdout, stderr, status } = spawnSync('python3', ['-B', '-c', lines, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
