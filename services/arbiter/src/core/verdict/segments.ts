import type { Segment } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { type HeaderMap, headerMap, joined } from '../compare/header-map.ts';
import { parseJson } from '../compare/json.ts';
import { cut } from '../compare/show.ts';
import { isObject, NumberText, type Value } from '../compare/value.ts';

/** Longer values would not be segments but contents. */
const VALUE_CHARS_MAX = 64;

/** The declared properties of a request; those that it does not have are left out. */
export function segmentsOf(request: Exchange, segments: readonly Segment[]): Record<string, string> {
  if (segments.length === 0) return {};
  const headers = headerMap(request.request?.headers ?? []);
  const claims = segments.some((s) => s.source.case === 'jwtClaim') ? claimsOf(headers) : undefined;
  const found: Record<string, string> = {};
  for (const { name, source } of segments) {
    const value =
      source.case === 'header'
        ? joined(headers, source.value.toLowerCase())
        : claimText(claims, source.value ?? '');
    if (value !== '') found[name] = cut(value, VALUE_CHARS_MAX);
  }
  return found;
}

/** The payload of the bearer token. Read to sort the evidence, never trusted. */
function claimsOf(headers: HeaderMap): ReadonlyMap<string, Value> | undefined {
  const payload = /^bearer [\w-]+\.([\w-]+)\./i.exec(joined(headers, 'authorization'))?.[1];
  if (payload === undefined) return undefined;
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const json = parseJson(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
    return json.ok && isObject(json.value) ? json.value : undefined;
  } catch {
    return undefined;
  }
}

function claimText(claims: ReadonlyMap<string, Value> | undefined, name: string): string {
  const value = claims?.get(name);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return value instanceof NumberText ? value.text : '';
}
