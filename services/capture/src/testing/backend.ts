import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Backend {
  readonly port: number;
  stop(): void;
}

/** A small service: says who it is and how many bytes it got; some paths misbehave. */
export async function startBackend(name: string): Promise<Backend> {
  const server = createServer(async (request, response) => {
    let received = 0;
    for await (const chunk of request) received += chunk.length;
    answer(name, request, response, received);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(name: string, request: IncomingMessage, response: ServerResponse, received: number): void {
  switch (new URL(request.url ?? '/', 'http://backend').pathname) {
    case '/reset-modern':
      if (name === 'modern') request.socket.destroy();
      else response.end(name);
      return;
    case '/hang':
      return;
    case '/half':
      response.writeHead(200, { 'content-length': '100' });
      response.write('abc', () => request.socket.destroy());
      return;
    case '/trailers':
      response.writeHead(200, { trailer: 'grpc-status', 'content-type': 'application/grpc' });
      response.write('message');
      response.addTrailers({ 'grpc-status': '0' });
      response.end();
      return;
    case '/secrets/DE89370400440532013000':
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'sid=sid-value; Path=/' });
      response.end('{"account":"A-7734","amount":1.5,"note":"DE89 3704 0044 0532 0130 00"}');
      return;
    case '/chunked':
      response.write('one,');
      response.write('two,');
      response.end('three');
      return;
    default:
      response.end(`${name} ${received}`);
  }
}
