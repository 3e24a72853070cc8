import type { HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { type HeaderMap, headerMap, joined } from './header-map.ts';
import { type MediaType, parseMediaType } from './media-type.ts';

/** An answer, read as far as all comparisons need it. */
export interface Response {
  /** 0 when there is none. */
  readonly status: number;
  readonly headers: HeaderMap;
  readonly trailers: HeaderMap;
  readonly mediaType: MediaType;
  readonly body: Uint8Array;
  readonly truncated: boolean;
}

export function readResponse(message: HttpMessage | undefined): Response {
  const headers = headerMap(message?.headers ?? []);
  return {
    status: statusOf(message),
    headers,
    trailers: headerMap(message?.trailers ?? []),
    mediaType: parseMediaType(joined(headers, 'content-type')),
    body: message?.body ?? new Uint8Array(),
    truncated: message?.bodyTruncated ?? false,
  };
}

/** HTTP status by the pseudo-header; 0 when there is none. */
export function statusOf(message: HttpMessage | undefined): number {
  const value = message?.headers.find((header) => header.name === ':status')?.value;
  if (value?.length !== 3) return 0;
  return value.reduce((number, digit) => number * 10 + (digit - 0x30), 0);
}
