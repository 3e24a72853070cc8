import { statfs } from 'node:fs/promises';
import { LocalError } from './errors.ts';

/** Fails early and in words when the file system below `dir` (which must exist) has less than `neededMb` MB for what is about to be written. */
export async function checkDiskSpace(dir: string, neededMb: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const freeMb = Math.floor((bavail * bsize) / 1e6);
  if (freeMb >= neededMb) return;
  throw new LocalError(
    `${what} needs about ${neededMb} MB, but only ${freeMb} MB are free on the disk of ${dir}`,
    'free some space there, or choose a folder on another disk',
  );
}
