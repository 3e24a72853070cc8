import { create } from '@bufbuild/protobuf';
import {
  type Exchange,
  ExchangeSchema,
  Outcome,
  Role,
  Transport,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';

export interface ConnectionParts {
  readonly universe: 'legacy' | 'modern';
  readonly role?: 'authority' | 'shadow';
  /** What the client said and what came back: text, each character a byte. */
  readonly request?: string;
  readonly response?: string;
  /** Default: the universe closed in order, after the client had. */
  readonly ended?: 'in-order' | 'by-service' | 'reset';
  /** The client had ended its side; default: unless the service closed first. */
  readonly clientEnded?: boolean;
  readonly truncated?: boolean;
  /** Default: the universe took the connection. */
  readonly taken?: boolean;
  readonly attempt?: number;
}

/** A captured TCP connection with sensible parts, for tests. */
export function connection(parts: ConnectionParts): Exchange {
  const { universe, request = '', response = '', ended = 'in-order' } = parts;
  const role = parts.role ?? (universe === 'legacy' ? 'authority' : 'shadow');
  const message = (text: string) => {
    const body = Uint8Array.from(text, (char) => char.charCodeAt(0));
    return { body, bodyBytes: BigInt(body.length), bodyTruncated: parts.truncated ?? false };
  };
  return create(ExchangeSchema, {
    requestId: 'c1',
    migration: 'm',
    group: 'terminals',
    transport: Transport.TCP,
    role: role === 'shadow' ? Role.SHADOW : Role.AUTHORITY,
    universe: universe === 'legacy' ? Universe.LEGACY : Universe.MODERN,
    attempt: parts.attempt ?? 1,
    request: message(request),
    ...(parts.taken !== false && { response: message(response) }),
    outcome: ended === 'reset' ? Outcome.RESET : Outcome.COMPLETE,
    requestEnded: parts.clientEnded ?? ended !== 'by-service',
  });
}
