import { createServer, type Server } from 'node:http';
import { EntanglementService } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { memoryEngine } from '../../testing/memory-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { entanglementService } from './entanglement-service.ts';
import { errorBoundary } from './interceptors.ts';

/** What the process that has the databases says of a stop. */
let stopping: () => object;
let server: Server;
beforeEach(async () => {
  stopping = () => ({});
  server = createServer(
    connectNodeAdapter({
      routes: (router) =>
        router.service(EntanglementService, {
          getEntanglement: () => ({ runningVerification: { id: 'v-1', rowsRead: 700n } }),
          startVerification: ({ repair }) => ({ id: 'v-1', repair }),
          startCopy: () => ({ id: 'c-1' }),
          stopJob: () => stopping(),
        }),
    }),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => server.close(closed)));

/** The API in front of it, and the journal as it is written: action, actor, reason and evidence. */
function scene({ leading = true, journals = true } = {}) {
  const { engine, log } = memoryEngine(leading);
  const journal: unknown[][] = [];
  const tx = {
    query: async (sql: string, values: unknown[]) => {
      if (!journals) throw new Error('the database is away');
      if (sql.startsWith('INSERT')) journal.push([values[4], values[9], values[10], values[11]]);
      return { rows: [] };
    },
  };
  const database = { transaction: (run: (transaction: typeof tx) => unknown) => run(tx) };
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const service = entanglementService(
    { ...engine, database } as unknown as Engine,
    `127.0.0.1:${port}`,
    new AbortController().signal,
  );
  const transport = createRouterTransport((router) => router.service(EntanglementService, service), {
    router: { interceptors: [errorBoundary(() => {})] },
  });
  return { client: createClient(EntanglementService, transport), journal, log };
}

test('who begins a verification or a copy, and who ends one, stands in the journal', async () => {
  const { client, journal } = scene();
  await client.startVerification({ migration: 'a', repair: true, actor: 'ada' });
  await client.startCopy({ migration: 'a', intoFilled: true, actor: 'ada' });
  await client.stopJob({ migration: 'a', id: 'v-1', actor: 'grace' });
  expect(journal).toEqual([
    ['verify', 'ada', 'both databases are compared row by row, and what differs is repaired', '{"id":"v-1"}'],
    [
      'copy',
      'ada',
      "legacy's rows are copied into modern's database, over the rows that modern's has",
      '{"id":"c-1"}',
    ],
    ['stop', 'grace', 'the verification, after 700 rows were read', '{"id":"v-1"}'],
  ]);
});

test('a stop of what does not run is refused, and no decision', async () => {
  stopping = () => {
    throw new ConnectError('no verification or copy v-9 of a runs', Code.NotFound);
  };
  const { client, journal } = scene();
  await expect(client.stopJob({ migration: 'a', id: 'v-9' })).rejects.toThrow('v-9');
  expect(journal).toEqual([]);
});

test('one that ends only when its chunk is done was asked to, and that is journalled', async () => {
  stopping = () => {
    throw new ConnectError('not yet', Code.DeadlineExceeded);
  };
  const { client, journal } = scene();
  await expect(client.stopJob({ migration: 'a', id: 'v-1', actor: 'ada' })).rejects.toThrow('not yet');
  expect(journal.map(([action, actor]) => [action, actor])).toEqual([['stop', 'ada']]);
});

test('a journal that cannot be written now keeps nobody from stopping: it is logged', async () => {
  const { client, log } = scene({ journals: false });
  await client.stopJob({ migration: 'a', id: 'v-1', actor: 'ada' });
  expect(log.join()).toContain('lacks stop by ada (the verification, after 700 rows were read)');
});

test('a replica that follows writes no journal, and so begins and ends nothing', async () => {
  const { client } = scene({ leading: false });
  await expect(client.stopJob({ migration: 'a', id: 'v-1' })).rejects.toThrow('this replica follows');
});
