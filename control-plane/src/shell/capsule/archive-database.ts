import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFolder, readManifest, writeManifest } from './manifest.ts';

/** The next bytes of a file of the dump; a file's parts follow each other. */
export interface DumpPart {
  readonly file: string;
  readonly data: Uint8Array;
}

/** The dump's last file; without it, the dump was cut off. */
const indexFile = 'tables.json';

/**
 * Puts legacy's database into a capsule that waits for it. Can be called again after any end: a half archive is thrown away, a whole one
 * is left alone.
 *
 * @returns whether it was this call that archived it.
 * @throws Error when the dump ends early.
 */
export async function archiveDatabase(
  capsule: string,
  dump: () => AsyncIterable<DumpPart>,
  nowMs: () => number,
): Promise<boolean> {
  const manifest = await readManifest(capsule);
  if (manifest.legacy_database.state !== 'pending') return false;
  const folder = join(capsule, databaseFolder);
  const partial = `${folder}.partial`;
  for (const path of [partial, folder]) await rm(path, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o750 });
  const sums = await writeParts(partial, dump());
  if (!sums.has(indexFile)) throw new Error('the dump ended early');
  const index: {
    readonly tables: readonly { readonly rows: number }[];
    readonly leftOut: Record<string, number>;
  } = JSON.parse(await readFile(join(partial, indexFile), 'utf8'));
  await rename(partial, folder);
  const files = [...sums].map(([file, sha256]) => [`${databaseFolder}/${file}`, { sha256 }] as const);
  await writeManifest(capsule, {
    ...manifest,
    legacy_database: {
      ...manifest.legacy_database,
      state: 'archived',
      at: new Date(nowMs()).toISOString(),
      tables: index.tables.length,
      rows: index.tables.reduce((sum, { rows }) => sum + rows, 0),
      left_out: index.leftOut,
    },
    files: { ...manifest.files, ...Object.fromEntries(files) },
  });
  return true;
}

async function writeParts(folder: string, parts: AsyncIterable<DumpPart>): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  let current: { readonly file: string; readonly handle: FileHandle; readonly hash: Hash } | undefined;
  const finish = async () => {
    if (current === undefined) return;
    sums.set(current.file, current.hash.digest('hex'));
    await current.handle.sync();
    await current.handle.close();
    current = undefined;
  };
  try {
    for await (const { file, data } of parts) {
      if (current?.file !== file) {
        await finish();
        // The names come from another process: nothing of them may lead out of the folder.
        if (!/^[a-z0-9][a-z0-9.-]*$/.test(file) || sums.has(file))
          throw new Error(`a dump with a file ${JSON.stringify(file)}`);
        current = { file, handle: await open(join(folder, file), 'wx', 0o640), hash: createHash('sha256') };
      }
      current.hash.update(data);
      await current.handle.writeFile(data);
    }
    await finish();
  } finally {
    await current?.handle.close();
  }
  return sums;
}
