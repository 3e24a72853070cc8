import { type Codecs, DECODED_BYTES_MAX } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { concatenated } from './binary.ts';

/** What is in the frames of a gRPC, gRPC-Web or Connect body, and how each part is masked; undefined: nothing to mask. */
export interface FrameMasks {
  readonly message: (bytes: Uint8Array) => Uint8Array | undefined;
  /** gRPC-Web's trailers or Connect's end of a stream. */
  readonly end: (bytes: Uint8Array) => Uint8Array | undefined;
}

export type MaskedFrames =
  | { readonly ok: true; readonly bytes: Uint8Array | undefined }
  | { readonly ok: false; readonly reason: 'malformed' | 'corrupt' | 'unknown-encoding' | 'too-large' };

const COMPRESSED = 0x01;
const END = 0x02 | 0x80;
const HEAD_BYTES = 5;

/** Masks message by message; one that had to be decompressed for it and changed is written plain. */
export function maskFrames(
  body: Uint8Array,
  encoding: string,
  codecs: Codecs,
  masks: FrameMasks,
): MaskedFrames {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parts: Uint8Array[] = [];
  let isMasked = false;
  let total = 0;
  for (let at = 0; at < body.length; ) {
    if (body.length - at < HEAD_BYTES) return { ok: false, reason: 'malformed' };
    const flags = view.getUint8(at);
    const end = at + HEAD_BYTES + view.getUint32(at + 1);
    if (end > body.length) return { ok: false, reason: 'malformed' };
    const raw = body.subarray(at + HEAD_BYTES, end);
    const plain =
      (flags & COMPRESSED) === 0
        ? { ok: true as const, bytes: raw }
        : codecs.decode(encoding, raw, DECODED_BYTES_MAX - total);
    if (!plain.ok) return plain;
    total += plain.bytes.length;
    if (total > DECODED_BYTES_MAX) return { ok: false, reason: 'too-large' };
    const masked = (flags & END) === 0 ? masks.message(plain.bytes) : masks.end(plain.bytes);
    isMasked ||= masked !== undefined;
    parts.push(masked === undefined ? body.subarray(at, end) : frame(flags & ~COMPRESSED, masked));
    at = end;
  }
  return { ok: true, bytes: isMasked ? concatenated(parts) : undefined };
}

export function frame(flags: number, content: Uint8Array): Uint8Array {
  const framed = new Uint8Array(HEAD_BYTES + content.length);
  const view = new DataView(framed.buffer);
  view.setUint8(0, flags);
  view.setUint32(1, content.length);
  framed.set(content, HEAD_BYTES);
  return framed;
}
