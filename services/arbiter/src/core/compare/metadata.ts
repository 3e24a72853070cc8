import type { HeaderMap } from './header-map.ts';
import { isCompared } from './header-meaning.ts';
import { isFramed } from './read-framed.ts';
import type { Response } from './response.ts';

/** What proxies, the protocol and each hop write of themselves. */
const NOT_METADATA =
  /^(?::|grpc-|connect-|x-envoy-|x-chronos-|x-b3-|(?:accept-encoding|age|alt-svc|b3|connection|content-encoding|content-length|date|keep-alive|server|te|trailer|traceparent|tracestate|transfer-encoding|upgrade|user-agent|via|x-powered-by|x-request-id)$)/;

/** Whether a header of a gRPC answer is metadata that the service set, which clients read. */
export function isMetadata(name: string): boolean {
  return !NOT_METADATA.test(name);
}

export function isGrpc({ mediaType }: Response): boolean {
  return isFramed(mediaType.essence);
}

/** An answer of nothing but an end: its metadata stands in the headers, and clients read it as trailers. */
export function isTrailersOnly(response: Response): boolean {
  return isGrpc(response) && response.trailers.size === 0 && response.headers.has('grpc-status');
}

/** The headers that come before the messages. */
export function leading(response: Response): HeaderMap {
  if (!isTrailersOnly(response)) return response.headers;
  return new Map([...response.headers].filter(([name]) => isCompared(name) || !isMetadata(name)));
}

/** The metadata at the end. */
export function trailing(response: Response): HeaderMap {
  if (!isTrailersOnly(response)) return response.trailers;
  return new Map([...response.headers].filter(([name]) => !isCompared(name) && isMetadata(name)));
}
