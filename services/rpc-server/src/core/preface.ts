/** RFC 9113, section 3.4: what a client that knows the server speaks HTTP/2 sends first. */
export const HTTP2_PREFACE: Uint8Array = new TextEncoder().encode('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** What the bytes of a new connection are the start of; `undecided` asks for more bytes. */
export type ConnectionKind = 'http1' | 'http2' | 'undecided';

/**
 * Tells HTTP/2 with prior knowledge from HTTP/1.x by the first bytes of a connection. The preface was chosen so that no HTTP/1 method
 * equals it, so the first differing byte settles the question, and 24 bytes always do.
 */
export function classifyPreface(bytes: Uint8Array): ConnectionKind {
  const seen = Math.min(bytes.length, HTTP2_PREFACE.length);
  for (let at = 0; at < seen; at += 1) {
    if (bytes[at] !== HTTP2_PREFACE[at]) return 'http1';
  }
  return seen === HTTP2_PREFACE.length ? 'http2' : 'undecided';
}
