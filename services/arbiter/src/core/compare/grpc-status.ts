import { diffValues } from './diff.ts';
import type { Findings } from './findings.ts';
import { Code } from './grpc-code.ts';
import { type HeaderMap, joined } from './header-map.ts';
import { enterField, type RuleCursor } from './path-rules.ts';
import type { Value } from './value.ts';

/** Compared here, not as plain trailers. */
export const GRPC_STATUS_FIELDS: ReadonlySet<string> = new Set([
  'grpc-status',
  'grpc-message',
  'grpc-status-details-bin',
]);

/** Where a gRPC answer's status stands: in the trailers, or in the headers when there is nothing else (trailers-only). */
export function statusSource(headers: HeaderMap, trailers: HeaderMap): HeaderMap {
  return trailers.has('grpc-status') ? trailers : headers;
}

/** Adds to `out` how two gRPC statuses differ: code, message, details. */
export function compareGrpcStatus(
  legacy: HeaderMap,
  modern: HeaderMap,
  rules: RuleCursor,
  out: Findings,
): void {
  const grpc = { step: 'grpc' };
  const status = { parent: grpc, step: 'status' };
  diffValues(codeOf(legacy), codeOf(modern), status, enterField(enterField(rules, 'grpc'), 'status'), out);
  const trailer = { step: 'trailer' };
  const trailerRules = enterField(rules, 'trailer');
  const fields: readonly [string, (headers: HeaderMap) => Value | undefined][] = [
    ['grpc-message', messageOf],
    ['grpc-status-details-bin', detailsOf],
  ];
  for (const [name, read] of fields) {
    diffValues(
      read(legacy),
      read(modern),
      { parent: trailer, step: name },
      enterField(trailerRules, name),
      out,
    );
  }
}

/** Number of the status; undefined when there is none or it is no number. */
export function grpcCode(source: HeaderMap): number | undefined {
  const text = joined(source, 'grpc-status').trim();
  return /^[0-9]{1,3}$/.test(text) ? Number(text) : undefined;
}

/** By name, which says more to people than the number. */
function codeOf(source: HeaderMap): string | undefined {
  const code = grpcCode(source);
  if (code === undefined) return source.get('grpc-status')?.[0];
  return Code[code] ?? String(code);
}

/** An empty message is none. Percent-encoding is only how it travels. */
function messageOf(source: HeaderMap): string | undefined {
  const text = joined(source, 'grpc-message');
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Base64 with or without padding. */
function detailsOf(source: HeaderMap): Value | undefined {
  const text = joined(source, 'grpc-status-details-bin').trim();
  if (text === '') return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return text;
  }
}
