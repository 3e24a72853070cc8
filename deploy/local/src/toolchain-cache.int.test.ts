import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkDiskSpace } from './disk-space.ts';
import { temporaryDir } from './testing.ts';
import { ensureCached, type Progress } from './toolchain-cache.ts';

let dir: Awaited<ReturnType<typeof temporaryDir>>;

beforeEach(async () => {
  dir = await temporaryDir('cache');
});

afterEach(() => dir.dispose());

function entry(build: (folder: string) => Promise<void>, seen: Progress[] = []) {
  const onProgress = (progress: Progress) => seen.push(progress);
  return { cacheDir: dir.path, part: 'envoy' as const, folder: 'envoy-1', neededMb: 1, onProgress, build };
}

test('one of many that ask at once builds; all get the whole folder', async () => {
  let builds = 0;
  const build = async (folder: string) => {
    builds += 1;
    await writeFile(join(folder, 'binary'), 'content');
  };
  const folders = await Promise.all(Array.from({ length: 5 }, () => ensureCached(entry(build))));
  expect(new Set(folders)).toEqual(new Set([join(dir.path, 'envoy-1')]));
  expect(builds).toBe(1);
  expect(readdirSync(dir.path)).toEqual(['envoy-1']);
});

test('a build that fails leaves nothing behind, and the next one starts anew', async () => {
  const failing = entry(async (folder) => {
    await writeFile(join(folder, 'half'), '');
    throw new Error('connection lost');
  });
  await expect(ensureCached(failing)).rejects.toThrow('connection lost');
  expect(readdirSync(dir.path)).toEqual([]);
  const folder = await ensureCached(entry((path) => writeFile(join(path, 'binary'), '')));
  expect(existsSync(join(folder, 'binary'))).toBe(true);
  expect(existsSync(join(folder, 'half'))).toBe(false);
});

test('says what it does: downloading and ready the first time, cached after', async () => {
  const seen: Progress[] = [];
  for (let run = 0; run < 2; run += 1) await ensureCached(entry(async () => undefined, seen));
  expect(seen.map(({ state }) => state)).toEqual(['downloading', 'ready', 'cached']);
});

test('a disk too full for the download is reported before it begins', async () => {
  await expect(checkDiskSpace(dir.path, 1e12, 'envoy')).rejects.toThrow(
    /envoy needs about 1000000000000 MB, but only \d+ MB are free on the disk of .*\n {2}→ free some space/,
  );
});
