import type { Codecs } from './content-encoding.ts';
import { DECODED_BYTES_MAX } from './content-encoding.ts';

/**
 * Length-prefixed messages, as gRPC, gRPC-Web and Connect's streams share them: one byte of flags, four of length, the message.
 * Flag 0x01: compressed. gRPC-Web ends with a frame of trailers (0x80), Connect with an end-of-stream message (0x02).
 */
export type Frames =
  | {
      readonly ok: true;
      readonly messages: readonly Uint8Array[];
      /** Content of the closing frame, if there was one. */
      readonly end: Uint8Array | undefined;
    }
  | { readonly ok: false; readonly reason: FrameProblem };

export type FrameProblem = 'malformed' | 'corrupt' | 'unknown-encoding' | 'too-large';

const COMPRESSED = 0x01;
const CONNECT_END = 0x02;
const WEB_TRAILERS = 0x80;
const HEAD_BYTES = 5;

export function splitFrames(body: Uint8Array, encoding: string, codecs: Codecs): Frames {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const messages: Uint8Array[] = [];
  let end: Uint8Array | undefined;
  let total = 0;
  let at = 0;
  while (at < body.length) {
    if (end !== undefined || body.length - at < HEAD_BYTES) return { ok: false, reason: 'malformed' };
    const flags = view.getUint8(at);
    const length = view.getUint32(at + 1);
    at += HEAD_BYTES;
    if (length > body.length - at) return { ok: false, reason: 'malformed' };
    const raw = body.subarray(at, at + length);
    at += length;
    const content =
      (flags & COMPRESSED) === 0
        ? { ok: true as const, bytes: raw }
        : codecs.decode(encoding, raw, DECODED_BYTES_MAX - total);
    if (!content.ok) return content;
    total += content.bytes.length;
    if (total > DECODED_BYTES_MAX) return { ok: false, reason: 'too-large' };
    if ((flags & (CONNECT_END | WEB_TRAILERS)) !== 0) end = content.bytes;
    else messages.push(content.bytes);
  }
  return { ok: true, messages, end };
}
