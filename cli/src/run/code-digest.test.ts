import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { digestBuild } from './code-digest.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chronos-digest-'));
  await mkdir(join(root, 'bank/src'), { recursive: true });
  await mkdir(join(root, 'bank/node_modules/x'), { recursive: true });
  await mkdir(join(root, 'files'));
  await writeFile(join(root, 'bank/package.json'), '{}');
  await writeFile(join(root, 'bank/src/main.js'), '1');
  await writeFile(join(root, 'bank/src/other.js'), '2');
  await writeFile(join(root, 'bank/node_modules/x/index.js'), '3');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const digest = () => digestBuild(['node', '../bank/src/main.js', '--flag'], join(root, 'files'));

test('the program and all files of the package are covered, what it installs is not', async () => {
  const { files, program, programSha256, notCovered } = await digest();
  expect(Object.keys(files)).toEqual(['../bank/package.json', '../bank/src/main.js', '../bank/src/other.js']);
  expect(program).toBe(process.execPath);
  expect(programSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(notCovered).toEqual([expect.stringContaining('node_modules')]);
});

test('a file that the command does not name changes the digest, too', async () => {
  const before = await digest();
  expect((await digest()).digest).toBe(before.digest);
  await writeFile(join(root, 'bank/src/other.js'), '2 ');
  expect((await digest()).digest).not.toBe(before.digest);
});

test('a script without a package, and a program that is not there, are said', async () => {
  await writeFile(join(root, 'files/run.sh'), '');
  const { files, program, notCovered } = await digestBuild(
    ['no-such-program', 'run.sh'],
    join(root, 'files'),
  );
  expect([Object.keys(files), program]).toEqual([['run.sh'], '']);
  expect(notCovered.slice(1)).toEqual([
    'the program no-such-program was not found',
    'run.sh is in no package: nothing beside it is covered',
  ]);
});

test('hidden folders are no source, and a package full of data is not read', async () => {
  await mkdir(join(root, 'bank/.cache'));
  await writeFile(join(root, 'bank/.cache/x.js'), '4');
  expect(Object.keys((await digest()).files)).not.toContain('../bank/.cache/x.js');
  const data = await open(join(root, 'bank/data.bin'), 'w');
  await data.truncate(65 * 1024 * 1024).finally(() => data.close());
  const { files, notCovered } = await digest();
  expect(Object.keys(files)).toEqual(['../bank/src/main.js']);
  expect(notCovered[1]).toMatch(/^the package of .*main.js has more than 20000 files or 64 MiB/);
});
