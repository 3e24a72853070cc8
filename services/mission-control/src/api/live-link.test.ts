import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type MigrationSummary,
  type Topic,
  TopicSchema,
  type WatchResponse,
  WatchResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, test } from '@jest/globals';
import { wakefulClock } from './freshness.ts';
import { LiveLink, lostAfterMs, staleAfterMs, type TopicSpec } from './live-link.ts';
import { overviewTopic, proxiesTopic } from './topics.ts';

/** A server under the test's hand, and a clock that only the test moves. */
class FakeWorld {
  now = 0;
  readonly opened: {
    topics: Topic[];
    signal: AbortSignal;
    send(message: unknown): void;
    end(error?: unknown): void;
  }[] = [];
  #timers: { at: number; call: () => void }[] = [];

  readonly world = {
    open: (topics: Topic[], signal: AbortSignal): AsyncIterable<WatchResponse> => {
      const waiting: (() => Promise<IteratorResult<WatchResponse>>)[] = [];
      let wake = Promise.withResolvers<void>();
      const push = (step: () => Promise<IteratorResult<WatchResponse>>) => {
        waiting.push(step);
        wake.resolve();
      };
      this.opened.push({
        topics,
        signal,
        send: (message) =>
          push(async () => ({
            done: false,
            value: create(WatchResponseSchema, { message: message as never }),
          })),
        end: (error) =>
          push(async () => {
            if (error !== undefined) throw error;
            return { done: true, value: undefined };
          }),
      });
      return {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            while (waiting.length === 0) {
              await wake.promise;
              wake = Promise.withResolvers<void>();
            }
            return waiting.shift()!();
          },
        }),
      };
    },
    nowMs: () => this.now,
    after: (ms: number, call: () => void) => {
      const timer = { at: this.now + ms, call };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((each) => each !== timer);
      };
    },
    random: () => 1,
  };

  get stream() {
    return this.opened.at(-1)!;
  }

  /** Lets time pass, a timer after the other, and what they set going. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      await settle();
      const next = this.#timers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > until) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.now = next.at;
      next.call();
    }
    this.now = until;
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

const overview = (name: string) => ({ case: 'overview', value: { migrations: [{ name }] } });
const names = (value: readonly MigrationSummary[] | undefined) => value?.map(({ name }) => name);

async function watching(spec: TopicSpec<unknown> = overviewTopic) {
  const fake = new FakeWorld();
  const link = new LiveLink(fake.world);
  const stop = link.subscribe(spec, () => {});
  await fake.pass(100);
  return { fake, link, stop };
}

describe('LiveLink', () => {
  test('one stream carries all topics; a topic that comes or goes opens it anew', async () => {
    const { fake, link } = await watching();
    expect(fake.stream.topics.map(({ topic }) => topic.case)).toEqual(['overview']);
    const stop = link.subscribe(proxiesTopic, () => {});
    await fake.pass(100);
    expect(fake.opened[0]!.signal.aborted).toBe(true);
    expect(fake.stream.topics.map(({ topic }) => topic.case)).toEqual(['overview', 'proxies']);
    stop();
    await fake.pass(100);
    expect(fake.stream.topics.map(({ topic }) => topic.case)).toEqual(['overview']);
  });

  test('two who look at the same topic make one', async () => {
    const { fake, link } = await watching();
    const stop = link.subscribe(overviewTopic, () => {});
    await fake.pass(100);
    stop();
    await fake.pass(100);
    expect(fake.opened).toHaveLength(1);
    expect(fake.stream.topics).toHaveLength(1);
  });

  test('who leaves a topic and comes back at once finds what was known; who comes later does not', async () => {
    const { fake, link, stop } = await watching();
    fake.stream.send(overview('bank'));
    await fake.pass(10);
    stop();
    const stopAgain = link.subscribe(overviewTopic, () => {});
    await fake.pass(100);
    expect(names(link.value(overviewTopic))).toEqual(['bank']);
    stopAgain();
    await fake.pass(100);
    expect(link.value(overviewTopic)).toBeUndefined();
    expect(link.state.kind).toBe('idle');
  });

  test('silence shows: stale, then given up and opened anew; what was known stays', async () => {
    const { fake, link } = await watching();
    fake.stream.send(overview('bank'));
    await fake.pass(10);
    expect(link.state.kind).toBe('live');
    await fake.pass(staleAfterMs + 1_000);
    expect(link.state).toEqual({ kind: 'stale', sinceMs: 100 });
    await fake.pass(lostAfterMs - staleAfterMs);
    expect(fake.opened[0]!.signal.aborted).toBe(true);
    expect(names(link.value(overviewTopic))).toEqual(['bank']);
    await fake.pass(1_000);
    fake.stream.send(overview('shop'));
    await fake.pass(10);
    expect(link.state.kind).toBe('live');
    expect(names(link.value(overviewTopic))).toEqual(['shop']);
  });

  test('a server that is gone is asked again, less and less often, for ever', async () => {
    const { fake, link } = await watching();
    for (let failure = 0; failure < 8; failure += 1) {
      fake.stream.end(new ConnectError('connection refused', Code.Unavailable));
      await fake.pass(5_000);
      expect(fake.opened).toHaveLength(failure + 2);
    }
    expect(link.state).toMatchObject({ kind: 'lost', error: 'connection refused' });
    fake.stream.end(new ConnectError('connection refused', Code.Unavailable));
    await fake.pass(4_900);
    expect(fake.opened).toHaveLength(9);
  });

  test('a stream that the server ends is a lost one', async () => {
    const { fake, link } = await watching();
    fake.stream.send(overview('bank'));
    fake.stream.end();
    await fake.pass(1);
    expect(link.state.kind).toBe('lost');
  });

  test('who is not logged in is not asked for until told to retry', async () => {
    const { fake, link } = await watching();
    fake.stream.end(new ConnectError('log in', Code.Unauthenticated));
    await fake.pass(60_000);
    expect(link.state).toMatchObject({ kind: 'refused', code: Code.Unauthenticated });
    expect(fake.opened).toHaveLength(1);
    link.retry();
    await fake.pass(10);
    expect(fake.opened).toHaveLength(2);
  });

  test('a tab that nobody sees has no stream, and opens it when it is seen', async () => {
    const { fake, link } = await watching();
    fake.stream.send(overview('bank'));
    await fake.pass(10);
    link.pause(true);
    await fake.pass(60_000);
    expect(fake.opened).toHaveLength(1);
    expect(fake.stream.signal.aborted).toBe(true);
    link.pause(false);
    await fake.pass(10);
    expect(fake.opened).toHaveLength(2);
    // Nothing has come yet: what is shown is a minute old, and the page says so.
    expect(link.state).toEqual({ kind: 'connecting', sinceMs: 100 });
    await fake.pass(staleAfterMs + 1_000);
    expect(link.state).toEqual({ kind: 'connecting', sinceMs: 100 });
    fake.stream.send(overview('bank'));
    await fake.pass(10);
    expect(link.state.kind).toBe('live');
  });

  test('it gives its connection to who waits, and is live all the while if that is short', async () => {
    const { fake, link } = await watching();
    fake.stream.send(overview('bank'));
    await fake.pass(10);
    link.giveWay();
    await fake.pass(1_000);
    expect(fake.opened.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(link.state.kind).toBe('live');
    await fake.pass(staleAfterMs);
    expect(link.state.kind).toBe('stale');
    fake.stream.end(new ConnectError('connection refused', Code.Unavailable));
    await fake.pass(0);
    link.giveWay();
    await fake.pass(10);
    expect(fake.opened).toHaveLength(2);
  });

  test('a list that the server cannot read any more ages although the stream lives; once it is read it is live', async () => {
    const { fake, link } = await watching();
    link.subscribe(proxiesTopic, () => {});
    await fake.pass(100);
    /** The server's clock is not this page's. */
    const at = (ms: number) => timestampFromMs(1_700_000_000_000 + ms);
    const send = async (proxiesMs: number) => {
      fake.stream.send({ case: 'overview', value: { observedAt: at(fake.now) } });
      fake.stream.send({ case: 'proxies', value: { observedAt: at(proxiesMs) } });
      await fake.pass(1_000);
    };
    await send(fake.now);
    const lastMs = fake.now;
    await send(lastMs);
    expect(link.state.kind).toBe('live');
    for (let second = 0; second < 5; second += 1) await send(lastMs);
    expect(link.state).toEqual({ kind: 'stale', what: 'proxies', sinceMs: lastMs });
    await send(fake.now);
    expect(link.state.kind).toBe('live');
  });

  test('what was old before the page was opened is as old as it is', async () => {
    const { fake, link } = await watching();
    link.subscribe(proxiesTopic, () => {});
    await fake.pass(100);
    fake.stream.send({ case: 'proxies', value: { observedAt: timestampFromMs(1_000_000) } });
    fake.stream.send({ case: 'overview', value: { observedAt: timestampFromMs(1_060_000) } });
    await fake.pass(1);
    expect(link.state).toEqual({ kind: 'stale', what: 'proxies', sinceMs: 200 - 60_000 });
    fake.stream.end();
    await fake.pass(1);
    expect(link.state).toMatchObject({ kind: 'lost', sinceMs: 200 - 60_000 });
  });

  test('a topic of which nothing comes is waited for, and that is said', async () => {
    const { fake, link } = await watching();
    link.subscribe(proxiesTopic, () => {});
    await fake.pass(100);
    for (let second = 0; second < 6; second += 1) {
      fake.stream.send(overview('bank'));
      await fake.pass(1_000);
    }
    expect(link.state).toEqual({ kind: 'stale', what: 'proxies', sinceMs: undefined });
  });

  test('nothing to watch: no stream', async () => {
    const { fake, link, stop } = await watching();
    stop();
    await fake.pass(60_000);
    expect(fake.stream.signal.aborted).toBe(true);
    expect(fake.opened).toHaveLength(1);
    expect(link.state.kind).toBe('idle');
  });
});

test('the clock counts a sleep of the machine, and goes on when its time is set back', () => {
  let [steady, wall] = [0, 1_000_000];
  const now = wakefulClock(
    () => steady,
    () => wall,
  );
  [steady, wall] = [1_000, 1_001_000];
  expect(now()).toBe(1_000);
  wall += 60_000;
  expect(now()).toBe(61_000);
  [steady, wall] = [3_000, 0];
  expect(now()).toBe(63_000);
});

test('a topic asks for what it does not know yet', () => {
  expect(overviewTopic.topic(undefined)).toEqual(
    create(TopicSchema, { topic: { case: 'overview', value: {} } }),
  );
});
