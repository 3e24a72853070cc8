import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { Database } from './database.ts';

const silent = expect.objectContaining({
  kind: 'unavailable',
  message: "Chronos' database does not answer; try again",
});

test('a database that is gone, or hangs up, is told so, in and out of transactions', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const database = new Database(`postgres://chronos@127.0.0.1:${port}/chronos`);
  try {
    await expect(database.query('SELECT 1')).rejects.toEqual(silent);
    server.close();
    await once(server, 'close');
    await expect(database.query('SELECT 1')).rejects.toEqual(silent);
    await expect(database.transaction(async (tx) => tx.query('SELECT 1'))).rejects.toEqual(silent);
  } finally {
    await database.close();
  }
});
