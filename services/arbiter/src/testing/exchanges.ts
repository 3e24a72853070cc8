import { create } from '@bufbuild/protobuf';
import { durationFromMs, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Exchange,
  ExchangeSchema,
  type HttpMessage,
  HttpMessageSchema,
  Outcome,
  Role,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';

export type HeaderPairs = readonly (readonly [name: string, value: string | Uint8Array])[];

export interface Answer {
  readonly status?: number;
  readonly headers?: HeaderPairs;
  readonly trailers?: HeaderPairs;
  readonly body?: string | Uint8Array;
  readonly truncated?: boolean;
}

export interface ExchangeParts extends Answer {
  readonly id?: string;
  readonly role?: 'authority' | 'shadow' | 'second';
  readonly universe?: 'legacy' | 'modern';
  readonly attempt?: number;
  readonly outcome?: 'complete' | 'reset';
  readonly path?: string;
  readonly method?: string;
  readonly requestHeaders?: HeaderPairs;
  readonly requestBody?: string | Uint8Array;
  readonly migration?: string;
  readonly group?: string;
  /** Epoch milliseconds. */
  readonly startedAtMs?: number;
  readonly begunAtMs?: number;
  readonly durationMs?: number;
}

const ROLES = { authority: Role.AUTHORITY, shadow: Role.SHADOW, second: Role.SECOND };

/** An exchange with sensible parts, for tests. */
export function exchange(parts: ExchangeParts = {}): Exchange {
  const universe = parts.universe ?? 'legacy';
  const complete = (parts.outcome ?? 'complete') === 'complete';
  return create(ExchangeSchema, {
    requestId: parts.id ?? 'r1',
    clientRequestId: `client-${parts.id ?? 'r1'}`,
    migration: parts.migration ?? 'm',
    group: parts.group ?? 'g',
    method: parts.method ?? 'GET',
    path: parts.path ?? '/accounts/17',
    role: ROLES[parts.role ?? 'authority'],
    universe: universe === 'modern' ? Universe.MODERN : Universe.LEGACY,
    deployment: `${universe}@1`,
    attempt: parts.attempt ?? 1,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    startedAt: timestampFromMs(parts.startedAtMs ?? 1_000),
    ...(parts.begunAtMs !== undefined && { begunAt: timestampFromMs(parts.begunAtMs) }),
    duration: durationFromMs(parts.durationMs ?? 3),
    request: message({
      headers: [[':method', parts.method ?? 'GET'], ...(parts.requestHeaders ?? [])],
      body: parts.requestBody ?? '',
    }),
    outcome: complete ? Outcome.COMPLETE : Outcome.RESET,
    node: 'envoy-1',
    ...(complete && { response: answer(parts) }),
  });
}

function answer({
  status = 200,
  headers = [['content-type', 'application/json']],
  ...rest
}: Answer): HttpMessage {
  return message({ ...rest, headers: [[':status', String(status)], ...headers] });
}

function message({ headers = [], trailers = [], body = '', truncated = false }: Answer): HttpMessage {
  const bytes = encoded(body);
  return create(HttpMessageSchema, {
    headers: headers.map(([name, value]) => ({ name, value: encoded(value) })),
    trailers: trailers.map(([name, value]) => ({ name, value: encoded(value) })),
    body: bytes,
    bodyBytes: BigInt(bytes.length),
    bodyTruncated: truncated,
  });
}

function encoded(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
