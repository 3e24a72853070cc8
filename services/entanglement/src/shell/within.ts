import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `work` to end, however it does, but no longer than so many milliseconds. False: it goes on by itself. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([ended, delay(ms, false, { signal: late.signal })]);
  } finally {
    late.abort();
  }
}
