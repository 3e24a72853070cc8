/** A universe small enough to stand in a test: it says who it is, remembers what it was asked, and misbehaves on request. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { UniverseName } from '../../src/core/ir.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bodyBytes: number;
}

export interface Universe {
  readonly port: number;
  /** Requests whose bodies have arrived, oldest first. */
  readonly seen: readonly Seen[];
  /** The first request, arrived or to come, that fits. Fails after 15 s. */
  request(fits: (seen: Seen) => boolean): Promise<Seen>;
  close(): Promise<void>;
}

const waitMsMax = 15_000;

/**
 * Obeys the header `x-legacy` or `x-modern`, whichever is its own: `503` or another status, `reset`, `hang` (takes the body, never answers),
 * `deaf` (does not even read the body), `slow` (answers after 700 ms), `trickle` (its name letter by letter, 250 ms each). Otherwise it answers 200
 * with its name. A WebSocket is greeted with its name.
 */
export async function startUniverse(name: UniverseName | 'second'): Promise<Universe> {
  const seen: Seen[] = [];
  const arrived = new EventTarget();
  const server = createServer(async (request, response) => {
    const behaviour = request.headers[`x-${name}`];
    if (behaviour === 'deaf') return;
    const bodyBytes = await bytesOf(request);
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, bodyBytes });
    arrived.dispatchEvent(new Event('request'));
    await answer(behaviour, request, response, name);
  });
  server.on('upgrade', (_request, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n${name}`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP address');
  return {
    port: address.port,
    seen,
    async request(fits) {
      const signal = AbortSignal.timeout(waitMsMax);
      for (;;) {
        const found = seen.find(fits);
        if (found !== undefined) return found;
        await once(arrived, 'request', { signal });
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bytesOf(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  try {
    for await (const chunk of request) bytes += (chunk as Buffer).length;
  } catch {
    // The proxy gave up on this request; what arrived is what counts.
  }
  return bytes;
}

async function answer(
  behaviour: string | string[] | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  name: UniverseName | 'second',
): Promise<void> {
  if (behaviour === 'hang') return;
  if (behaviour === 'reset') {
    request.socket.destroy();
    return;
  }
  if (behaviour === 'slow') await delay(700);
  response.statusCode = /^\d{3}$/.test(String(behaviour)) ? Number(behaviour) : 200;
  response.setHeader('x-universe', name);
  if (behaviour === 'trickle') {
    for (const letter of name) {
      response.write(letter);
      await delay(250);
    }
    response.end();
    return;
  }
  response.end(name);
}
