/** Both universes of a TCP group behind a real Envoy, with the real capture in this process. */
import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { serveCapture } from '@chronos/capture/shell/server.ts';
import { freePorts } from '@chronos/local/free-port.ts';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import type { DataPlane, TcpGroupIr } from '../../src/core/ir.ts';
import { type LineServer, startLineServer } from './line-server.ts';
import { startProxy, type TestProxy } from './proxy.ts';

export interface TcpScene {
  /** Where clients connect, on loopback. */
  readonly port: number;
  readonly legacy: LineServer;
  readonly modern: LineServer;
  readonly proxy: TestProxy;
  /** Captured so far; empty when there is no capture. */
  readonly exchanges: readonly Exchange[];
  /** Resolves once it holds; looks anew at every exchange. Fails after 15 s. */
  until(holds: () => boolean): Promise<void>;
  /** Takes the oldest exchanges away, once there are this many. */
  captured(count: number): Promise<readonly Exchange[]>;
  /** Moves the group; returns when the proxy's weights have followed. */
  move(group: Partial<TcpGroupIr>): Promise<void>;
  /** Opens a connection as a client. */
  open(localAddress?: string): Promise<LineClient>;
  /** A client whose connection modern answers: the first ones after its share began may still be legacy's, while the gate opens. */
  openOnModern(): Promise<LineClient>;
  dispose(): Promise<void>;
}

export interface TcpSceneOptions {
  readonly group?: Partial<TcpGroupIr>;
  /** Default `serving`. `dead`: nobody listens where it should; `hung`: it takes connections and never reads. */
  readonly capture?: 'serving' | 'dead' | 'hung';
  readonly greeting?: string;
  readonly metricsAddress?: string;
  readonly copyDeadlineMs?: number;
  /** host:port of an OTLP collector (gRPC); default: none. */
  readonly otlpAddress?: string;
  /** Services that stand elsewhere, on loopback; default: the two terminals. */
  readonly ports?: { readonly legacy: number; readonly modern: number };
}

/** For a machine that is busy with others, too. */
const waitMsMax = 60_000;

