import { fromBinary } from '@bufbuild/protobuf';
import { BinaryReader, type WireType } from '@bufbuild/protobuf/wire';
import { type Timestamp, TimestampSchema } from '@bufbuild/protobuf/wkt';
import { type Watermark, WatermarkSchema } from '@chronos/proto/events/v1/state_update_pb.js';

export interface TouchedRow {
  readonly entity: string;
  readonly key: string;
}

/** A transaction's part without what its rows were and are. */
export interface SkimmedPart {
  readonly requestId: string;
  readonly attribution: number;
  readonly commitLsn: bigint;
  readonly committedAt: Timestamp | undefined;
  readonly part: number;
  readonly changes: readonly TouchedRow[];
}

export interface SkimmedUpdate {
  readonly migration: string;
  readonly universe: number;
  readonly what:
    | { readonly case: 'transaction'; readonly value: SkimmedPart }
    | { readonly case: 'watermark'; readonly value: Watermark }
    | { readonly case: undefined };
}

/**
 * A state update as those need it who only keep track of which rows are touched: each process of the entanglement reads the whole topic, and making
 * objects of all images took more CPU than capturing them. Field numbers are those of events/v1/state_update.proto.
 */
export function skimUpdate(bytes: Uint8Array): SkimmedUpdate {
  const reader = new BinaryReader(bytes);
  let migration = '';
  let universe = 0;
  let what: SkimmedUpdate['what'] = { case: undefined };
  eachField(reader, bytes.length, (field) => {
    if (field === 1) migration = reader.string();
    else if (field === 2) universe = reader.int32();
    else if (field === 3) what = { case: 'transaction', value: within(reader, skimPart) };
    else if (field === 4) what = { case: 'watermark', value: fromBinary(WatermarkSchema, reader.bytes()) };
    else return false;
    return true;
  });
  return { migration, universe, what };
}

function skimPart(reader: BinaryReader, end: number): SkimmedPart {
  const part = {
    requestId: '',
    attribution: 0,
    commitLsn: 0n,
    committedAt: undefined as Timestamp | undefined,
    part: 0,
    changes: [] as TouchedRow[],
  };
  eachField(reader, end, (field) => {
    if (field === 1) part.requestId = reader.string();
    else if (field === 2) part.attribution = reader.int32();
    else if (field === 4) part.commitLsn = BigInt(reader.uint64());
    else if (field === 5) part.committedAt = fromBinary(TimestampSchema, reader.bytes());
    else if (field === 6) part.part = reader.uint32();
    else if (field === 8) part.changes.push(within(reader, skimChange));
    else return false;
    return true;
  });
  return part;
}

function skimChange(reader: BinaryReader, end: number): TouchedRow {
  const row = { entity: '', key: '' };
  eachField(reader, end, (field) => {
    if (field === 1) row.entity = reader.string();
    else if (field === 2) row.key = reader.string();
    else return false;
    return true;
  });
  return row;
}

/** Of a message within: its content. */
function within<T>(reader: BinaryReader, read: (reader: BinaryReader, end: number) => T): T {
  const length = reader.uint32();
  return read(reader, reader.pos + length);
}

/** `take` says whether it has read the field; others are passed over. */
function eachField(reader: BinaryReader, end: number, take: (field: number) => boolean): void {
  while (reader.pos < end) {
    const [field, wireType]: [number, WireType] = reader.tag();
    if (!take(field)) reader.skip(wireType, field);
  }
}
