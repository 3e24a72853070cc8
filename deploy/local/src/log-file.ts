import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import { errnoOf } from './errors.ts';

/** Largest size of a part's log file; one older file of the same size is kept beside it as `<file>.1`. */
export const logBytesMax = 16 * 1024 * 1024;

/**
 * Keeps a log that a child process writes to by its own descriptor within bounds: copies it aside and empties it. The child opened it for
 * appending, so it goes on at the new end. Lines written between the copy and the cut are lost; a log may, evidence never stands in one.
 */
export function boundLog(path: string, bytesMax = logBytesMax): boolean {
  if (sizeOf(path) <= bytesMax) return false;
  try {
    copyFileSync(path, `${path}.1`);
  } catch (error) {
    // On a full disk the old lines go, not the service.
    if (errnoOf(error) !== 'ENOSPC') throw error;
  }
  truncateSync(path);
  return true;
}

/** The last lines of a log, for an error message. */
export function logTail(path: string, lines = 12): string {
  const size = sizeOf(path);
  if (size === 0) return '(the log is empty)';
  const buffer = Buffer.alloc(Math.min(size, 8192));
  const file = openSync(path, 'r');
  try {
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
  } finally {
    closeSync(file);
  }
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
