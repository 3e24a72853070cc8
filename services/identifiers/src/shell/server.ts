import { once } from 'node:events';
import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Address } from '@chronos/capture/core/config.ts';
import { GrpcFrames } from '@chronos/capture/core/grpc-frames.ts';
import { frame } from '@chronos/capture/core/mask/mask-frames.ts';
import {
  type ProcessingRequest,
  ProcessingRequestSchema,
  type ProcessingResponse,
  ProcessingResponseSchema,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';

/** One request. */
export interface Processor {
  /** Answers its messages, in turn. `tell`: something that Envoy is to know before. */
  process(
    request: ProcessingRequest,
    tell: (response: ProcessingResponse) => void,
  ): Promise<ProcessingResponse>;
  /** Its stream is over. */
  end(): void;
}

export interface RewriterOptions {
  readonly listen: Address;
  /** A request begins; undefined: its stream is not one of ours. */
  readonly begin: (metadata: IncomingHttpHeaders) => Processor | undefined;
  readonly onFailure: (error: unknown) => void;
}

export interface RewriterServer {
  readonly address: Address;
  readonly open: number;
  close(): void;
}

const path = '/envoy.service.ext_proc.v3.ExternalProcessor/Process';
const streamsMax = 4096;

/** Envoy's external processor, as a filter that waits for each answer. */
export async function serveRewriter({ listen, begin, onFailure }: RewriterOptions): Promise<RewriterServer> {
  const sessions = new Set<ServerHttp2Session>();
  let open = 0;
  const server = createServer({
    settings: { maxConcurrentStreams: streamsMax, initialWindowSize: 2 * 1024 * 1024 },
    // Envoy resets the stream of each request that ends early; only the proxies of this installation connect here.
    streamResetBurst: 1_000_000,
    streamResetRate: 1_000_000,
    maxSessionMemory: 512,
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(16 * 1024 * 1024);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => {});
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => {});
    const processor = headers[':path'] === path ? begin(headers) : undefined;
    if (processor === undefined) return refuse(stream);
    open += 1;
    stream.on('close', () => {
      open -= 1;
      processor.end();
    });
    serve(stream, processor, onFailure);
  });
  server.listen(listen.port, listen.host);
  await once(server, 'listening');
  const { address: host, port } = server.address() as AddressInfo;
  return {
    address: { host, port },
    get open() {
      return open;
    },
    close() {
      server.close();
      for (const session of sessions) session.destroy();
    },
  };
}

function serve(stream: ServerHttp2Stream, processor: Processor, onFailure: (error: unknown) => void): void {
  const frames = new GrpcFrames();
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  // One after the other: the body's answer follows the head's.
  let turn: Promise<unknown> = Promise.resolve();
  const tell = (response: ProcessingResponse) => {
    if (!stream.destroyed && stream.writable)
      stream.write(frame(0, toBinary(ProcessingResponseSchema, response)));
  };
  const answer = async (message: Uint8Array) =>
    tell(await processor.process(fromBinary(ProcessingRequestSchema, message), tell));
  const fail = (error: unknown) => {
    onFailure(error);
    // A reset, not an end: after an end the original would go on untranslated.
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  };
  stream.on('data', (chunk: Uint8Array) => {
    turn = turn
      .then(async () => {
        for (const message of frames.push(chunk)) await answer(message);
      })
      .catch(fail);
  });
  stream.on('end', () => void turn.then(() => stream.end()));
}

function refuse(stream: ServerHttp2Stream): void {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' },
    { endStream: true },
  );
}
