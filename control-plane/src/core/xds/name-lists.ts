/** A repeated string field as it stood in a request. */
export interface NameList {
  /** The encoded fields, tags and lengths included. */
  readonly bytes: Uint8Array;
  /** Never modified: equal lists of all streams are one array, so that what is derived from it is derived once. */
  readonly names: readonly string[];
}

/** What is native in the shell and slow here. */
export interface ByteOps {
  /** Whether two arrays hold the same bytes. */
  same(a: Uint8Array, b: Uint8Array): boolean;
  /** The text, one character a byte. */
  latin1(bytes: Uint8Array): string;
}

/** Bytes of lists kept for the next stream that sends the same; beyond them the oldest are forgotten, which costs time only. */
const SHARED_BYTES_MAX = 16 * 1024 * 1024;

/**
 * The lists of names that clients send, decoded once for all who send the same. A thousand proxies that subscribe to the same thousand names
 * then share one array, and each repeats it with every ACK at the cost of comparing bytes.
 */
export class NameLists {
  readonly ops: ByteOps;
  readonly #bytesMax: number;
  readonly #byHash = new Map<number, NameList>();
  #bytes = 0;

  constructor(ops: ByteOps, bytesMax = SHARED_BYTES_MAX) {
    this.ops = ops;
    this.#bytesMax = bytesMax;
  }

  /** @param bytes encoded string fields of one number; copied if kept @param decode what they say, if they are new. */
  share(bytes: Uint8Array, decode: (bytes: Uint8Array) => readonly string[]): NameList {
    const hash = fnv1a(bytes);
    const known = this.#byHash.get(hash);
    if (known !== undefined && this.ops.same(known.bytes, bytes)) return known;
    const list = { bytes: bytes.slice(), names: decode(bytes) };
    if (known === undefined) {
      this.#byHash.set(hash, list);
      this.#bytes += bytes.length;
      this.#forget();
    }
    return list;
  }

  #forget(): void {
    for (const [hash, { bytes }] of this.#byHash) {
      if (this.#bytes <= this.#bytesMax) return;
      this.#byHash.delete(hash);
      this.#bytes -= bytes.length;
    }
  }
}

/** FNV-1a, 32 bits: finds the candidate; the bytes decide. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash;
}
