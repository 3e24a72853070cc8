import { EventEmitter } from 'node:events';
import type { Http2Session } from 'node:http2';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { keepAlive } from './keepalive.ts';

/** A connection whose other side answers pings, or does not. */
class FakeSession extends EventEmitter {
  answers = true;
  pings = 0;
  destroyed = false;

  ping(answered: (error: Error | null) => void): boolean {
    this.pings += 1;
    if (this.answers) answered(null);
    return true;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const watched = () => {
  const session = new FakeSession();
  keepAlive(session as unknown as Http2Session);
  return session;
};

test('a connection that answers stays, and is pinged once each time however often it was asked for', () => {
  const session = watched();
  keepAlive(session as unknown as Http2Session);
  jest.advanceTimersByTime(60_000);
  expect(session).toMatchObject({ pings: 6, destroyed: false });
});

test('one that falls silent is ended within 15 s, and nothing is left behind', () => {
  const session = watched();
  jest.advanceTimersByTime(10_000);
  session.answers = false;
  jest.advanceTimersByTime(14_999);
  expect(session.destroyed).toBe(false);
  jest.advanceTimersByTime(1);
  expect(session.destroyed).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});
