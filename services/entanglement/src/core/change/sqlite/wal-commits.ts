/**
 * Where transactions end in a SQLite database in WAL mode: read from the write-ahead log's file, whose frames of one transaction end with one that
 * says so (https://sqlite.org/fileformat2.html, section 4). Of each transaction one page is of interest, its last image.
 */

export const walHeaderBytes = 32;
const frameHeaderBytes = 24;
const magicLittle = 0x377f0682;
const magicBig = 0x377f0683;

/** Reads up to `length` bytes at `offset` of the file; fewer at its end. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

interface Generation {
  readonly salts: bigint;
  readonly pageBytes: number;
  /** Checksums are over words of this order. */
  readonly littleEndian: boolean;
}

interface Sums {
  readonly s0: number;
  readonly s1: number;
}

/**
 * Follows the log through its generations: after a checkpoint SQLite begins at the file's start again, with other salts. Frames count once their
 * checksum is right and a commit follows them; what a writer is about to write is read again later.
 */
export class WalCommits {
  #generation: Generation | undefined;
  #generations = 0;
  #offset = walHeaderBytes;
  #sums: Sums = { s0: 0, s1: 0 };

  /** Up to the end of the last transaction that was seen. */
  get bytes(): number {
    return this.#offset;
  }

  /** How many logs were seen in the file, each begun anew. */
  get generations(): number {
    return this.#generations;
  }

  /** Images of page `page` as the transactions committed since the last call left it, in their order; those that did not write it are left out. */
  read(readAt: ReadAt, page: number): Uint8Array[] {
    const header = readAt(0, walHeaderBytes);
    const found = header.length < walHeaderBytes ? undefined : generationOf(header);
    if (found === undefined) return [];
    if (found.generation.salts !== this.#generation?.salts) {
      this.#generation = found.generation;
      this.#generations += 1;
      this.#offset = walHeaderBytes;
      this.#sums = found.sums;
    }
    return this.#frames(readAt, page, found.generation);
  }

  #frames(readAt: ReadAt, page: number, { pageBytes, salts, littleEndian }: Generation): Uint8Array[] {
    const images: Uint8Array[] = [];
    let image: Uint8Array | undefined;
    let sums = this.#sums;
    for (let offset = this.#offset; ; ) {
      const frame = readAt(offset, frameHeaderBytes + pageBytes);
      if (frame.length < frameHeaderBytes + pageBytes) return images;
      const view = viewOf(frame);
      if (view.getBigUint64(8) !== salts) return images;
      const body = frame.subarray(frameHeaderBytes);
      sums = checksum(body, checksum(frame.subarray(0, 8), sums, littleEndian), littleEndian);
      if (view.getUint32(16) !== sums.s0 || view.getUint32(20) !== sums.s1) return images;
      if (view.getUint32(0) === page) image = body;
      offset += frame.length;
      if (view.getUint32(4) === 0) continue;
      if (image !== undefined) images.push(image);
      image = undefined;
      this.#offset = offset;
      this.#sums = sums;
    }
  }
}

/** Undefined where the header is none, or is just being written. */
function generationOf(header: Uint8Array): { generation: Generation; sums: Sums } | undefined {
  const view = viewOf(header);
  const magic = view.getUint32(0);
  if (magic !== magicLittle && magic !== magicBig) return undefined;
  const littleEndian = magic === magicLittle;
  const sums = checksum(header.subarray(0, 24), { s0: 0, s1: 0 }, littleEndian);
  if (view.getUint32(24) !== sums.s0 || view.getUint32(28) !== sums.s1) return undefined;
  return {
    generation: { salts: view.getBigUint64(16), pageBytes: view.getUint32(8), littleEndian },
    sums,
  };
}

/** SQLite's cumulative checksum: Fibonacci-weighted, over pairs of 32-bit words. */
function checksum(bytes: Uint8Array, from: Sums, littleEndian: boolean): Sums {
  const view = viewOf(bytes);
  let { s0, s1 } = from;
  for (let at = 0; at < bytes.length; at += 8) {
    s0 = (s0 + view.getUint32(at, littleEndian) + s1) >>> 0;
    s1 = (s1 + view.getUint32(at + 4, littleEndian) + s0) >>> 0;
  }
  return { s0, s1 };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
