import {
  type WatchOverviewResponse,
  WatchOverviewResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Cursor, Feed, type Source } from './feed.ts';
import { Reader } from './reader.ts';
import type { TopicTable } from './topics.ts';

/** A source whose messages tell, in the place of names, what was known and what is new. */
class Numbers implements Source<typeof WatchOverviewResponseSchema> {
  readonly schema = WatchOverviewResponseSchema;
  version = 0;
  made = 0;
  running = false;
  #changed = () => {};

  start(changed: () => void): () => void {
    this.running = true;
    this.#changed = changed;
    return () => {
      this.running = false;
    };
  }

  message(cursor: Cursor) {
    this.made += 1;
    const known = 'version' in cursor ? `${cursor.version}` : 'nothing';
    return { migrations: [{ name: `${known} → ${this.version}` }] };
  }

  change(): void {
    this.version += 1;
    this.#changed();
  }
}

function scene() {
  const source = new Numbers();
  let left = 0;
  const feed = new Feed(source, 1, () => {
    left += 1;
  });
  const topics: TopicTable = {
    subscription: () => {
      throw new Error('unused');
    },
    feed: () => feed,
  };
  const reader = () => {
    let woken = 0;
    const subscription = { key: 'k', field: 1, source: () => source, sinceMs: undefined };
    const made = new Reader(topics, [subscription], () => {
      woken += 1;
    });
    return {
      take: () => made.take(),
      told: () => (made.take()?.message as WatchOverviewResponse | undefined)?.migrations[0]?.name,
      close: () => made.close(),
      woken: () => woken,
    };
  };
  return { source, reader, left: () => left };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a message is made and encoded once, whoever gets it', () => {
  const { source, reader } = scene();
  const readers = [reader(), reader(), reader()];
  source.change();
  const frames = readers.map((one) => one.take());
  expect(new Set(frames.map((frame) => frame?.bare())).size).toBe(1);
  expect(new Set(frames.map((frame) => frame?.wrapped())).size).toBe(1);
  expect(source.made).toBe(1);
});

test('a slow reader holds nobody up, and finds what it missed in one message', () => {
  const { source, reader } = scene();
  const [quick, slow] = [reader(), reader()];
  source.change();
  expect([quick.told(), slow.told()]).toEqual(['nothing → 1', 'nothing → 1']);
  for (let version = 2; version <= 9; version += 1) {
    source.change();
    expect(quick.told()).toBe(`${version - 1} → ${version}`);
  }
  expect(slow.told()).toBe('1 → 9');
  expect(slow.told()).toBeUndefined();
  expect(source.made).toBe(10);
});

test('who comes later begins at once with what there is', () => {
  const { source, reader } = scene();
  reader();
  source.change();
  expect(reader().told()).toBe('nothing → 1');
});

test('nothing is told before there is something to show', () => {
  const { reader } = scene();
  const early = reader();
  jest.advanceTimersByTime(60_000);
  expect([early.told(), early.woken()]).toEqual([undefined, 0]);
});

test('a stream without news says that it lives', () => {
  const { source, reader } = scene();
  const one = reader();
  source.change();
  one.told();
  jest.advanceTimersByTime(2_000);
  expect([one.woken(), one.told()]).toEqual([2, '1 → 1']);
});

test('a source runs while somebody watches, and again for the next', () => {
  const { source, reader, left } = scene();
  const [first, second] = [reader(), reader()];
  expect(source.running).toBe(true);
  first.close();
  expect([source.running, left()]).toEqual([true, 0]);
  second.close();
  expect([source.running, left()]).toEqual([false, 1]);
  reader();
  expect(source.running).toBe(true);
});
