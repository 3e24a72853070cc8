import type { Header, HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { isCompared } from './header-meaning.ts';
import { isMetadata } from './metadata.ts';
import { sameBytes } from './value.ts';

/**
 * Whether two answers are the same byte for byte in everything that is compared: the short cut that nearly all answers of a good migration
 * take. False only means that a closer look is needed.
 */
export function sameAnswer(
  legacy: HttpMessage | undefined,
  modern: HttpMessage | undefined,
  declared: ReadonlySet<string>,
): boolean {
  const isGrpc =
    legacy?.headers.some(({ name, value }) => name === 'content-type' && isFramedType(value)) ?? false;
  return (
    legacy !== undefined &&
    modern !== undefined &&
    !legacy.bodyTruncated &&
    !modern.bodyTruncated &&
    sameBytes(legacy.body, modern.body) &&
    sameHeaders(
      legacy.headers,
      modern.headers,
      (name) => isNeeded(name) || declared.has(name) || (isGrpc && isMetadata(name)),
    ) &&
    sameHeaders(legacy.trailers, modern.trailers, () => true)
  );
}

const FRAMED_TYPE = new TextEncoder().encode('application/');

/** `application/grpc…` or `application/connect…`: told by a byte or two, since this is looked at in each answer. */
function isFramedType(type: Uint8Array): boolean {
  const next = type[FRAMED_TYPE.length];
  return (next === 0x67 || next === 0x63) && FRAMED_TYPE.every((byte, at) => type[at] === byte);
}

/** What tells the answer's meaning besides the headers that a client acts on. */
function isNeeded(name: string): boolean {
  return isCompared(name) || name === ':status' || name === 'content-encoding' || name.startsWith('grpc-');
}

function sameHeaders(a: readonly Header[], b: readonly Header[], needed: (name: string) => boolean): boolean {
  let j = 0;
  for (const header of a) {
    if (!needed(header.name)) continue;
    j = nextNeeded(b, j, needed);
    const other = b[j];
    if (other?.name !== header.name || !sameBytes(other.value, header.value)) return false;
    j += 1;
  }
  return nextNeeded(b, j, needed) === b.length;
}

function nextNeeded(headers: readonly Header[], from: number, needed: (name: string) => boolean): number {
  let at = from;
  while (at < headers.length && !needed(headers[at]?.name ?? '')) at += 1;
  return at;
}
