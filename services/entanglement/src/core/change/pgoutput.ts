/**
 * Messages of Postgres' logical replication as plugin `pgoutput` writes them, protocol version 1 (PostgreSQL manual, "Logical Replication Message
 * Formats"). Version 1 tells each transaction whole, after its commit: commit LSN and xid come first, so that nothing must be kept until its end.
 * Version 2 would stream large ones before they commit, interleaved; the server's spill file is the lesser cost.
 */
import { ByteReader, MalformedMessage } from './byte-reader.ts';

/** A column's value: text, null, or undefined when the server left an unchanged large value out. */
export type Tuple = readonly (string | null | undefined)[];

export interface RelationColumn {
  readonly isKey: boolean;
  readonly name: string;
  readonly typeId: number;
}

export type PgOutputMessage =
  | {
      readonly tag: 'begin';
      readonly commitLsn: bigint;
      /** Microseconds since 1970. */
      readonly committedAtUs: bigint;
      readonly xid: number;
    }
  | { readonly tag: 'commit'; readonly commitLsn: bigint; readonly endLsn: bigint }
  | {
      readonly tag: 'relation';
      readonly id: number;
      readonly schema: string;
      readonly name: string;
      /** `d` default (the primary key), `n` nothing, `f` full, `i` an index. */
      readonly replicaIdentity: string;
      readonly columns: readonly RelationColumn[];
    }
  | { readonly tag: 'insert'; readonly relation: number; readonly after: Tuple }
  | {
      readonly tag: 'update';
      readonly relation: number;
      /** Whole with replica identity FULL; only the key, and only if it changed, otherwise. */
      readonly before: Tuple | undefined;
      readonly beforeIsKey: boolean;
      readonly after: Tuple;
    }
  | {
      readonly tag: 'delete';
      readonly relation: number;
      readonly before: Tuple;
      readonly beforeIsKey: boolean;
    }
  | { readonly tag: 'truncate'; readonly relations: readonly number[] }
  | {
      readonly tag: 'message';
      readonly transactional: boolean;
      readonly lsn: bigint;
      readonly prefix: string;
      /** Undefined: no UTF-8, so none of Chronos' (any tool may write bytes into the WAL). */
      readonly content: string | undefined;
    }
  /** Said by the protocol, of no use here: where a transaction came from, what a type is called. */
  | { readonly tag: 'ignored' };

/** Postgres counts from 2000-01-01. */
const epochUs = 946_684_800_000_000n;

const letter = (code: number) => String.fromCharCode(code);

/** @throws MalformedMessage when the bytes are no message of protocol version 1. */
export function decodePgOutput(bytes: Uint8Array): PgOutputMessage {
  const reader = new ByteReader(bytes);
  const message = decode(letter(reader.uint8()), reader);
  if (reader.left > 0) throw new MalformedMessage(`${reader.left} bytes too many`, reader.at);
  return message;
}

function decode(tag: string, reader: ByteReader): PgOutputMessage {
  switch (tag) {
    case 'B':
      return {
        tag: 'begin',
        commitLsn: reader.uint64(),
        committedAtUs: reader.int64() + epochUs,
        xid: reader.uint32(),
      };
    case 'C': {
      reader.uint8(); // flags, none defined
      const commit = { tag: 'commit', commitLsn: reader.uint64(), endLsn: reader.uint64() } as const;
      reader.int64(); // the time, which `begin` has told
      return commit;
    }
    case 'R':
      return relation(reader);
    case 'I': {
      const id = reader.uint32();
      expectMark(reader, 'N');
      return { tag: 'insert', relation: id, after: tuple(reader) };
    }
    case 'U':
      return update(reader);
    case 'D': {
      const id = reader.uint32();
      const mark = expectMark(reader, 'KO');
      return { tag: 'delete', relation: id, beforeIsKey: mark === 'K', before: tuple(reader) };
    }
    case 'T': {
      const count = reader.uint32();
      reader.uint8(); // CASCADE, RESTART IDENTITY: each table is named anyway
      return { tag: 'truncate', relations: times(count, reader, 4, () => reader.uint32()) };
    }
    case 'M': {
      const transactional = (reader.uint8() & 1) === 1;
      const lsn = reader.uint64();
      const prefix = reader.cstring();
      return { tag: 'message', transactional, lsn, prefix, content: reader.textIfAny(reader.uint32()) };
    }
    case 'O':
    case 'Y':
      reader.rest();
      return { tag: 'ignored' };
    default:
      throw new MalformedMessage(`unknown kind of message ${JSON.stringify(tag)}`, 0);
  }
}

function relation(reader: ByteReader): PgOutputMessage {
  const head = {
    tag: 'relation',
    id: reader.uint32(),
    schema: reader.cstring() || 'pg_catalog',
    name: reader.cstring(),
    replicaIdentity: letter(reader.uint8()),
  } as const;
  const columns = times(reader.uint16(), reader, 10, () => {
    const isKey = (reader.uint8() & 1) === 1;
    const column = { isKey, name: reader.cstring(), typeId: reader.uint32() };
    reader.uint32(); // type modifier
    return column;
  });
  return { ...head, columns };
}

function update(reader: ByteReader): PgOutputMessage {
  const id = reader.uint32();
  const mark = expectMark(reader, 'KON');
  if (mark === 'N')
    return { tag: 'update', relation: id, before: undefined, beforeIsKey: false, after: tuple(reader) };
  const before = tuple(reader);
  expectMark(reader, 'N');
  return { tag: 'update', relation: id, before, beforeIsKey: mark === 'K', after: tuple(reader) };
}

function tuple(reader: ByteReader): Tuple {
  return times(reader.uint16(), reader, 1, () => {
    switch (letter(reader.uint8())) {
      case 'n':
        return null;
      case 'u':
        return undefined;
      case 't':
        return reader.text(reader.uint32());
      default:
        throw new MalformedMessage('unknown kind of value', reader.at - 1);
    }
  });
}

function expectMark(reader: ByteReader, accepted: string): string {
  const mark = letter(reader.uint8());
  if (!accepted.includes(mark))
    throw new MalformedMessage(`${JSON.stringify(mark)} instead of one of ${accepted}`, reader.at - 1);
  return mark;
}

/** A count that cannot be true (each item takes at least so many bytes) fails before memory is taken for it. */
function times<T>(count: number, reader: ByteReader, bytesEachMin: number, read: () => T): T[] {
  if (count * bytesEachMin > reader.left)
    throw new MalformedMessage(`${count} items are announced, ${reader.left} bytes are left`, reader.at);
  return Array.from({ length: count }, read);
}
