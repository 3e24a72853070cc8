/**
 * Debezium's events of one connector, all in one topic in the order of the WAL (JSON without schemas, `provide.transaction.metadata`), as the
 * events that every source tells. The commit's position stands in the END event only, so that a transaction is kept until then.
 */
import { debeziumText, type TypeOf } from './debezium-values.ts';
import type { Row, SourceEvent, TableName } from './source-event.ts';

/** A transaction that does not end within this many changes is not kept in memory: the embedded capture has no such limit. */
const changesMax = 100_000;

export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

interface Open {
  readonly xid: number;
  committedAtUs: bigint;
  readonly events: SourceEvent[];
  /** What came already: a connector that was restarted within a transaction repeats some of it. */
  readonly seen: Set<string>;
}

export class DebeziumReader {
  readonly #typeOf: TypeOf;
  readonly #columns = new Map<string, string>();
  #open: Open | undefined;

  constructor(typeOf: TypeOf) {
    this.#typeOf = typeOf;
  }

  /** @param next the offset behind this record. @throws UnreadableEvent */
  take(text: string, next: bigint): SourceEvent[] {
    const event = object(parse(text), 'the record');
    if (typeof event.status === 'string') return this.#boundary(event.status, event, next);
    const source = object(event.source ?? null, 'source');
    const lsn = BigInt(String(source.lsn));
    if (source.txId === null || source.txId === undefined) return this.#outside(event, lsn, next);
    const open = this.#transaction(Number(source.txId));
    open.committedAtUs = BigInt(String(source.ts_us));
    const key = `${String(source.lsn)} ${JSON.stringify([event.op, event.before, event.after, event.message])}`;
    if (open.seen.has(key)) return [];
    open.seen.add(key);
    if (open.events.length >= changesMax)
      throw new UnreadableEvent(`a transaction of more than ${changesMax} changes (xid ${open.xid})`);
    open.events.push(...this.#inside(event, source, lsn, next));
    return [];
  }

  #boundary(status: string, event: JsonObject, next: bigint): SourceEvent[] {
    const [xid = '', lsn = ''] = String(event.id).split(':');
    if (status === 'BEGIN') {
      this.#begin(Number(xid));
      return [];
    }
    const open = this.#open;
    this.#open = undefined;
    // The end of a transaction that was told before: the connector was restarted between its changes and its end.
    if (open === undefined || open.xid !== Number(xid)) return [];
    const { committedAtUs } = open;
    return [
      { kind: 'begin', xid: open.xid, commitLsn: BigInt(lsn), committedAtUs },
      ...open.events,
      { kind: 'commit', position: next },
    ];
  }

  #transaction(xid: number): Open {
    return this.#open?.xid === xid ? this.#open : this.#begin(xid);
  }

  #begin(xid: number): Open {
    // What an unfinished transaction told of its tables goes with it.
    if (this.#open !== undefined) this.#columns.clear();
    const open = { xid, committedAtUs: 0n, events: [], seen: new Set<string>() };
    this.#open = open;
    return open;
  }

  #outside(event: JsonObject, lsn: bigint, next: bigint): SourceEvent[] {
    if (event.op !== 'm') throw new UnreadableEvent('a change that belongs to no transaction');
    return [message(event, false, lsn, next)];
  }

  #inside(event: JsonObject, source: JsonObject, lsn: bigint, next: bigint): SourceEvent[] {
    if (event.op === 'm') return [message(event, true, lsn, next)];
    const table = { schema: String(source.schema), name: String(source.table) };
    if (event.op === 't') return [{ kind: 'truncate', tables: [table], lsn }];
    const before = this.#row(table, event.before ?? null);
    const after = this.#row(table, event.after ?? null);
    const op = { c: 'insert', u: 'update', d: 'delete' }[String(event.op)];
    if (op !== 'insert' && op !== 'update' && op !== 'delete')
      throw new UnreadableEvent(`unknown operation ${String(event.op)}`);
    return [
      ...this.#relation(table, after ?? before),
      // Without replica identity FULL there is no row before: nothing of it is known.
      { kind: 'change', table, op, before: op === 'insert' ? null : (before ?? {}), after, lsn },
    ];
  }

  /** Debezium tells no relations: the columns of its rows do. Those of key-only rows say nothing. */
  #relation(table: TableName, row: Row | null): SourceEvent[] {
    if (row === null) return [];
    const names = Object.keys(row);
    const text = names.join('\n');
    const id = `${table.schema}.${table.name}`;
    if (this.#columns.get(id) === text) return [];
    this.#columns.set(id, text);
    return [{ kind: 'relation', table, columns: names.map((name) => ({ name, typeId: 0 })) }];
  }

  #row(table: TableName, value: Json): Row | null {
    if (value === null) return null;
    const row: Record<string, string | null> = Object.create(null);
    for (const [column, cell] of Object.entries(object(value, 'a row'))) {
      const text = debeziumText(this.#typeOf(table, column), cell, `${table.schema}.${table.name}.${column}`);
      if (text !== undefined) row[column] = text;
    }
    return row;
  }
}

function message(event: JsonObject, transactional: boolean, lsn: bigint, next: bigint): SourceEvent {
  const { prefix, content } = object(event.message ?? null, 'message');
  return {
    kind: 'message',
    transactional,
    prefix: String(prefix),
    content: fromHex(String(content)),
    lsn,
    position: next,
  };
}

/** Numbers as they are written: 64-bit integers do not fit a double. */
function parse(text: string): Json {
  try {
    return JSON.parse(text, function numbersAsText(_key, value, context?: { readonly source?: string }) {
      return typeof value === 'number' ? (context?.source ?? String(value)) : value;
    });
  } catch (cause) {
    throw new UnreadableEvent('a record that is no JSON', { cause });
  }
}

function object(value: Json, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableEvent(`${what} is no JSON object`);
  return value as JsonObject;
}

function fromHex(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(bytes);
}
