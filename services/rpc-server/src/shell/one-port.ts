import { createServer as createHttp1Server, type Server as Http1Server } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ListenAddress } from '../core/listen-address.ts';
import { Admission } from './admission.ts';
import { bind } from './bind.ts';
import { Connection } from './connection.ts';
import type { Handler } from './handler.ts';

const STREAMS_PER_CONNECTION_MAX = 1_000;
const HEADER_BYTES_MAX = 32 * 1024;
/** A connection that has not shown its protocol by then is closed. */
const FIRST_BYTES_TIMEOUT_MS = 10_000;
/** While draining, how long a quiet HTTP/1 connection may still bring a request before it is closed. */
const HTTP1_LINGER_MS = 250;
/** How long cancelled streams have to send their final status. */
const FINAL_STATUS_MS = 200;

export interface OnePortOptions {
  readonly handler: Handler;
  /** Asked first for each HTTP/2 stream: whether it takes it. */
  readonly takeStream?: ((stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => boolean) | undefined;
  readonly connectionsMax: number;
}

/**
 * HTTP/1.1 and HTTP/2 without TLS on one port, told apart by the first bytes (`node:http2` offers that only for TLS, by ALPN). Both hand
 * their requests to one handler.
 */
export class OnePort {
  readonly address: ListenAddress;
  readonly #listener: Server;
  readonly #http1: Http1Server;
  readonly #connections: ReadonlyMap<Socket, Connection>;

  private constructor(
    address: ListenAddress,
    listener: Server,
    http1: Http1Server,
    connections: ReadonlyMap<Socket, Connection>,
  ) {
    this.address = address;
    this.#listener = listener;
    this.#http1 = http1;
    this.#connections = connections;
  }

  /** @param listen `host:port` or `unix:/path`. */
  static async listen(listen: string, options: OnePortOptions): Promise<OnePort> {
    const { handler } = options;
    const connections = new Map<Socket, Connection>();
    const http1 = http1Server(connections, handler);
    const http2 = http2Server(handler, options.takeStream);
    const admission = new Admission();
    const listener = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) => {
      const connection = new Connection(socket);
      connections.set(socket, connection);
      socket.once('close', () => connections.delete(socket));
      admission.admit(() => connection.dispatch(http1, http2, FIRST_BYTES_TIMEOUT_MS));
    });
    listener.maxConnections = options.connectionsMax;
    try {
      return new OnePort(await bind(listener, listen), listener, http1, connections);
    } catch (error) {
      http1.close();
      throw error;
    }
  }

  /**
   * Accepts nothing new, finishes what is under way for at most `graceMs`, then calls `cancel` and ends what is left. Never rejects.
   */
  async close(graceMs: number, cancel: () => void): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()));
    for (const connection of this.#connections.values()) connection.drain();
    const closeIdle = setTimeout(
      () => {
        for (const connection of this.#connections.values()) connection.closeIfIdle();
      },
      Math.min(HTTP1_LINGER_MS, graceMs / 2),
    );
    if (!(await within(closed, graceMs))) {
      cancel();
      await within(closed, FINAL_STATUS_MS);
      for (const socket of this.#connections.keys()) socket.destroy();
      await closed;
    }
    clearTimeout(closeIdle);
    this.#http1.close();
  }
}

function http1Server(connections: ReadonlyMap<Socket, Connection>, handler: Handler): Http1Server {
  const server = createHttp1Server({ maxHeaderSize: HEADER_BYTES_MAX }, (request, response) => {
    const { socket } = request;
    connections.get(socket)?.track(response);
    response.once('finish', () => {
      // Refused before its end was read: HTTP/1 has no other way to stop the client from sending the rest.
      if (!request.complete) socket.destroySoon();
    });
    handler(request, response);
  });
  // node:http starts to enforce its header and request timeouts on this event, and this server never listens itself.
  server.emit('listening');
  return server;
}

function http2Server(handler: Handler, takeStream: OnePortOptions['takeStream']): Http2Server {
  const settings = { maxConcurrentStreams: STREAMS_PER_CONNECTION_MAX, maxHeaderListSize: HEADER_BYTES_MAX };
  const server = createHttp2Server({ settings }, takeStream === undefined ? handler : undefined);
  if (takeStream !== undefined) {
    // Makes requests and responses of the streams that are left; a server that makes them of all would not let go of any.
    const compatible = createHttp2Server(handler);
    server.on('stream', (stream, headers, ...rest) => {
      if (!takeStream(stream, headers)) compatible.emit('stream', stream, headers, ...rest);
    });
  }
  server.on('sessionError', () => {
    // The client broke the protocol or went away. node:http2 has ended the session, and nobody is left to tell.
  });
  return server;
}

/** Whether the promise was settled in time. */
async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
  const inTime = await Promise.race([promise.then(() => true), late]);
  timer.abort();
  return inTime;
}
