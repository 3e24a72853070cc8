// A service that answers each request with BODY_BYTES, over connections that are kept: `node backend.ts BODY_BYTES`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonBody } from './json-body.ts';

const answer = jsonBody(Number(process.argv[2]));
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(answer));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready backend ${(server.address() as AddressInfo).port}\n`);
});
