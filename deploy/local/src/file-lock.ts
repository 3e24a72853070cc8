import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf, LocalError } from './errors.ts';
import { isRunning, processStartTime } from './process-identity.ts';

/** The process that holds a lock. */
export interface LockHolder {
  pid: number;
  startTime: string;
}

export type LockResult = { kind: 'taken'; release: () => void } | { kind: 'held'; holder: LockHolder };

/**
 * Tries once to take the lock file. It names its holder by pid and start time, so that a lock left by a killed process is recognised and
 * taken over at once, and a reused pid is not mistaken for the holder.
 */
export function tryLock(path: string): LockResult {
  mkdirSync(dirname(path), { recursive: true });
  const startTime = processStartTime(process.pid);
  if (startTime === undefined)
    throw new LocalError(`cannot read the start time of process ${process.pid}`, '');
  const own = JSON.stringify({ pid: process.pid, startTime });
  const draft = `${path}.${process.pid}`;
  // A link is created with its content or not at all: no one ever reads a lock that is half written.
  writeFileSync(draft, own);
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        return { kind: 'taken', release: () => releaseIfOwn(path, own) };
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST') throw error;
      }
      const found = readLock(path);
      const holder = found === undefined ? undefined : parseHolder(found);
      if (holder !== undefined && isRunning(holder)) return { kind: 'held', holder };
      if (found !== undefined) removeStale(path, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Waits until the lock is free, polling, at most `timeoutMs`; returns what releases it. */
export async function waitForLock(path: string, timeoutMs: number): Promise<() => void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = tryLock(path);
    if (result.kind === 'taken') return result.release;
    if (Date.now() > deadline) {
      throw new LocalError(
        `process ${result.holder.pid} has held ${path} for more than ${Math.round(timeoutMs / 1000)} s`,
        `wait until it is done, or end it: kill ${result.holder.pid}`,
      );
    }
    await delay(100);
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startTime' in value))
      return undefined;
    const { pid, startTime } = value;
    return typeof pid === 'number' && typeof startTime === 'string' ? { pid, startTime } : undefined;
  } catch {
    return undefined;
  }
}

/** Moves the stale file away first and looks at what was moved: another process may have replaced it by its own, valid one meanwhile. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readLock(aside) !== stale) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function releaseIfOwn(path: string, own: string): void {
  if (readLock(path) === own) rmSync(path, { force: true });
}
