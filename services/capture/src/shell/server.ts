import { once } from 'node:events';
import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { Assembly, type Lost } from '../core/assemble.ts';
import { BodyBudget } from '../core/bounded-body.ts';
import type { Address } from '../core/config.ts';
import { GrpcFrames, MalformedStream } from '../core/grpc-frames.ts';
import { parseObservation } from '../core/observation.ts';
import { ProxyClocks } from '../core/proxy-clocks.ts';
import { type Metadata, streamFacts } from '../core/stream-facts.ts';

/** Why an exchange that Envoy began to report did not become one. */
export type LostExchange =
  | Lost
  /** The bytes are not ext_proc's, or in an order that no exchange has. */
  | 'malformed'
  /** The connection to Envoy went away in the middle: how the exchange ended is not known. */
  | 'connection-lost'
  /** Envoy gave the stream up before it had sent all: this process did not read fast enough. */
  | 'cut-off';

export interface CaptureServerOptions {
  readonly listen: Address;
  readonly bodyBytesMax: number;
  readonly onExchange: (exchange: Exchange) => void;
  readonly onLost: (reason: LostExchange, detail: string) => void;
}

export interface CaptureServer {
  readonly address: Address;
  /** Exchanges that are open now, and the bytes of bodies held for them. */
  load(): { openExchanges: number; bodyBytes: number };
  /** Takes no new exchanges, lets the open ones end for `graceMs`, then gives them up as lost. */
  close(graceMs: number): Promise<void>;
}

const path = '/envoy.service.ext_proc.v3.ExternalProcessor/Process';
const bodyBudgetBytes = 256 * 1024 * 1024;
const streamsMax = 4096;
const endEveryMs = 20;

/**
 * The collector of Envoy's ext_proc filter in observability mode: reads, never answers a message. On node:http2 directly, not on grpc-js,
 * which cannot raise the limit of stream resets (below) and so lost 1 exchange in 1,000, and costs a quarter more CPU a stream.
 */
export async function serveCapture(options: CaptureServerOptions): Promise<CaptureServer> {
  const budget = new BodyBudget(bodyBudgetBytes);
  const sessions = new Set<ServerHttp2Session>();
  const receiver: Receiver = { ...options, budget, clocks: new ProxyClocks(), ends: new EndTogether() };
  let openExchanges = 0;

  const server = createServer({
    settings: { maxConcurrentStreams: streamsMax, initialWindowSize: 1024 * 1024 },
    // Envoy resets each stream once it is over. With nghttp2's defaults against rapid resets (1,000, then 33/s) the session ends by GOAWAY
    // every few seconds of ordinary load, and what is open then is lost. Only the proxies of this installation connect here.
    streamResetBurst: 1_000_000,
    streamResetRate: 1_000_000,
    maxSessionMemory: 512,
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(16 * 1024 * 1024);
    session.on('close', () => sessions.delete(session));
    // Its streams report what was lost.
    session.on('error', () => {});
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => {});
    if (headers[':path'] !== path) return respond(stream, grpcUnimplemented);
    openExchanges += 1;
    stream.on('close', () => {
      openExchanges -= 1;
    });
    receive(stream, headers, receiver);
  });

  await listen(server, options.listen);
  const { address: host, port } = server.address() as AddressInfo;
  return {
    address: { host, port },
    load: () => ({ openExchanges, bodyBytes: budget.heldBytes }),
    async close(graceMs) {
      const closed = once(server, 'close');
      server.close();
      for (const session of sessions) session.close();
      const timer = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

interface Receiver extends Pick<CaptureServerOptions, 'bodyBytesMax' | 'onExchange' | 'onLost'> {
  readonly budget: BodyBudget;
  readonly clocks: ProxyClocks;
  readonly ends: EndTogether;
}

function receive(stream: ServerHttp2Stream, metadata: Metadata, receiver: Receiver): void {
  const { session } = stream;
  const frames = new GrpcFrames();
  const assembly = new Assembly({
    facts: streamFacts(metadata),
    bodyBytesMax: receiver.bodyBytesMax,
    budget: receiver.budget,
    clocks: receiver.clocks,
    epochMs: Date.now(),
    monotonicMs: performance.now(),
  });
  let over = false;

  const finish = () => {
    over = true;
    const finished = assembly.finish(performance.now());
    if ('exchange' in finished) receiver.onExchange(finished.exchange);
    else receiver.onLost(finished.lost, '');
  };
  const giveUp = (reason: LostExchange, detail: string) => {
    over = true;
    assembly.discard();
    receiver.onLost(reason, detail);
  };

  stream.on('data', (chunk: Uint8Array) => {
    if (over) return;
    try {
      for (const message of frames.push(chunk))
        assembly.observe(parseObservation(message), performance.now());
    } catch (error) {
      if (!(error instanceof MalformedStream)) throw error;
      giveUp('malformed', error.message);
      return respond(stream, grpcInvalid);
    }
    if (!assembly.settled) return;
    finish();
    receiver.ends.end(stream);
  });
  // Envoy half-closes a stream some time after its exchange, then resets it. A reset alone has thrown away what was not yet sent.
  const ended = () => {
    if (over) return;
    if (session?.destroyed) giveUp('connection-lost', '');
    else if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) giveUp('cut-off', '');
    else finish();
    receiver.ends.end(stream);
  };
  stream.on('end', ended);
  stream.on('close', ended);
}

/**
 * Ends Envoy's streams soon after their exchanges: left alone they stay open for the filter's deferred_close_timeout, and those that wait
 * fill the breaker. Those of a few milliseconds together: Envoy then reads 6.7 times a request instead of 10.7, and this process wakes up
 * 1.6 times instead of 2.5 (200 requests/s, both sides captured).
 */
class EndTogether {
  readonly #waiting: ServerHttp2Stream[] = [];
  #timer: NodeJS.Timeout | undefined;

  end(stream: ServerHttp2Stream): void {
    this.#waiting.push(stream);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const each of this.#waiting.splice(0)) respond(each, grpcOk);
    }, endEveryMs);
  }
}

const grpcOk = '0';
const grpcInvalid = '3';
const grpcUnimplemented = '12';

/** A whole gRPC answer in one frame: no message is ever sent. */
function respond(stream: ServerHttp2Stream, grpcStatus: string): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': grpcStatus },
    {
      endStream: true,
    },
  );
  stream.close(constants.NGHTTP2_NO_ERROR);
}

async function listen(server: Http2Server, { host, port }: Address): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}
