import { Agent } from 'node:http';
import { type ClientHttp2Session, connect } from 'node:http2';
import { type DescMethod, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import { BankService } from '@chronos/proto/bank/v1/bank_pb.js';
import { enveloped, envelopes } from '../core/envelope.ts';
import type { Method } from '../core/mix.ts';
import { grpcCodeName } from '../core/outcome.ts';
import type { Random } from '../core/random.ts';
import type { Call, Client, Reply } from './client.ts';
import { bodyOf, CONNECTIONS_MAX, post } from './post.ts';

/** Share of balance queries that come by gRPC, as from a partner's system. */
const GRPC_SHARE = 0.1;

/** Calls the bank as its different customers do: phones by JSON over HTTP/1.1, some by a stream of it, partners by gRPC over HTTP/2. */
export class BankClient implements Client {
  readonly #target: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  #session: ClientHttp2Session | undefined;

  constructor(target: URL) {
    this.#target = target;
  }

  send(call: Call, random: Random): Promise<Reply> {
    if (call.method === 'StreamTransactions') return this.jsonStream(call);
    if (call.method === 'GetBalance' && random() < GRPC_SHARE) return this.grpc(call);
    return this.json(call);
  }

  /** JSON over HTTP/1.1. @throws Error when there was no answer */
  async json(call: Call): Promise<Reply> {
    const { status, body } = await this.#post(
      call,
      'application/json',
      Buffer.from(JSON.stringify(call.body)),
    );
    const answer: unknown = JSON.parse(body.toString());
    if (typeof answer !== 'object' || answer === null) throw new Error('the answer is no JSON object');
    if (status === 200) return { code: 'ok', answer: { ...answer } };
    return {
      code: 'code' in answer && typeof answer.code === 'string' ? answer.code : `status ${status}`,
      answer: undefined,
    };
  }

  /** A stream of JSON messages over HTTP/1.1 (Connect). @throws Error when there was no whole answer */
  async jsonStream(call: Call): Promise<Reply> {
    const request = enveloped(Buffer.from(JSON.stringify(call.body)));
    const { status, body } = await this.#post(call, 'application/connect+json', request);
    if (status !== 200) return { code: `status ${status}`, answer: undefined };
    const end = envelopes(body).at(-1);
    if (end?.last !== true) throw new Error('the stream has no end');
    const trailer: { error?: { code?: string } } = JSON.parse(Buffer.from(end.data).toString());
    return {
      code: trailer.error === undefined ? 'ok' : (trailer.error.code ?? 'unknown'),
      answer: undefined,
    };
  }

  /** gRPC over HTTP/2. @throws Error when there was no answer */
  async grpc(call: Call): Promise<Reply> {
    const method = BankService.methods.find(({ name }) => name === call.method);
    if (method === undefined) throw new Error(`the bank has no method ${call.method}`);
    const stream = this.#http2().request(
      {
        ':method': 'POST',
        ':path': pathOf(call.method),
        'content-type': 'application/grpc+proto',
        te: 'trailers',
        ...call.headers,
      },
      { signal: call.signal },
    );
    stream.end(enveloped(toBinary(method.input, fromJson(method.input, { ...call.body }))));
    let status: string | undefined;
    const note = (headers: Record<string, unknown>) => {
      if (typeof headers['grpc-status'] === 'string') status = headers['grpc-status'];
      else if (headers[':status'] !== undefined && headers[':status'] !== 200)
        status = `HTTP ${headers[':status']}`;
    };
    stream.on('response', note);
    stream.on('trailers', note);
    const body = await bodyOf(stream);
    if (status === undefined) throw new Error('the answer has no grpc-status');
    const code = grpcCodeName(status);
    return { code, answer: code === 'ok' ? messageOf(method, body) : undefined };
  }

  close(): void {
    this.#agent.destroy();
    this.#session?.close();
  }

  #post(call: Call, contentType: string, body: Uint8Array) {
    return post(this.#agent, new URL(pathOf(call.method), this.#target), call, contentType, body);
  }

  #http2(): ClientHttp2Session {
    if (this.#session === undefined || this.#session.closed || this.#session.destroyed) {
      this.#session = connect(this.#target.origin);
      // Each stream on it reports the failure of its own request.
      this.#session.on('error', () => {});
    }
    return this.#session;
  }
}

function pathOf(method: Method): string {
  return `/bank.v1.BankService/${method}`;
}

function messageOf(method: DescMethod, body: Uint8Array): Record<string, unknown> {
  const [message] = envelopes(body);
  if (message === undefined) throw new Error('the answer has no message');
  const json = toJson(method.output, fromBinary(method.output, message.data));
  return typeof json === 'object' && json !== null ? { ...json } : {};
}
