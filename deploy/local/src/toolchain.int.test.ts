import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { defaultCacheDir } from './cache-dir.ts';
import { ensurePythonPackages } from './python-packages.ts';
import { runCommand } from './run-command.ts';
import { sharedToolchain, temporaryDir } from './testing.ts';
import { ensureToolchain } from './toolchain.ts';
import type { Progress } from './toolchain-cache.ts';
import { versions } from './versions.ts';

test('what is installed runs and is what is pinned', async () => {
  const { envoy, postgresBin, java, javaVersion } = await sharedToolchain();
  expect(await runCommand(envoy, ['--version'])).toContain(`/${versions.envoy}/`);
  expect(await runCommand(join(postgresBin, 'postgres'), ['--version'])).toContain('(PostgreSQL) 18');
  expect(await runCommand(java, ['--version'])).toContain(javaVersion);
}, 120_000);

test('a second time nothing is downloaded', async () => {
  await sharedToolchain();
  const seen: Progress[] = [];
  await ensureToolchain({ onProgress: (progress) => seen.push(progress) });
  expect(seen.map(({ part }) => part).sort()).toEqual(
    ['envoy', 'java', 'kafka', 'kafka-archive', 'postgres', 'postgres-template'].sort(),
  );
  expect(seen.filter(({ state }) => state !== 'cached')).toEqual([]);
}, 120_000);

test('a jar whose content is not the pinned one is refused, and nothing of it is kept', async () => {
  const dir = await temporaryDir('jars');
  try {
    const pinned = '2f39bed943d624dfa8f4102d0571283a10870b6aa36f197a8a506f147010c10f';
    const coordinate = 'org.slf4j:slf4j-simple:1.7.36';
    const jgo = await ensurePythonPackages({
      cacheDir: defaultCacheDir,
      part: 'kafka',
      requirements: 'jgo.txt',
      folder: `jgo-${versions.jgo}`,
      neededMb: 20,
    });
    const fetch = (sha256: string) => {
      const manifest = join(dir.path, 'manifest');
      writeFileSync(manifest, `# comment\n${sha256}  ${coordinate}\n`);
      const script = join(import.meta.dirname, 'fetch_jars.py');
      return runCommand('python3', [script, manifest, dir.path], { env: { PYTHONPATH: jgo } });
    };
    await expect(fetch('0'.repeat(64))).rejects.toThrow(
      `${coordinate}: sha256 is ${pinned}, the pinned one is 000`,
    );
    expect(readdirSync(dir.path)).toEqual(['manifest']);
    await fetch(pinned);
    expect(readdirSync(dir.path).sort()).toEqual(['manifest', 'slf4j-simple-1.7.36.jar']);
  } finally {
    await dir.dispose();
  }
}, 60_000);
