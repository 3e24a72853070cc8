/** A small shop that makes ids and session tokens of its own, as two implementations of one service do. */
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Shop {
  readonly port: number;
  /** What it answered: `GET /orders/:id 200`, and to copies `copy GET /orders/:id 200`. */
  readonly answers: string[];
  /** Its sessions and orders as it knows them. */
  readonly sessions: ReadonlySet<string>;
  readonly orders: ReadonlyMap<string, number>;
  /** Baskets by their numbers, from 1 in legacy and from 2 in modern: what is in them. */
  readonly baskets: ReadonlyMap<number, string>;
  /** The next order gets this id. */
  nextId: string | undefined;
  /** Nothing is made before it resolves. */
  held: Promise<void> | undefined;
  close(): Promise<void>;
}

export interface ShopOptions {
  /** Legacy counts its orders (`O-1`), modern draws UUIDs. */
  readonly kind: 'legacy' | 'modern';
  /** How long it takes to make something. */
  readonly delayMs?: number;
}

export async function startShop({ kind, delayMs = 0 }: ShopOptions): Promise<Shop> {
  const sessions = new Set<string>();
  const orders = new Map<string, number>();
  const baskets = new Map<number, string>();
  const answers: string[] = [];
  const made = { nextId: undefined as string | undefined, held: undefined as Promise<void> | undefined };
  let counter = 0;
  const newId = () => {
    counter += 1;
    const id = made.nextId ?? (kind === 'legacy' ? `O-${counter}` : randomUUID());
    made.nextId = undefined;
    return id;
  };

  const server = createServer(async (request, response) => {
    const [, what = '', id = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const body = await bodyOf(request);
    const copy = request.headers['x-chronos-copy'] === '1' ? 'copy ' : '';
    const answer = (status: number, content: unknown, headers: Record<string, string> = {}) => {
      answers.push(`${copy}${request.method} /${what}${id === '' ? '' : '/:id'} ${status}`);
      reply(response, status, content, headers);
    };
    if (request.method === 'POST') await (made.held ?? delay(delayMs));
    if (what === 'login') {
      const token = randomBytes(16).toString('hex');
      sessions.add(token);
      return answer(200, { welcome: true }, { 'set-cookie': `sid=${token}; Path=/; HttpOnly` });
    }
    const token = /(?:^|; )sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    if (!sessions.has(token)) return answer(401, { error: 'who are you' });
    if (request.method === 'POST' && what === 'orders' && id === '') {
      const order = newId();
      orders.set(order, 0);
      return answer(201, { id: order, lines: 0 }, { location: `/orders/${order}` });
    }
    if (what === 'baskets') {
      const number = id === '' ? baskets.size + (kind === 'legacy' ? 1 : 2) : Number(id);
      if (request.method === 'POST') baskets.set(number, (JSON.parse(body) as { holds: string }).holds);
      const holds = baskets.get(number);
      return answer(holds === undefined ? 404 : 200, { number, holds });
    }
    const order = request.method === 'POST' ? String((JSON.parse(body) as { order: unknown }).order) : id;
    const lines = orders.get(order);
    if (lines === undefined) return answer(404, { error: 'no such order' });
    if (request.method === 'POST') orders.set(order, lines + 1);
    return answer(200, { id: order, lines: orders.get(order) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    answers,
    sessions,
    orders,
    baskets,
    get nextId() {
      return made.nextId;
    },
    set nextId(id) {
      made.nextId = id;
    },
    get held() {
      return made.held;
    },
    set held(until) {
      made.held = until;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(
  response: ServerResponse,
  status: number,
  content: unknown,
  headers: Record<string, string>,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(content));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
