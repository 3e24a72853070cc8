import type { HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { headerMap, joined } from './header-map.ts';

/** Headers whose value is a reference to be resolved against the request's own URL (RFC 9110, sections 8.7 and 10.2.2). */
const REFERENCES: ReadonlySet<string> = new Set(['location', 'content-location']);

/** The URL that the client asked for; undefined where the request does not say. */
export function requestUrl(request: HttpMessage | undefined): URL | undefined {
  const headers = headerMap(request?.headers ?? []);
  const authority = joined(headers, ':authority') || joined(headers, 'host');
  if (authority === '') return undefined;
  // What the proxy speaks to the service says nothing of what the client spoke to the proxy.
  const scheme = joined(headers, 'x-forwarded-proto') || joined(headers, ':scheme') || 'http';
  return parsed(`${scheme}://${authority}${joined(headers, ':path') || '/'}`);
}

/** Whether two texts of this header lead a client to the same place, though one is relative or spelled otherwise. */
export function sameReference(
  name: string,
  legacy: string,
  modern: string,
  base: () => URL | undefined,
): boolean {
  if (!REFERENCES.has(name)) return false;
  const url = base();
  if (!url) return false;
  const [a, b] = [parsed(legacy.trim(), url), parsed(modern.trim(), url)];
  return a !== undefined && b !== undefined && a.href === b.href;
}

function parsed(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
}
