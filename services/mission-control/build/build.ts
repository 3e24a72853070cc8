/**
 * Builds the page into `dist` (git-ignored). Written aside, then moved into place: who is served meanwhile finds the old page or the new,
 * never half of one. Beside each file that compresses stand `.br` and `.gz`, so that the server never compresses.
 */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { waitForLock } from '@chronos/local/file-lock.ts';
import { build } from 'vite';

const here = resolve(import.meta.dirname, '..');
const workDir = resolve(here, '../../.chronos');
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json']);
/** Smaller files fit one packet as they are. */
const compressFromBytes = 1_024;
const lockWithinMs = 120_000;
/** Of scripts and styles, gzipped: what a first view may cost. */
const loadedBytesMax = 350 * 1_024;

/** Returns how many bytes travel by gzip. */
async function compress(path: string): Promise<number> {
  const content = await readFile(path);
  if (content.length < compressFromBytes) return content.length;
  const gzipped = await promisify(gzip)(content, { level: 9 });
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${path}.gz`, gzipped);
  return gzipped.length;
}

const release = await waitForLock(join(workDir, 'page.lock'), lockWithinMs);
process.once('exit', release);
const aside = join(workDir, 'page-new');
const old = join(workDir, 'page-old');
await rm(aside, { recursive: true, force: true });
await build({
  root: here,
  configFile: join(here, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: aside, emptyOutDir: true },
});
let loadedBytes = 0;
for (const entry of await readdir(aside, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && compressible.has(extname(entry.name)))
    loadedBytes += await compress(join(entry.parentPath, entry.name));
}
if (loadedBytes > loadedBytesMax)
  throw new Error(`the page has ${loadedBytes} bytes gzipped, more than ${loadedBytesMax}: what came in?`);
console.log(`the page has ${Math.ceil(loadedBytes / 1_024)} KiB gzipped, without its font`);
await rm(old, { recursive: true, force: true });
await rename(join(here, 'dist'), old).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error;
});
await rename(aside, join(here, 'dist'));
await rm(old, { recursive: true, force: true });
