import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { gunzipSync } from 'node:zlib';

const grpcPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const httpPath = '/v1/traces';
/** Of one request; exporters send some 512 spans at once. */
const bodyBytesMax = 4 * 2 ** 20;
const frameHeaderBytes = 5;
/** An empty ExportTraceServiceResponse as a gRPC message. */
const nothingToSay = Buffer.alloc(frameHeaderBytes);
const okStatus = '0';
const invalidArgument = '3';
const unimplemented = '12';
const resourceExhausted = '8';

/** Takes the bytes of an ExportTraceServiceRequest; throws when they are none. */
export type TakeExport = (request: Uint8Array) => void;

export interface Receiver {
  readonly port: number;
  close(): void;
}

/** OTLP/HTTP: protobuf, as OpenTelemetry's SDKs send it unless told otherwise. `other` answers every other path. */
export async function receiveHttp(
  host: string,
  port: number,
  take: TakeExport,
  other: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<Receiver> {
  const server = createServer((request, response) => {
    if (other(request, response)) return;
    if (request.url !== httpPath || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    readBody(request).then(
      (body) => {
        if (body === undefined) response.writeHead(413, { connection: 'close' }).end();
        else response.writeHead(taken(take, body, request.headers['content-encoding']) ? 200 : 400).end();
      },
      () => response.destroy(),
    );
  });
  return await listening(server, host, port, () => server.closeAllConnections());
}

/** OTLP/gRPC without TLS, which is what Envoy speaks: one unary method. */
export async function receiveGrpc(host: string, port: number, take: TakeExport): Promise<Receiver> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createHttp2Server();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    // A client that goes away is no trouble of ours.
    stream.on('error', () => undefined);
    answer(stream, headers, take).catch(() => stream.close());
  });
  return await listening(server, host, port, () => {
    for (const session of sessions) session.destroy();
  });
}

async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  take: TakeExport,
): Promise<void> {
  const status =
    headers[':path'] === grpcPath ? exported(await readBody(stream), headers, take) : unimplemented;
  if (stream.destroyed) return;
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status }));
  stream.end(status === okStatus ? nothingToSay : undefined);
}

/** The gRPC status of one message: a flag byte, four bytes of length, the message. */
function exported(body: Buffer | undefined, headers: IncomingHttpHeaders, take: TakeExport): string {
  if (body === undefined) return resourceExhausted;
  if (body.length < frameHeaderBytes || body.readUInt32BE(1) !== body.length - frameHeaderBytes)
    return invalidArgument;
  const encoding = body[0] === 1 ? String(headers['grpc-encoding'] ?? '') : undefined;
  return taken(take, body.subarray(frameHeaderBytes), encoding) ? okStatus : invalidArgument;
}

function taken(take: TakeExport, body: Buffer, encoding: string | undefined): boolean {
  try {
    take(encoding === 'gzip' ? gunzipSync(body, { maxOutputLength: bodyBytesMax }) : body);
    return true;
  } catch {
    return false;
  }
}

/** Undefined when it is larger than is read. */
async function readBody(stream: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function listening(server: Server, host: string, port: number, cut: () => void): Promise<Receiver> {
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      cut();
    },
  };
}
