/** Eight bytes: a length of 8 and one of these codes (PostgreSQL, "SSLRequest", "GSSENCRequest"). */
const CODES: ReadonlySet<number> = new Set([80_877_103, 80_877_104]);
const REQUEST_BYTES = 8;
const REFUSED = 'N'.charCodeAt(0);

/**
 * A client may ask for encryption before it says anything else, and the server answers each such request by one byte outside of any frame:
 * `N` refuses, everything else begins to encrypt (or is an error's first byte, from a server older than these requests).
 */
export function earlyReplies(
  answer: Uint8Array,
  request: Uint8Array,
): { readonly count: number; readonly encrypted: boolean } {
  const view = new DataView(request.buffer, request.byteOffset, request.byteLength);
  let count = 0;
  for (let at = 0; at + REQUEST_BYTES <= request.length && count < answer.length; at += REQUEST_BYTES) {
    if (view.getUint32(at) !== REQUEST_BYTES || !CODES.has(view.getUint32(at + 4))) break;
    count += 1;
    if (answer[count - 1] !== REFUSED) return { count, encrypted: true };
  }
  return { count, encrypted: false };
}
