import { beginning, type Feed, type Place } from './feed.ts';
import type { Frame } from './frame.ts';
import type { Subscription, TopicTable } from './topics.ts';

/** One reader of some topics: pulls a message when there is one and its connection takes it. */
export class Reader {
  readonly #places: { readonly feed: Feed; place: Place }[];
  readonly #leave: readonly (() => void)[];

  /** Calls `wake` when {@link take} may have something. */
  constructor(topics: TopicTable, subscriptions: readonly Subscription[], wake: () => void) {
    this.#places = subscriptions.map((subscription) => ({
      feed: topics.feed(subscription),
      place: beginning(subscription.sinceMs),
    }));
    this.#leave = this.#places.map(({ feed }) => feed.join(wake));
  }

  /** The next message, of the topic that was served longest ago; undefined: nothing is new. */
  take(): Frame | undefined {
    for (const [index, at] of this.#places.entries()) {
      const next = at.feed.next(at.place);
      if (next === undefined) continue;
      at.place = next.place;
      this.#places.push(...this.#places.splice(index, 1));
      return next.frame;
    }
    return undefined;
  }

  close(): void {
    for (const leave of this.#leave) leave();
  }
}

/** All messages until the signal, for streams that encode their own. */
export async function* messages(
  topics: TopicTable,
  subscriptions: readonly Subscription[],
  signal: AbortSignal,
): AsyncGenerator<Frame> {
  let wake = Promise.withResolvers<void>();
  const reader = new Reader(topics, subscriptions, () => wake.resolve());
  const ended = () => wake.resolve();
  signal.addEventListener('abort', ended);
  try {
    while (!signal.aborted) {
      const frame = reader.take();
      if (frame !== undefined) {
        yield frame;
        continue;
      }
      await wake.promise;
      wake = Promise.withResolvers();
    }
  } finally {
    signal.removeEventListener('abort', ended);
    reader.close();
  }
}
