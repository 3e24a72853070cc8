import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { type handleUnaryCall, Server, ServerCredentials } from '@grpc/grpc-js';

/** What a test wants to know of a span; ids are hexadecimal, `parentId` is empty for a root. */
export interface ReceivedSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export interface OtlpReceiver {
  /** OTLP/gRPC, host:port. */
  readonly grpc: string;
  /** OTLP/HTTP (protobuf), a URL. */
  readonly http: string;
  /** All that have come, in order. */
  readonly spans: readonly ReceivedSpan[];
  close(): void;
}

const grpcPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** A collector of OTLP traces: by gRPC from the proxy, by HTTP from everything else. */
export async function otlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const take = (request: Uint8Array) => void spans.push(...readExport(request));

  const grpc = new Server();
  const bytes = (buffer: Buffer) => buffer;
  const exported: handleUnaryCall<Buffer, Buffer> = ({ request }, answer) => {
    take(request);
    answer(null, Buffer.alloc(0));
  };
  grpc.register(grpcPath, exported, bytes, bytes, 'unary');
  const grpcPort = await new Promise<number>((resolve, reject) =>
    grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  );

  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') take(Buffer.concat(chunks));
      response.writeHead(request.url === '/v1/traces' ? 200 : 404).end();
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port: httpPort } = http.address() as AddressInfo;

  return {
    grpc: `127.0.0.1:${grpcPort}`,
    http: `http://127.0.0.1:${httpPort}`,
    spans,
    close() {
      grpc.forceShutdown();
      http.close();
      http.closeAllConnections();
    },
  };
}

/** ExportTraceServiceRequest. The field numbers are those of opentelemetry/proto/trace/v1/trace.proto. */
function readExport(bytes: Uint8Array): ReceivedSpan[] {
  return repeated(bytes, 1).flatMap((resourceSpans) => {
    const resource = repeated(resourceSpans, 1).flatMap((one) => repeated(one, 1));
    const service = attributes(resource)['service.name'] ?? '';
    return repeated(resourceSpans, 2)
      .flatMap((scopeSpans) => repeated(scopeSpans, 2))
      .map((span) => readSpan(service, span));
  });
}

function readSpan(service: string, span: Uint8Array): ReceivedSpan {
  return {
    service,
    name: text(span, 5),
    traceId: hex(span, 1),
    spanId: hex(span, 2),
    parentId: hex(span, 4),
    attributes: attributes(repeated(span, 9)),
    links: repeated(span, 13).map((link) => ({ traceId: hex(link, 1), spanId: hex(link, 2) })),
  };
}

/** The KeyValues whose value is text. */
function attributes(pairs: readonly Uint8Array[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => [text(pair, 1), repeated(pair, 2).map((value) => text(value, 1))[0] ?? '']),
  );
}

/** The length-delimited values of one field. */
function repeated(message: Uint8Array, field: number): Uint8Array[] {
  const reader = new BinaryReader(message);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (number === field && wireType === WireType.LengthDelimited) found.push(reader.bytes());
    else reader.skip(wireType, number);
  }
  return found;
}

const text = (message: Uint8Array, field: number) =>
  Buffer.from(repeated(message, field)[0] ?? []).toString();
const hex = (message: Uint8Array, field: number) =>
  Buffer.from(repeated(message, field)[0] ?? []).toString('hex');
