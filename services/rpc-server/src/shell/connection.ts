import type { Server as Http1Server, ServerResponse } from 'node:http';
import type { Http2Server, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { classifyPreface } from '../core/preface.ts';

/**
 * One client connection from its first byte to its end: finds out which HTTP it speaks, hands it to that server, and closes it without
 * failing a request when the server drains.
 */
export class Connection {
  readonly socket: Socket;
  #session: ServerHttp2Session | undefined;
  /** HTTP/1 requests being answered; more than one only with pipelining. */
  readonly #responses = new Set<ServerResponse>();
  #draining = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => socket.destroy());
  }

  /** Reads until the protocol is known, then lets that server have the connection with nothing lost. */
  dispatch(http1: Http1Server, http2: Http2Server, firstBytesTimeoutMs: number): void {
    const { socket } = this;
    const chunks: Buffer[] = [];
    const giveUp = () => socket.destroy();
    if (socket.destroyed) return;
    socket.setTimeout(firstBytesTimeoutMs, giveUp);
    const read = () => {
      const chunk: Buffer | null = socket.read();
      if (chunk !== null) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const kind = classifyPreface(bytes);
      if (bytes.length === 0 || kind === 'undecided') {
        if (socket.readableEnded) socket.destroy();
        else socket.once('readable', read);
        return;
      }
      socket.setTimeout(0);
      socket.off('timeout', giveUp);
      socket.off('end', giveUp);
      socket.unshift(bytes);
      // node:http answers a client that closed its half already; node:http2 has no use for a half-open socket and would keep it.
      if (kind === 'http2') socket.allowHalfOpen = false;
      if (kind === 'http2') this.#becomeHttp2(http2);
      else http1.emit('connection', socket);
    };
    socket.once('end', giveUp);
    read();
  }

  /** The server announces the new session synchronously, and that is the only link between a socket and its session. */
  #becomeHttp2(http2: Http2Server): void {
    const adopt = (session: ServerHttp2Session) => {
      this.#session = session;
    };
    http2.once('session', adopt);
    http2.emit('connection', this.socket);
    http2.off('session', adopt);
    if (this.#draining) this.#session?.close();
  }

  /** An HTTP/1 request arrived on this connection. */
  track(response: ServerResponse): void {
    this.#responses.add(response);
    if (this.#draining) response.shouldKeepAlive = false;
    response.once('close', () => {
      this.#responses.delete(response);
      // Its headers may have gone out with keep-alive before the draining began.
      if (this.#draining && this.#responses.size === 0) this.socket.end();
    });
  }

  /**
   * Takes no new work where the protocol can say so, and finishes what is under way. HTTP/2's GOAWAY names the last request taken:
   * later ones, which crossed it on the wire, were not touched and may be sent again (RFC 9113, section 6.8). Announcing the end by a first
   * GOAWAY that refuses nothing would spare clients even that, but nghttp2 stops reading an idle session after any GOAWAY that Node can send.
   */
  drain(): void {
    this.#draining = true;
    this.#session?.close();
    for (const response of this.#responses) response.shouldKeepAlive = false;
  }

  /** Ends a connection on which nothing is under way (HTTP/1 has no GOAWAY: a quiet connection can only be closed). */
  closeIfIdle(): void {
    if (this.#session === undefined && this.#responses.size === 0) this.socket.end();
  }
}
