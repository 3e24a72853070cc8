import type { Header } from '@chronos/proto/events/v1/exchange_pb.js';
import { decodeHeader } from './charset.ts';

/** Headers by name (lower case), each with its values in the order of arrival. */
export type HeaderMap = ReadonlyMap<string, readonly string[]>;

export function headerMap(headers: readonly Header[]): HeaderMap {
  const map = new Map<string, string[]>();
  for (const { name, value } of headers) {
    const values = map.get(name);
    if (values) values.push(decodeHeader(value));
    else map.set(name, [decodeHeader(value)]);
  }
  return map;
}

/** All values of one header as one list (RFC 9110, section 5.3); absent: empty. */
export function joined(headers: HeaderMap, name: string): string {
  return headers.get(name)?.join(', ') ?? '';
}
