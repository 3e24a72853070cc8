/** Turns a database's events into what travels: transactions in parts, each attributed as far as is known, and heartbeats. */
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  type EntityChange,
  EntityChangeSchema,
  Operation,
  type StateUpdate,
  StateUpdateSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import { type SourceEvent, type TableName, tableText } from './source-event.ts';
import { type Cause, causeOf, noCause, type Prefixes, prefixesOf, stronger } from './tags.ts';

export type RowChange = Extract<SourceEvent, { kind: 'change' }>;

/** What a mapping makes of rows: nothing for a table that no entity declares, more than one where entities share a table. */
export interface ChangeMapper {
  changes(change: RowChange): readonly EntityImage[];
  /** The entities that stand in a table. */
  entitiesOf(table: TableName): readonly string[];
}

export type EntityImage = Pick<EntityChange, 'entity' | 'key' | 'op' | 'before' | 'after'>;

export interface AssemblerOptions {
  readonly migration: string;
  readonly universe: Universe;
  readonly tagPrefix: string;
  readonly mapper: ChangeMapper;
  /** A part is closed when it has this many changes or about so many bytes. */
  readonly partChangesMax?: number;
  readonly partBytesMax?: number;
}

export interface TransactionRecord {
  readonly kind: 'transaction';
  readonly key: string;
  readonly update: StateUpdate;
  readonly cause: Cause;
  readonly commitLsn: bigint;
  readonly changes: number;
}

export type Assembled =
  | TransactionRecord
  /** Content of a heartbeat that came back through the WAL. */
  | { readonly kind: 'heartbeat'; readonly content: string; readonly lsn: bigint }
  /** Everything before is the broker's once its records are. */
  | { readonly kind: 'position'; readonly position: bigint };

const partChangesDefault = 500;
const partBytesDefault = 256 * 1024;

interface Open {
  readonly xid: number;
  readonly commitLsn: bigint;
  readonly committedAtUs: bigint;
  cause: Cause;
  part: number;
  changes: EntityChange[];
  bytes: number;
}

/**
 * Keeps at most one part of one transaction, however large that is. The same events make the same parts again, so that a reader can drop
 * what comes twice by (commit LSN, part).
 */
export class Assembler {
  readonly #options: Required<AssemblerOptions>;
  readonly #prefixes: Prefixes;
  #open: Open | undefined;
  #lateTags = 0;
  #secondTags = 0;

  constructor(options: AssemblerOptions) {
    this.#options = { partChangesMax: partChangesDefault, partBytesMax: partBytesDefault, ...options };
    this.#prefixes = prefixesOf(options.tagPrefix);
  }

  /** Transactions whose tag came after their first part had gone: they stay as they were attributed. */
  get lateTags(): number {
    return this.#lateTags;
  }

  /** Transactions, or times in them, that another request claimed than the first: only that one has them. */
  get secondTags(): number {
    return this.#secondTags;
  }

  /** @throws RangeError when changes come outside of a transaction. */
  take(event: SourceEvent): Assembled[] {
    switch (event.kind) {
      case 'begin':
        this.#open = { ...event, cause: noCause, part: 0, changes: [], bytes: 0 };
        return [];
      case 'change':
        return this.#add(this.#options.mapper.changes(event), event.table, event.lsn);
      case 'truncate':
        return event.tables.flatMap((table) => this.#add(this.#emptied(table), table, event.lsn));
      case 'message':
        return this.#message(event);
      case 'commit':
        return this.#commit(event.position);
      case 'relation':
        return [];
    }
  }

  #emptied(table: TableName): EntityImage[] {
    return this.#options.mapper
      .entitiesOf(table)
      .map((entity) => ({ entity, key: '', op: Operation.TRUNCATE, before: undefined, after: undefined }));
  }

  #add(images: readonly EntityImage[], table: TableName, lsn: bigint): Assembled[] {
    const open = this.#transaction();
    const result: Assembled[] = [];
    for (const image of images) {
      if (open.changes.length >= this.#options.partChangesMax || open.bytes >= this.#options.partBytesMax)
        result.push(this.#close(open, false));
      open.changes.push(create(EntityChangeSchema, { ...image, lsn, table: tableText(table) }));
      open.bytes += sizeOf(image);
    }
    return result;
  }

  #message(event: Extract<SourceEvent, { kind: 'message' }>): Assembled[] {
    if (!event.transactional) {
      if (event.prefix !== this.#prefixes.heartbeat) return [];
      return [
        { kind: 'heartbeat', content: event.content, lsn: event.lsn },
        { kind: 'position', position: event.position },
      ];
    }
    if (event.prefix === this.#prefixes.emptied) {
      const table = tableOf(event.content);
      return table === undefined ? [] : this.#add(this.#emptied(table), table, event.lsn);
    }
    const said = causeOf(this.#prefixes, event.prefix, event.content);
    if (said === undefined) return [];
    const open = this.#transaction();
    // The first one counts: which of them did what, nobody can tell.
    if (said.requestId !== '' && ![said.requestId, ''].includes(open.cause.requestId)) this.#secondTags += 1;
    const cause = stronger(open.cause, said);
    if (cause !== open.cause && open.part > 0) this.#lateTags += 1;
    else open.cause = cause;
    return [];
  }

  #commit(position: bigint): Assembled[] {
    const open = this.#transaction();
    this.#open = undefined;
    // What touched no declared entity is nobody's concern, tagged or not.
    const last = open.part === 0 && open.changes.length === 0 ? [] : [this.#close(open, true)];
    return [...last, { kind: 'position', position }];
  }

  #close(open: Open, last: boolean): TransactionRecord {
    const { migration, universe } = this.#options;
    const { cause, commitLsn, changes } = open;
    const update = create(StateUpdateSchema, {
      migration,
      universe,
      what: {
        case: 'transaction',
        value: {
          ...cause,
          xid: BigInt(open.xid),
          commitLsn,
          committedAt: timestampFromUs(open.committedAtUs),
          part: open.part,
          last,
          changes,
        },
      },
    });
    open.part += 1;
    open.changes = [];
    open.bytes = 0;
    return {
      kind: 'transaction',
      key: keyOf(migration, universe, open.xid, cause.requestId),
      update,
      cause,
      commitLsn,
      changes: changes.length,
    };
  }

  #transaction(): Open {
    if (this.#open === undefined) throw new RangeError('a change or commit outside of a transaction');
    return this.#open;
  }
}

/** Undefined for what is no `["schema","name"]`. */
function tableOf(content: string): TableName | undefined {
  try {
    const [schema, name]: readonly unknown[] = JSON.parse(content);
    return typeof schema === 'string' && typeof name === 'string' ? { schema, name } : undefined;
  } catch {
    return undefined;
  }
}

/** The record's key: the request's id where it is known, so that its exchanges and its changes meet in one partition. */
export function keyOf(migration: string, universe: Universe, xid: number, requestId: string): string {
  return requestId === '' ? `tx:${migration}:${universe}:${xid}` : requestId;
}

/** With all its digits: a Timestamp holds nanoseconds. */
export function timestampFromUs(us: bigint) {
  const whole = timestampFromMs(Number(us / 1000n));
  return { ...whole, nanos: whole.nanos + Number(us % 1000n) * 1000 };
}

/** About: what takes room are the values. */
function sizeOf(image: EntityImage): number {
  let bytes = 64 + image.key.length;
  for (const vector of [image.before, image.after]) {
    for (const { name, value } of vector?.fields ?? [])
      bytes += 16 + name.length + (typeof value.value === 'string' ? value.value.length : 1);
  }
  return bytes;
}
