import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { Codecs, Decoded } from '../core/compare/content-encoding.ts';

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateEither,
  zstd: zstdDecompressSync,
};

/** The content codings of the web, with node's own decoders; none writes more than asked for. */
export const codecs: Codecs = {
  decode(coding, bytes, bytesMax): Decoded {
    const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    if (!decoder) return { ok: false, reason: 'unknown-encoding' };
    if (bytesMax <= 0) return { ok: false, reason: 'too-large' };
    try {
      return { ok: true, bytes: decoder(bytes, { maxOutputLength: bytesMax }) };
    } catch (error) {
      return { ok: false, reason: errorCode(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'corrupt' };
    }
  },
};

/** `deflate` means zlib's format (RFC 9110, section 8.4.1.2), yet some servers send it bare, and browsers take both. */
function inflateEither(bytes: Uint8Array, options: { maxOutputLength: number }): Buffer {
  const [first = 0, second = 0] = bytes;
  const hasZlibHead = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  return hasZlibHead ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}

function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
