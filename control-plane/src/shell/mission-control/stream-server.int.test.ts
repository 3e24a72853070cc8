import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromBinary } from '@bufbuild/protobuf';
import { WatchOverviewResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { ConnectError } from '@connectrpc/connect';
import { afterEach, expect, test } from '@jest/globals';
import { Feed, type Source } from './feed.ts';
import { envelope } from './frame.ts';
import { serveStream } from './stream-server.ts';
import type { TopicTable } from './topics.ts';

const path = '/chronos.v1.MissionControlService/WatchOverview';
/** Much more than a connection buffers. */
const messageBytes = 4 * 1024 * 1024;
const versions = 20;

let onTestEnd = () => {};
afterEach(() => onTestEnd());

test('a watcher that does not read costs a message or two, and gets the newest when it does', async () => {
  let made = 0;
  let change = () => {};
  const source: Source<typeof WatchOverviewResponseSchema> & { version: number } = {
    schema: WatchOverviewResponseSchema,
    version: 0,
    start(changed) {
      change = () => {
        source.version += 1;
        changed();
      };
      return () => {};
    },
    message(cursor) {
      // On a slow machine a heartbeat may come between, which tells no news.
      if (!('version' in cursor) || cursor.version !== source.version) made += 1;
      return { migrations: [{ name: String(source.version), waitsFor: 'x'.repeat(messageBytes) }] };
    },
  };
  const feed = new Feed(source, 1, () => {});
  const topics: TopicTable = {
    subscription: () => ({ key: 'k', field: 1, source: () => source, sinceMs: undefined }),
    feed: () => feed,
  };
  const draining = new AbortController();
  const joined = Promise.withResolvers<void>();
  const server = createServer((asked, response) => {
    const shown = (_: string, error: unknown) => ConnectError.from(error);
    serveStream({ topics, admit: () => joined.resolve(), shown, draining: draining.signal }, asked, response);
  });
  onTestEnd = () => {
    server.closeAllConnections();
    server.close();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'application/connect+proto' };
  const asked = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false });
  asked.end(envelope(0, new Uint8Array()));
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (response === undefined) throw new Error('no answer');
  await joined.promise;

  for (let version = 1; version <= versions; version += 1) {
    change();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(made).toBeLessThan(versions / 2);

  const seen: string[] = [];
  for await (const name of namesIn(response)) {
    seen.push(name);
    if (name === String(versions)) break;
  }
  expect(seen.at(-1)).toBe(String(versions));
  expect(seen.length).toBe(made);
});

/** The name in each message of a stream. */
async function* namesIn(response: IncomingMessage): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const part of response) {
    rest = Buffer.concat([rest, part]);
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
      const end = 5 + rest.readUInt32BE(1);
      yield fromBinary(WatchOverviewResponseSchema, rest.subarray(5, end)).migrations[0]?.name ?? '';
      rest = rest.subarray(end);
    }
  }
}
