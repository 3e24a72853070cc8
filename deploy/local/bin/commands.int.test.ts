import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';

const bin = import.meta.dirname;

async function run(file: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(bin, file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code };
}

test('a machine without Python is told what to install', async () => {
  const path = mkdtempSync(join(tmpdir(), 'chronos-path-'));
  try {
    symlinkSync(process.execPath, join(path, 'node'));
    const { stderr, code } = await run('start.mjs', [], { PATH: path });
    expect(code).toBe(1);
    expect(stderr).toContain('Python ≥ 3.10 with pip is needed');
    expect(stderr).toContain('→ install Python 3.10 or newer');
  } finally {
    rmSync(path, { recursive: true });
  }
});

test('a command passes signals on and ends with the exit code of what it ran', async () => {
  const inner =
    'process.on("SIGTERM", () => process.exit(42)); console.log("READY"); setInterval(() => {}, 1e6)';
  const outer = `import { inherit } from ${JSON.stringify(join(bin, 'step.mjs'))};
    process.exitCode = await inherit(process.execPath, ['-e', ${JSON.stringify(inner)}]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', outer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([42, null]);
});

test('under npm, a command whose parent is gone ends what it ran', async () => {
  const inner =
    'process.on("SIGTERM", () => { console.log("ENDED"); process.exit() }); console.log("READY"); setInterval(() => {}, 1e6)';
  const outer = `import { inherit } from ${JSON.stringify(join(bin, 'step.mjs'))};
    await inherit(process.execPath, ['-e', ${JSON.stringify(inner)}]);`;
  // As npm does it: a shell in between, which a signal ends without a word to the command.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; true', process.execPath, outer], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  const output = text(shell.stdout.on('data', (chunk) => String(chunk).includes('READY') && shell.kill()));
  expect(await once(shell, 'exit')).toEqual([null, 'SIGTERM']);
  // The pipe closes when the last process that holds it has ended.
  expect(await output).toBe('READY\nENDED\n');
});

test('npm test counts nothing as a failure, and its last line is the count', async () => {
  const { stdout, stderr, code } = await run('test.mjs', ['--', 'no-such-test-anywhere']);
  expect({ lastLine: stdout.trimEnd().split('\n').at(-1), code, stderr }).toMatchObject({
    lastLine: '0 passed, 0 failed',
    code: 1,
    stderr: expect.stringContaining('No tests found'),
  });
}, 60_000);
