import type { ByteOps } from '../../core/xds/name-lists.ts';

/** By Node's Buffer. */
export const byteOps: ByteOps = {
  same: (a, b) => Buffer.compare(a, b) === 0,
  latin1: (bytes) => buffer(bytes).toString('latin1'),
};

/** The same memory; most messages are Buffers already. */
function buffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
