/** A byte stream that is not what a gRPC client may send here; `code` is the gRPC status that tells it so. */
export class GrpcFault extends Error {
  override readonly name = 'GrpcFault';
  readonly code: 'resource-exhausted' | 'unimplemented';

  constructor(code: GrpcFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const PREFIX_BYTES = 5;

/**
 * Splits a gRPC byte stream into its length-prefixed messages (gRPC over HTTP2, "Length-Prefixed-Message"). A message that lies within one
 * chunk is handed out as a view of it, so it is valid only until the next chunk.
 */
export class GrpcMessages {
  readonly #bytesMax: number;
  readonly #prefix = new Uint8Array(PREFIX_BYTES);
  #prefixFilled = 0;
  /** Undefined while no message spans chunks. */
  #message: Uint8Array | undefined;
  #messageFilled = 0;

  /** @param bytesMax the longest message that is accepted; no memory is taken for a longer one. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** The messages that `chunk` completes, in order. @throws GrpcFault for a compressed or an oversized one. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    const messages: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#message !== undefined) {
        at += this.#fill(this.#message, chunk.subarray(at));
        if (this.#messageFilled < this.#message.length) break;
        messages.push(this.#message);
        this.#message = undefined;
        continue;
      }
      const taken = Math.min(PREFIX_BYTES - this.#prefixFilled, chunk.length - at);
      this.#prefix.set(chunk.subarray(at, at + taken), this.#prefixFilled);
      this.#prefixFilled += taken;
      at += taken;
      if (this.#prefixFilled < PREFIX_BYTES) break;
      this.#prefixFilled = 0;
      const length = this.#declaredLength();
      if (chunk.length - at >= length) {
        messages.push(chunk.subarray(at, at + length));
        at += length;
      } else {
        this.#message = new Uint8Array(length);
        this.#messageFilled = 0;
      }
    }
    return messages;
  }

  #fill(message: Uint8Array, bytes: Uint8Array): number {
    const taken = bytes.subarray(0, message.length - this.#messageFilled);
    message.set(taken, this.#messageFilled);
    this.#messageFilled += taken.length;
    return taken.length;
  }

  #declaredLength(): number {
    const [flag = 0, a = 0, b = 0, c = 0, d = 0] = this.#prefix;
    if (flag !== 0) throw new GrpcFault('unimplemented', 'a compressed message; only identity is accepted');
    const length = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
    if (length > this.#bytesMax) {
      const reason = `a message of ${length} bytes; at most ${this.#bytesMax} are accepted`;
      throw new GrpcFault('resource-exhausted', reason);
    }
    return length;
  }
}
