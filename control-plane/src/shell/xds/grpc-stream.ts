import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { GrpcFault, GrpcMessages } from '../../core/xds/grpc-messages.ts';

/** What a stream tells whoever serves it. */
export interface GrpcStreamEvents {
  /** One whole message, valid during the call only. */
  message(bytes: Uint8Array): void;
  /** All that was sent is on its way: nothing is held back any more. */
  drained(): void;
  /** The client sent its last message; the stream is open for answers still. */
  halfClosed(): void;
  /** The stream is over, whoever ended it. Called once, and nothing after it. */
  gone(reason: string): void;
}

export const grpcStatus = {
  ok: 0,
  'deadline-exceeded': 4,
  'resource-exhausted': 8,
  unimplemented: 12,
  internal: 13,
} as const;

const STATUS_WITHIN_MS = 1_000;
/** Below this a message is cheaper as one buffer than as two. */
const COPY_BELOW_BYTES = 4_096;

/**
 * One bidirectional gRPC stream on node:http2, with messages as bytes: what many streams get is encoded once and written to each as it is
 * (gRPC over HTTP2). grpc-js copies each message, keeps more per stream and costs about twice the CPU a message.
 */
export class GrpcStream {
  readonly #stream: ServerHttp2Stream;
  /** Undefined while `serve` runs. */
  #events: GrpcStreamEvents | undefined;
  readonly #messages: GrpcMessages;
  #trailers: Record<string, string> = { 'grpc-status': '0' };
  #open = true;
  #endReason = '';

  /** Answers the request's headers; `serve` gives the events' receiver and is called once, before any event. */
  constructor(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    messageBytesMax: number,
    serve: (stream: GrpcStream) => GrpcStreamEvents,
  ) {
    this.#stream = stream;
    this.#messages = new GrpcMessages(messageBytesMax);
    stream.on('wantTrailers', () => stream.sendTrailers(this.#trailers));
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-accept-encoding': 'identity' },
      { waitForTrailers: true },
    );
    this.#events = serve(this);
    // Refused at once, before there was anybody to be told.
    if (!this.#open) this.#events.gone(this.#endReason);
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('end', () => {
      // A connection that is gone ends its streams too; there is nobody left to answer.
      const cut = stream.destroyed || stream.aborted || stream.session?.destroyed !== false;
      if (this.#open && !cut) this.#events?.halfClosed();
    });
    // The reason follows with 'close'.
    stream.on('error', () => undefined);
    stream.on('close', () => this.#gone('the connection ended'));
    const encoding = headers['grpc-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      this.close(grpcStatus.unimplemented, `grpc-encoding ${encoding}; accepted: identity`);
    }
    const timeoutMs = grpcTimeoutMs(headers['grpc-timeout']);
    if (timeoutMs !== undefined) {
      const late = () => this.close(grpcStatus['deadline-exceeded'], 'the deadline of the call passed');
      const timer = setTimeout(late, timeoutMs);
      stream.once('close', () => clearTimeout(timer));
    }
  }

  /** Bytes that were sent and are not yet handed to the kernel; what flow control holds back counts. */
  get bufferedBytes(): number {
    return this.#stream.writableLength;
  }

  /** Sends one message, given in two parts; `body` is never modified afterwards. */
  send(head: Uint8Array, body: Uint8Array): void {
    if (!this.#open) return;
    const length = head.length + body.length;
    const copies = body.length < COPY_BELOW_BYTES;
    const first = Buffer.allocUnsafe(5 + head.length + (copies ? body.length : 0));
    first[0] = 0;
    first.writeUInt32BE(length, 1);
    first.set(head, 5);
    if (copies) {
      first.set(body, 5 + head.length);
      this.#stream.write(first, this.#written);
      return;
    }
    this.#stream.cork();
    this.#stream.write(first);
    this.#stream.write(body, this.#written);
    this.#stream.uncork();
  }

  /** Ends the stream with a status and a message that the client logs. */
  close(code: number, reason = ''): void {
    if (!this.#open) return;
    this.#trailers = { 'grpc-status': String(code) };
    if (reason !== '') this.#trailers['grpc-message'] = percentEncoded(reason);
    this.#stream.end();
    // What came is not read any more, but must be taken for the stream to end.
    this.#stream.removeAllListeners('data').resume();
    const timer = setTimeout(() => this.#stream.close(constants.NGHTTP2_CANCEL), STATUS_WITHIN_MS);
    this.#stream.once('close', () => clearTimeout(timer));
    this.#gone(reason);
  }

  readonly #written = () => {
    if (this.#open && this.#stream.writableLength === 0) this.#events?.drained();
  };

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#messages.push(chunk)) if (this.#open) this.#events?.message(message);
    } catch (error) {
      // A fault here must end this one stream, not the process that serves all proxies.
      const code = error instanceof GrpcFault ? error.code : 'internal';
      this.close(grpcStatus[code], error instanceof Error ? error.message : String(error));
    }
  }

  #gone(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#endReason = reason;
    this.#events?.gone(reason);
  }
}

/** gRPC over HTTP2, "Status-Message": printable ASCII but the percent sign stands for itself. Clients need not decode more than that. */
function percentEncoded(text: string): string {
  return text.toWellFormed().replace(/[^\x20-\x24\x26-\x7e]+/g, encodeURIComponent);
}

/** Whether a request is a gRPC call, in protobuf. */
export function isGrpc(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'];
  return headers[':method'] === 'POST' && (type === 'application/grpc' || type === 'application/grpc+proto');
}

const unitMs = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 } as const;
/** What setTimeout can take; a longer deadline is none. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** gRPC over HTTP2, "Timeout": at most eight digits and a unit. */
function grpcTimeoutMs(header: string | string[] | undefined): number | undefined {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(header ?? '')) ?? [];
  if (digits === undefined) return undefined;
  const ms = Number(digits) * unitMs[unit as keyof typeof unitMs];
  return ms > TIMEOUT_MS_MAX ? undefined : ms;
}
