import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is not undefined or false; rejects with `what` (and the last look) after the deadline. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  options: { withinMs: number; look?: () => unknown },
): Promise<T> {
  const deadline = performance.now() + options.withinMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > deadline) {
      const look = options.look ? `\n${String(await options.look())}` : '';
      throw new Error(`not within ${options.withinMs} ms: ${what}${look}`, { cause: lastError });
    }
    await delay(100);
  }
}
