import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDiskSpace } from './disk-space.ts';
import { errnoOf } from './errors.ts';
import { waitForLock } from './file-lock.ts';

export type ToolchainPart =
  | 'envoy'
  | 'grpcio'
  | 'java'
  | 'kafka'
  | 'kafka-archive'
  | 'postgres'
  | 'postgres-template'
  | 'zipkin';

/** One line of progress: `seconds` is the time since the part's work began. */
export interface Progress {
  part: ToolchainPart;
  state: 'cached' | 'downloading' | 'ready';
  seconds: number;
}

export type OnProgress = (progress: Progress) => void;

export interface CacheEntry {
  cacheDir: string;
  part: ToolchainPart;
  /** The folder's name below the cache: version and content hash, so that a changed pin never meets old files. */
  folder: string;
  neededMb: number;
  onProgress?: OnProgress | undefined;
  /** Fills the empty folder `dir`; it becomes visible under its name only after this succeeded. */
  build: (dir: string) => Promise<void>;
}

/** Longest a download of one part by another process is waited for. */
const lockTimeoutMs = 15 * 60_000;

/** Returns the entry's folder, building it first if it is missing: once, whole or not at all, however many processes ask. */
export async function ensureCached(entry: CacheEntry): Promise<string> {
  const { cacheDir, part, onProgress } = entry;
  const startedAt = Date.now();
  const report = (state: Progress['state']) =>
    onProgress?.({ part, state, seconds: (Date.now() - startedAt) / 1000 });
  const target = join(cacheDir, entry.folder);
  if (existsSync(target)) {
    report('cached');
    return target;
  }
  await mkdir(cacheDir, { recursive: true });
  report('downloading');
  const release = await waitForLock(`${target}.lock`, lockTimeoutMs);
  try {
    if (!existsSync(target)) await buildAndRename(entry, target);
  } finally {
    release();
  }
  report('ready');
  return target;
}

async function buildAndRename(entry: CacheEntry, target: string): Promise<void> {
  await checkDiskSpace(entry.cacheDir, entry.neededMb, entry.part);
  const draft = `${target}.part`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft);
  try {
    await entry.build(draft);
    await rename(draft, target);
  } catch (error) {
    // Pids of another container that shares this folder look dead to the lock: if it was quicker, its result is as good as ours.
    if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
