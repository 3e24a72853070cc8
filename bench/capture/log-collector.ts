// Takes Envoy's gRPC access log and reads nothing of it: the least that a collector of variant C2 costs.
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

let bytes = 0;
const server = createServer();
server.on('stream', (stream) => {
  stream.on('error', () => {});
  stream.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
  });
});
process.on('SIGUSR2', () => process.stdout.write(`counted ${JSON.stringify({ bytes })}\n`));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready log-collector ${(server.address() as AddressInfo).port}\n`);
});
