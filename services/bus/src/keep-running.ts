import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, ConsumerRunConfig } from 'kafkajs';

const firstPauseMs = 200;
const longestPauseMs = 5_000;

/**
 * Connects, subscribes and runs the consumer, and begins again whenever the client has given up for ever: it does so on all that it calls not
 * retriable, a coordinator that a busy broker did not name in time among it, and says it in one line of its log only. Resolves once it runs for
 * the first time.
 *
 * @throws the client's error when the first start fails
 */
export async function keepRunning(
  consumer: Consumer,
  subscription: { readonly topic: string; readonly fromBeginning: boolean },
  config: ConsumerRunConfig,
): Promise<{ close(): Promise<void> }> {
  const closing = new AbortController();
  const start = async () => {
    await consumer.connect();
    await consumer.subscribe(subscription);
    await consumer.run(config);
  };
  let gaveUp = false;
  let again: Promise<void> | undefined;
  const beginAgain = async () => {
    for (let pauseMs = firstPauseMs; gaveUp; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      gaveUp = false;
      await delay(pauseMs, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) break;
      await start().catch(() => {
        gaveUp = true; // told in the client's log; a broker that is away is asked again
      });
    }
    again = undefined;
  };
  consumer.on('consumer.crash', ({ payload }) => {
    if (payload.restart) return; // the client does it by itself
    gaveUp = true;
    again ??= beginAgain();
  });
  await start();
  return {
    async close() {
      closing.abort();
      await again;
      await consumer.disconnect();
    },
  };
}
