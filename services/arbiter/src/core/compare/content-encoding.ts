/** Undoes one content coding; given by the shell, since compression is not the core's own. Must stop at `bytesMax`. */
export interface Codecs {
  readonly decode: (coding: string, bytes: Uint8Array, bytesMax: number) => Decoded;
}

export type Decoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'unknown-encoding' | 'corrupt' | 'too-large' };

/** Largest decoded body that is compared: a few compressed bytes must not become gigabytes. */
export const DECODED_BYTES_MAX = 8 << 20;

/** More codings than this on one body are an attack or a mistake. */
const CODINGS_MAX = 4;

/** Codings of a content-encoding header in the order in which they were applied; `identity` changes nothing. */
export function codingsOf(header: string): string[] {
  return header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/** The body as its media type describes it. */
export function decodeContent(bytes: Uint8Array, contentEncoding: string, codecs: Codecs): Decoded {
  const codings = codingsOf(contentEncoding);
  if (codings.length > CODINGS_MAX) return { ok: false, reason: 'unknown-encoding' };
  let current = bytes;
  for (const coding of codings.reverse()) {
    // HEAD, 204 and 304 name the coding of a body that is not sent.
    if (current.length === 0) break;
    const decoded = codecs.decode(coding, current, DECODED_BYTES_MAX);
    if (!decoded.ok) return decoded;
    current = decoded.bytes;
  }
  return { ok: true, bytes: current };
}
