import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CapsuleManifest } from '../../core/capsule/capsule.ts';

export const manifestFile = 'manifest.json';
/** Folder of the database's dump in the capsule. */
export const databaseFolder = 'legacy-database';

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** @throws what reading or JSON.parse throws, or Error for a format of another version. */
export async function readManifest(capsule: string): Promise<CapsuleManifest> {
  const manifest: CapsuleManifest = JSON.parse(await readFile(join(capsule, manifestFile), 'utf8'));
  if (manifest.format !== 1)
    throw new Error(`format ${String(manifest.format)}; this version reads format 1`);
  return manifest;
}

/** Replaces it whole: a reader sees the old one or the new one. */
export async function writeManifest(capsule: string, manifest: CapsuleManifest): Promise<void> {
  const draft = join(capsule, `${manifestFile}.partial`);
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await rename(draft, join(capsule, manifestFile));
}
