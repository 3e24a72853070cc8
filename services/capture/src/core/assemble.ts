import { create } from '@bufbuild/protobuf';
import {
  type Exchange,
  ExchangeSchema,
  HttpMessageSchema,
  Outcome,
  Transport,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { type BodyBudget, BoundedBody } from './bounded-body.ts';
import { withoutCredentials } from './credentials.ts';
import { deferredCloseMs } from './deferred-close.ts';
import { MalformedStream } from './grpc-frames.ts';
import type { Half, HeaderField, Observation } from './observation.ts';
import type { ProxyClocks } from './proxy-clocks.ts';
import { groupOfRoute, migrationOfRoute, type StreamFacts, withAttributes } from './stream-facts.ts';

/** Why an exchange that began was not handed on. */
export type Lost =
  /** Envoy did not mark the request: without an id nothing can be joined. */
  | 'no-request-id'
  /** The stream ended before the request's headers. */
  | 'no-request';

export type Finished = { readonly exchange: Exchange } | { readonly lost: Lost };

type HalfState = 'expected' | 'open' | 'ended';

/** What may come in which state of a half, and which state follows; what is not here is malformed. The end flag makes each one `ended`. */
const transitions: Record<HalfState, Partial<Record<Observation['kind'], HalfState>>> = {
  expected: { headers: 'open' },
  open: { body: 'open', trailers: 'ended' },
  ended: {},
};

class MessageHalf {
  state: HalfState = 'expected';
  headers: HeaderField[] = [];
  trailers: HeaderField[] = [];
  readonly body: BoundedBody;

  constructor(bodyBytesMax: number, budget: BodyBudget) {
    this.body = new BoundedBody(bodyBytesMax, budget);
  }

  observe(observation: Observation): void {
    const next = transitions[this.state][observation.kind];
    if (next === undefined) {
      throw new MalformedStream(
        `${observation.half} ${observation.kind} while the ${observation.half} is ${this.state}`,
      );
    }
    this.state = observation.end ? 'ended' : next;
    if (observation.kind === 'headers') this.headers = observation.fields;
    else if (observation.kind === 'body') this.body.append(observation.data);
    else this.trailers = observation.fields;
  }

  message() {
    return {
      headers: this.headers,
      trailers: this.trailers,
      body: this.body.bytes(),
      bodyBytes: BigInt(this.body.totalBytes),
      bodyTruncated: this.body.truncated,
    };
  }
}

export interface AssemblyOptions {
  readonly facts: StreamFacts;
  /** Kept of each body; its size is known beyond that. */
  readonly bodyBytesMax: number;
  readonly budget: BodyBudget;
  readonly clocks: ProxyClocks;
  readonly epochMs: number;
  readonly monotonicMs: number;
}

/**
 * Puts one exchange together: one attempt of one request at one universe. Invariants:
 *
 * 1. A half's headers come first and once, its body and trailers after them, nothing after its end.
 * 2. The exchange is COMPLETE exactly if the answer's end was seen, or all of a body of declared length: a client that has it may hang up
 *    before the universe's empty last frame, and Envoy then tells no end. The request need not have ended (an early answer).
 * 3. How bodies were cut into chunks never shows.
 * 4. A body is kept up to its limit, from its beginning; its size is always the whole.
 * 5. After finish() nothing of the budget is held.
 * 6. Nothing leaves that authorises a request.
 */
export class Assembly {
  readonly #options: AssemblyOptions;
  readonly #request: MessageHalf;
  readonly #response: MessageHalf;
  #facts: StreamFacts;
  /** By this process' clock. */
  #begunMs: number | undefined;
  #answeredAtMs: number | undefined;
  /** When the newest observation came. */
  #seenAtMs: number;

  constructor(options: AssemblyOptions) {
    this.#options = options;
    this.#facts = options.facts;
    this.#seenAtMs = options.monotonicMs;
    this.#request = new MessageHalf(options.bodyBytesMax, options.budget);
    this.#response = new MessageHalf(options.bodyBytesMax, options.budget);
  }

  /** Nothing more can come: both halves ended. */
  get settled(): boolean {
    return this.#request.state === 'ended' && this.#response.state === 'ended';
  }

  /** Throws {@link MalformedStream} where invariant 1 is broken. */
  observe(observation: Observation, monotonicMs: number): void {
    this.#seenAtMs = monotonicMs;
    if (this.#request.state === 'expected' && observation.half === 'response') {
      throw new MalformedStream('an answer before its request');
    }
    this.#half(observation.half).observe(observation);
    if (observation.kind === 'headers' && observation.attributes) {
      this.#facts = withAttributes(this.#facts, observation.attributes);
      const { node, begunMs } = this.#facts;
      const { clocks, epochMs } = this.#options;
      if (begunMs !== undefined) this.#begunMs ??= clocks.begunMs(node, begunMs, epochMs);
    }
    if (observation.half === 'response' && this.#answered()) this.#answeredAtMs ??= monotonicMs;
  }

  /** The stream is over; one that was not {@link settled} was closed by Envoy. To be called once. */
  finish(monotonicMs: number): Finished {
    const finished = this.#finished(monotonicMs);
    this.discard();
    return finished;
  }

  /** Gives back what is held, for an exchange whose end will never be known. */
  discard(): void {
    this.#request.body.release();
    this.#response.body.release();
  }

  #finished(monotonicMs: number): Finished {
    if (this.#request.state === 'expected') return { lost: 'no-request' };
    const { epochMs, monotonicMs: startedAtMs } = this.#options;
    const header = index(this.#request.headers);
    const requestId = header('x-chronos-request-id');
    if (requestId === '') return { lost: 'no-request-id' };
    const facts = this.#facts;
    const route = header('x-chronos-route');
    const durationMs = Math.max(0, this.#endedAtMs(monotonicMs) - startedAtMs);
    const exchange = create(ExchangeSchema, {
      requestId,
      clientRequestId: header('x-request-id'),
      migration: facts.migration || migrationOfRoute(route),
      group: facts.group || groupOfRoute(route),
      ...this.#transported(header),
      role: facts.role,
      universe: facts.universe,
      deployment: facts.deployment,
      attempt: Number.parseInt(header('x-envoy-attempt-count'), 10) || 1,
      traceparent: header('traceparent'),
      startedAt: instant(epochMs),
      ...(this.#begunMs !== undefined && { begunAt: instant(this.#begunMs) }),
      duration: { seconds: BigInt(Math.floor(durationMs / 1000)), nanos: nanos(durationMs % 1000) },
      request: this.#requestMessage(),
      outcome: this.#answered() ? Outcome.COMPLETE : Outcome.RESET,
      node: facts.node,
    });
    if (this.#response.state !== 'expected') {
      exchange.response = create(HttpMessageSchema, this.#responseMessage());
    }
    return { exchange };
  }

  /** What depends on the transport: a connection has no method and no path. */
  #transported(header: (name: string) => string) {
    if (this.#isTcp) return { transport: Transport.TCP, requestEnded: this.#request.state === 'ended' };
    return { method: header(':method'), path: header(':path').replace(/[?#].*$/s, '') };
  }

  /** Of what was not answered Envoy tells only by closing the stream, which is later. */
  #endedAtMs(closedAtMs: number): number {
    return this.#answeredAtMs ?? Math.max(this.#seenAtMs, closedAtMs - deferredCloseMs);
  }

  #answered(): boolean {
    const { state, headers, body } = this.#response;
    if (state !== 'open') return state === 'ended';
    const length = index(headers)('content-length');
    return /^\d{1,15}$/.test(length) && body.totalBytes === Number(length);
  }

  #requestMessage() {
    const message = this.#request.message();
    return { ...message, headers: this.#isTcp ? [] : withoutCredentials(message.headers) };
  }

  /** The headers around a connection are Envoy's own; the status says that the universe took it. */
  #responseMessage() {
    const message = this.#response.message();
    const isStatus = ({ name }: HeaderField) => name === ':status';
    return this.#isTcp ? { ...message, headers: message.headers.filter(isStatus) } : message;
  }

  get #isTcp(): boolean {
    return this.#facts.transport === Transport.TCP;
  }

  #half(half: Half): MessageHalf {
    return half === 'request' ? this.#request : this.#response;
  }
}

function instant(epochMs: number) {
  return { seconds: BigInt(Math.floor(epochMs / 1000)), nanos: nanos(epochMs % 1000) };
}

function nanos(ms: number): number {
  return Math.min(999_999_999, Math.round(ms * 1e6));
}

const utf8 = new TextDecoder();

/** First value of a header by name; empty when absent. */
function index(fields: readonly HeaderField[]): (name: string) => string {
  return (name) => {
    const field = fields.find((f) => f.name === name);
    return field ? utf8.decode(field.value) : '';
  };
}
