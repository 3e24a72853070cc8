/** A peer that does not speak gRPC as Envoy does, or sends messages in an order that no HTTP exchange has. */
export class MalformedStream extends Error {
  override readonly name = 'MalformedStream';
}

const prefixBytes = 5;
// Larger than any body chunk that Envoy forwards (its buffers hold 1 MiB); a length beyond it is not a length.
const messageBytesMax = 16 * 1024 * 1024;
const nothing = new Uint8Array(0);

/**
 * Splits a gRPC byte stream into its length-prefixed messages. Each message is a copy of its own: a view would keep the socket's whole
 * read buffer (64 KiB) alive for as long as a few header values are held.
 */
export class GrpcFrames {
  readonly #prefix = new Uint8Array(prefixBytes);
  #prefixFilled = 0;
  #message = nothing;
  #messageFilled = 0;

  /** The messages that `chunk` completes, in order. Throws {@link MalformedStream} for a compressed or oversized one. */
  push(chunk: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#prefixFilled < prefixBytes) {
        const taken = Math.min(prefixBytes - this.#prefixFilled, chunk.length - at);
        this.#prefix.set(chunk.subarray(at, at + taken), this.#prefixFilled);
        this.#prefixFilled += taken;
        at += taken;
        if (this.#prefixFilled < prefixBytes) break;
        this.#message = new Uint8Array(declaredLength(this.#prefix));
        this.#messageFilled = 0;
      }
      // Also with nothing left of the chunk: a message without content is complete with its prefix.
      const taken = Math.min(this.#message.length - this.#messageFilled, chunk.length - at);
      this.#message.set(chunk.subarray(at, at + taken), this.#messageFilled);
      this.#messageFilled += taken;
      at += taken;
      if (this.#messageFilled === this.#message.length) {
        messages.push(this.#message);
        this.#message = nothing;
        this.#prefixFilled = 0;
      }
    }
    return messages;
  }
}

function declaredLength(prefix: Uint8Array): number {
  if (prefix[0] !== 0) throw new MalformedStream('a compressed gRPC message; Envoy sends none');
  const length = new DataView(prefix.buffer).getUint32(1);
  if (length > messageBytesMax) {
    throw new MalformedStream(`a gRPC message of ${length} bytes; at most ${messageBytesMax} are accepted`);
  }
  return length;
}
