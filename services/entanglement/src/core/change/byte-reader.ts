/** The bytes are not what the protocol says; `at` is the offset in the message. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
  readonly at: number;

  constructor(what: string, at: number) {
    super(`${what} at byte ${at}`);
    this.at = at;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads big-endian values one after another; never past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.byteLength - this.#at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#skip(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#skip(4));
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#skip(8));
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#skip(8));
  }

  /** As many bytes as a length says; a length that is negative reads as a huge one and fails. */
  bytes(length: number): Uint8Array {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    const start = this.#at;
    return decoded(this.bytes(length), start);
  }

  /** As {@link text}; undefined where the bytes are not UTF-8. */
  textIfAny(length: number): string | undefined {
    try {
      return utf8.decode(this.bytes(length));
    } catch (error) {
      if (error instanceof MalformedMessage) throw error;
      return undefined;
    }
  }

  /** Text up to a zero byte. */
  cstring(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new MalformedMessage('text without an end', this.#at);
    const text = this.text(end - this.#at);
    this.#skip(1);
    return text;
  }

  /** What is left of the message. */
  rest(): Uint8Array {
    return this.bytes(this.left);
  }

  #skip(length: number): number {
    if (length > this.left)
      throw new MalformedMessage(`${length} bytes are announced, ${this.left} are left`, this.#at);
    const start = this.#at;
    this.#at += length;
    return start;
  }
}

function decoded(bytes: Uint8Array, at: number): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new MalformedMessage('text that is not UTF-8', at);
  }
}
