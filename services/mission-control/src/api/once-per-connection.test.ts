import { expect, test } from '@jest/globals';
import type { LinkState } from './live-link.ts';
import { oncePerConnection } from './once-per-connection.ts';

/** A link whose state the test sets, and a server that answers each time with another number, or fails. */
function world() {
  const listeners = new Set<() => void>();
  const link = {
    state: { kind: 'live' } as LinkState,
    onState(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const become = (state: LinkState) => {
    link.state = state;
    for (const listener of listeners) listener();
  };
  const server = { calls: 0, fails: false };
  const get = oncePerConnection(link, async () => {
    server.calls += 1;
    if (server.fails) throw new Error('no answer');
    return server.calls;
  });
  return { become, server, get };
}

test('is asked once for as long as the connection lives, and anew once it was lost', async () => {
  const { become, get } = world();
  expect(await get()).toBe(1);
  become({ kind: 'stale', sinceMs: 0, what: undefined });
  become({ kind: 'live' });
  expect(await get()).toBe(1);
  become({ kind: 'lost', sinceMs: 0, error: 'gone' });
  become({ kind: 'live' });
  expect(await get()).toBe(2);
});

test('an answer that failed is not kept', async () => {
  const { server, get } = world();
  server.fails = true;
  await expect(get()).rejects.toThrow('no answer');
  server.fails = false;
  expect(await get()).toBe(2);
});
