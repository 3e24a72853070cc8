/**
 * A transaction's part as bytes: what the library would write, byte for byte (encode-update.test.ts), at a fraction of the CPU. Its writer is led by
 * descriptors and gathers many small arrays, which took more than everything else in the capture (npm run bench:entanglement -- --only capture).
 */
import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type {
  EntityChange,
  StateUpdate,
  TransactionPart,
  Vector,
  VectorField,
} from '@chronos/proto/events/v1/state_update_pb.js';

const varint = 0;
const delimited = 2;
const startBytes = 64 * 1024;

/** Appends to one buffer that grows and is used again; field numbers are those of events/v1/state_update.proto. */
class Output {
  #bytes = Buffer.allocUnsafe(startBytes);
  #at = 0;

  /** A copy of what was written; then the next begins. */
  taken(): Uint8Array {
    const copy = Uint8Array.prototype.slice.call(this.#bytes, 0, this.#at);
    this.#at = 0;
    return copy;
  }

  number(field: number, value: number): void {
    if (value === 0) return;
    this.#room(12);
    this.#tag(field, varint);
    this.#uint32(value);
  }

  bigint(field: number, value: bigint): void {
    if (value === 0n) return;
    this.#room(12);
    this.#tag(field, varint);
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#at++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#at++] = Number(rest);
  }

  text(field: number, value: string): void {
    if (value !== '') this.anyText(field, value);
  }

  /** Also where it is empty: which one of several fields is set says something. */
  anyText(field: number, value: string): void {
    this.message(field, () => {
      this.#room(value.length * 3);
      this.#at += this.#bytes.write(value, this.#at);
    });
  }

  /** Also where it is false. */
  anyFlag(field: number, value: boolean): void {
    this.#room(12);
    this.#tag(field, varint);
    this.#bytes[this.#at++] = value ? 1 : 0;
  }

  message(field: number, write: () => void): void {
    this.#room(12);
    this.#tag(field, delimited);
    // Most lengths take one byte; of the others, the content moves on.
    const start = this.#at + 1;
    this.#at = start;
    write();
    const length = this.#at - start;
    const more = lengthBytes(length) - 1;
    if (more > 0) {
      this.#room(more);
      this.#bytes.copyWithin(start + more, start, this.#at);
    }
    this.#at = start - 1;
    this.#uint32(length);
    this.#at += length;
  }

  #tag(field: number, wireType: number): void {
    this.#bytes[this.#at++] = (field << 3) | wireType;
  }

  #uint32(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
    this.#bytes[this.#at++] = rest;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

const out = new Output();

export function encodeTransaction(
  { migration, universe }: Pick<StateUpdate, 'migration' | 'universe'>,
  part: TransactionPart,
): Uint8Array {
  out.text(1, migration);
  out.number(2, universe);
  out.message(3, () => writePart(part));
  return out.taken();
}

function writePart(part: TransactionPart): void {
  out.text(1, part.requestId);
  out.number(2, part.attribution);
  out.bigint(3, part.xid);
  out.bigint(4, part.commitLsn);
  if (part.committedAt !== undefined) writeTime(5, part.committedAt);
  out.number(6, part.part);
  if (part.last) out.anyFlag(7, true);
  for (const change of part.changes) out.message(8, () => writeChange(change));
  out.text(9, part.traceparent);
  out.text(10, part.repairId);
}

function writeTime(field: number, { seconds, nanos }: Timestamp): void {
  out.message(field, () => {
    out.bigint(1, seconds);
    out.number(2, nanos);
  });
}

function writeChange({ entity, key, op, before, after, lsn, table }: EntityChange): void {
  out.text(1, entity);
  out.text(2, key);
  out.number(3, op);
  if (before !== undefined) out.message(4, () => writeVector(before));
  if (after !== undefined) out.message(5, () => writeVector(after));
  out.bigint(6, lsn);
  out.text(7, table);
}

function writeVector({ fields }: Vector): void {
  for (const field of fields) out.message(1, () => writeField(field));
}

const numbers = { text: 2, null: 3, masked: 4, unknown: 5 } as const;

function writeField({ name, value, type }: VectorField): void {
  out.text(1, name);
  if (value.case === 'text' || value.case === 'masked') out.anyText(numbers[value.case], value.value);
  else if (value.case !== undefined) out.anyFlag(numbers[value.case], value.value);
  out.number(6, type);
}

function lengthBytes(length: number): number {
  return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5;
}