export async function startTcpScene(options: TcpSceneOptions = {}): Promise<TcpScene> {
  const { greeting = '', copyDeadlineMs = 1_000 } = options;
  const legacy = await startLineServer('legacy', { greeting });
  const modern = await startLineServer('modern', { greeting });
  const ports = options.ports ?? { legacy: legacy.port, modern: modern.port };
  const otlp = options.otlpAddress?.split(':') ?? null;
  const [http = 0, line = 0] = await freePorts(2);
  const exchanges: Exchange[] = [];
  const events = new EventEmitter();
  const capture = await startCapture(options.capture ?? 'serving', (exchange) => {
    exchanges.push(exchange);
    events.emit('exchange');
  });
  const at = (port: number, deployment: string) => [{ address: { host: '127.0.0.1', port }, deployment }];
  let group: TcpGroupIr = {
    name: 'terminals',
    mode: 'mirrored',
    modernWeightBp: 0,
    listen: { host: '127.0.0.1', port: line },
    legacy: { endpoints: at(ports.legacy, 'old@1') },
    modern: { endpoints: at(ports.modern, 'new@1') },
    idleTimeoutMs: 60_000,
    sticky: 'source',
    ...options.group,
  };
  const plane = (): DataPlane => ({
    capture: capture.address,
    otlp: otlp && { host: otlp[0] ?? '', port: Number(otlp[1]) },
    migrations: [
      {
        name: 'bank',
        listen: { host: '127.0.0.1', port: http },
        customer: null,
        traceSampling: otlp ? 1 : 0,
        probeSecret: 'a-secret-for-the-tests',
        legacy: { protocol: 'http1', endpoints: [] },
        modern: { protocol: 'http1', endpoints: [] },
        groups: [],
        tcp: [group],
        copyDeadlineMs,
      },
    ],
  });
  const proxy = await startProxy(plane(), options.metricsAddress);
  const clients = new Set<LineClient>();
  const stat = async (name: string) => (await proxy.envoy.admin.stats(`^${name}$`)).get(name) ?? 0;
  const until = async (holds: () => Promise<boolean>) => {
    const giveUpAt = performance.now() + waitMsMax;
    while (!(await holds())) {
      if (performance.now() > giveUpAt) throw new Error('the proxy has not followed');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const gateIs = (open: boolean) =>
    until(async () => (await stat('cluster.bank/terminals.modern.membership_healthy')) > 0 === open);
  if (group.mode === 'mirrored' && group.modernWeightBp > 0) await gateIs(true);
  const scene: TcpScene = {
    port: line,
    legacy,
    modern,
    proxy,
    exchanges,
    async until(holds) {
      const signal = AbortSignal.timeout(waitMsMax);
      while (!holds()) await once(events, 'exchange', { signal });
    },
    async captured(count) {
      await scene.until(() => exchanges.length >= count);
      return exchanges.splice(0, count);
    },
    async move(change) {
      const routesBefore = await stat('http.bank.terminals.rift.rds.bank.terminals.rift.update_success');
      const runtimeBefore = await stat('runtime.load_success');
      const before = group;
      group = { ...group, ...change };
      await proxy.apply(plane());
      if (group.modernWeightBp !== before.modernWeightBp) {
        await until(async () => (await stat('runtime.load_success')) > runtimeBefore);
      }
      if (group.mode !== before.mode) {
        await until(
          async () =>
            (await stat('http.bank.terminals.rift.rds.bank.terminals.rift.update_success')) > routesBefore,
        );
      }
      if (group.mode === 'mirrored') await gateIs(group.modernWeightBp > 0);
    },
    async open(localAddress = '127.0.0.1') {
      const client = new LineClient(
        connect({ port: line, host: '127.0.0.1', localAddress, allowHalfOpen: true }),
      );
      clients.add(client);
      await once(client.socket, 'connect');
      return client;
    },
    async openOnModern() {
      const giveUpAt = performance.now() + waitMsMax;
      for (;;) {
        const client = await scene.open();
        if ((await client.ask('WHO')) === 'modern') return client;
        if (performance.now() > giveUpAt) throw new Error('no connection is answered by modern');
        client.socket.destroy();
      }
    },
    async dispose() {
      for (const { socket } of clients) socket.destroy();
      await proxy.dispose();
      await capture.close();
      await legacy.close();
      await modern.close();
    },
  };
  return scene;
}

interface TestCapture {
  readonly address: { readonly host: string; readonly port: number };
  close(): Promise<void>;
}

async function startCapture(
  state: 'serving' | 'dead' | 'hung',
  onExchange: (exchange: Exchange) => void,
): Promise<TestCapture> {
  const host = '127.0.0.1';
  switch (state) {
    case 'dead':
      return { address: { host, port: 1 }, close: async () => undefined };
    case 'serving': {
      const server = await serveCapture({
        listen: { host, port: 0 },
        bodyBytesMax: 1_048_576,
        onExchange,
        onLost: () => undefined,
      });
      return { address: server.address, close: () => server.close(0) };
    }
    case 'hung': {
      const taken = new Set<Socket>();
      const server = createServer({ pauseOnConnect: true }, (socket) => {
        socket.on('error', () => undefined);
        taken.add(socket);
      });
      server.listen(0, host);
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('not a TCP address');
      return {
        address: { host, port: address.port },
        async close() {
          for (const socket of taken) socket.destroy();
          server.close();
          await once(server, 'close');
        },
      };
    }
  }
}

/** Speaks in lines, and remembers how its connection ended. */
export class LineClient {
  readonly socket: Socket;
  /** `end`: the other side closed in order; `reset`: it did not. */
  readonly over: Promise<'end' | 'reset'>;
  #text = '';
  readonly #events = new EventEmitter();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#text += text;
      this.#events.emit('text');
    });
    this.over = new Promise((resolve) => {
      socket.on('end', () => resolve('end'));
      socket.on('error', () => resolve('reset'));
      socket.on('close', () => resolve('reset'));
    });
  }

  /** Says a line and takes the line that comes back. */
  async ask(line: string): Promise<string> {
    this.socket.write(`${line}\n`);
    return await this.line();
  }

  /** The next line. Fails after 15 s. */
  async line(): Promise<string> {
    const signal = AbortSignal.timeout(waitMsMax);
    while (!this.#text.includes('\n')) await once(this.#events, 'text', { signal });
    const end = this.#text.indexOf('\n');
    const line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 1);
    return line;
  }

  /** Says that nothing more comes, and waits until the other side has closed too. */
  async hangUp(): Promise<'end' | 'reset'> {
    this.socket.end();
    return await this.over;
  }
}
