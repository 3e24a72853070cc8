import { setTimeout as delay } from 'node:timers/promises';
import { Code, ConnectError } from '@connectrpc/connect';

const leadingWithinMs = 30_000;
const askAgainMs = 250;

/**
 * A call that only a leading control plane answers. One that has just started (or was just restarted, with the lock of the one before still
 * held) leads a moment later: "unreachable" is asked again until then.
 */
export async function onceLeading<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const deadline = performance.now() + leadingWithinMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const unreachable = error instanceof ConnectError && error.code === Code.Unavailable;
      if (!unreachable || performance.now() > deadline || signal.aborted) throw error;
      await delay(askAgainMs);
    }
  }
}
