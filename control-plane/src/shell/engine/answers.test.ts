import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { answers } from './answers.ts';

test('an address where nobody listens is named; one that listens is fine', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await answers(address);
  server.close();
  await once(server, 'close');
  await expect(answers(address, 200)).rejects.toThrow(`nobody answers at ${address}: connect ECONNREFUSED`);
});
