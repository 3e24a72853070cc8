/** The outer messages of a replication connection (PostgreSQL manual, "Streaming Replication Protocol"). */
import { ByteReader, MalformedMessage } from './byte-reader.ts';

export type ReplicationMessage =
  | { readonly kind: 'data'; readonly walEnd: bigint; readonly payload: Uint8Array }
  | { readonly kind: 'keepalive'; readonly walEnd: bigint; readonly mustReply: boolean };

/** @throws MalformedMessage */
export function decodeReplication(bytes: Uint8Array): ReplicationMessage {
  const reader = new ByteReader(bytes);
  const tag = String.fromCharCode(reader.uint8());
  if (tag === 'w') {
    reader.uint64(); // where this piece begins
    const walEnd = reader.uint64();
    reader.int64(); // the server's clock
    return { kind: 'data', walEnd, payload: reader.rest() };
  }
  if (tag === 'k') {
    const walEnd = reader.uint64();
    reader.int64();
    return { kind: 'keepalive', walEnd, mustReply: reader.uint8() === 1 };
  }
  throw new MalformedMessage(`unknown kind of message ${JSON.stringify(tag)}`, 0);
}

/** Standby status update: everything before `lsn` is written, flushed and applied here, the server may forget it. */
export function encodeStatus(lsn: bigint): Uint8Array {
  const bytes = new Uint8Array(34);
  const view = new DataView(bytes.buffer);
  bytes[0] = 'r'.charCodeAt(0);
  view.setBigUint64(1, lsn);
  view.setBigUint64(9, lsn);
  view.setBigUint64(17, lsn);
  // Offset 25: our clock, which the server only shows; 33: no reply wanted.
  return bytes;
}

/**
 * Hands out messages until one cannot be read, which is told once. `pg` tells the rest of a packet even after its socket was destroyed: nothing behind a
 * message that is missing may be taken for what comes next, or it would be confirmed with it.
 */
export function untilUnreadable(
  onMessage: (message: ReplicationMessage) => void,
  onUnreadable: (error: Error) => void,
): (bytes: Uint8Array) => void {
  let isBroken = false;
  return (bytes) => {
    if (isBroken) return;
    try {
      onMessage(decodeReplication(bytes));
    } catch (error) {
      isBroken = true;
      onUnreadable(error instanceof Error ? error : new Error(String(error)));
    }
  };
}
