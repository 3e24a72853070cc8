/** From what `pgoutput` says to what every source says: relation numbers become names, tuples become rows. */
import { MalformedMessage } from './byte-reader.ts';
import type { PgOutputMessage, Tuple } from './pgoutput.ts';
import type { Row, SourceEvent, TableName } from './source-event.ts';

interface Relation {
  readonly table: TableName;
  readonly names: readonly string[];
  /** Which columns the key has: of a key tuple, the others are unknown. */
  readonly isKey: readonly boolean[];
}

/** Relations a database may have in a publication; beyond it something is wrong. */
const relationsMax = 10_000;

/** One connection's view of the tables; the server tells each before its first change and again when it has changed. */
export class Relations {
  readonly #known = new Map<number, Relation>();

  /** @throws MalformedMessage when a change names a relation that was not told, or has another number of columns. */
  event(message: PgOutputMessage, lsn: bigint): SourceEvent | undefined {
    switch (message.tag) {
      case 'begin':
        return {
          kind: 'begin',
          xid: message.xid,
          commitLsn: message.commitLsn,
          committedAtUs: message.committedAtUs,
        };
      case 'commit':
        return { kind: 'commit', position: message.endLsn };
      case 'relation':
        return this.#learn(message);
      case 'insert': {
        const relation = this.#relation(message.relation);
        return change(relation, 'insert', null, row(relation, message.after), lsn);
      }
      case 'update': {
        const relation = this.#relation(message.relation);
        const after = row(relation, message.after);
        // No row before: its key is not known to have changed, so it is that of the row after.
        const before =
          message.before === undefined
            ? onlyKey(relation, after)
            : beforeRow(relation, message.before, message.beforeIsKey);
        return change(relation, 'update', before, filled(after, before), lsn);
      }
      case 'delete': {
        const relation = this.#relation(message.relation);
        const before = beforeRow(relation, message.before, message.beforeIsKey);
        return change(relation, 'delete', before, null, lsn);
      }
      case 'truncate':
        return { kind: 'truncate', tables: message.relations.map((id) => this.#relation(id).table), lsn };
      case 'message':
        if (message.content === undefined) return undefined;
        return {
          kind: 'message',
          transactional: message.transactional,
          prefix: message.prefix,
          content: message.content,
          lsn: message.lsn,
          position: lsn,
        };
      case 'ignored':
        return undefined;
    }
  }

  #learn(message: Extract<PgOutputMessage, { tag: 'relation' }>): SourceEvent {
    if (this.#known.size >= relationsMax && !this.#known.has(message.id))
      throw new MalformedMessage(`more than ${relationsMax} relations`, 0);
    const table = { schema: message.schema, name: message.name };
    this.#known.set(message.id, {
      table,
      names: message.columns.map(({ name }) => name),
      isKey: message.columns.map(({ isKey }) => isKey),
    });
    return {
      kind: 'relation',
      table,
      columns: message.columns.map(({ name, typeId }) => ({ name, typeId })),
    };
  }

  #relation(id: number): Relation {
    const relation = this.#known.get(id);
    if (relation === undefined) throw new MalformedMessage(`relation ${id} was never told`, 1);
    return relation;
  }
}

function change(
  { table }: Relation,
  op: 'insert' | 'update' | 'delete',
  before: Row | null,
  after: Row | null,
  lsn: bigint,
): SourceEvent {
  return { kind: 'change', table, op, before, after, lsn };
}

function row({ names, table }: Relation, tuple: Tuple): Row {
  if (tuple.length !== names.length)
    throw new MalformedMessage(
      `${tuple.length} values for the ${names.length} columns of ${table.schema}.${table.name}`,
      5,
    );
  const result: Record<string, string | null> = Object.create(null);
  for (const [i, name] of names.entries()) {
    const value = tuple[i];
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** Of a key tuple only the key is true: the server writes NULL for the rest. */
function beforeRow(relation: Relation, tuple: Tuple, isKeyTuple: boolean): Row {
  return row(relation, isKeyTuple ? tuple.map((value, i) => (relation.isKey[i] ? value : undefined)) : tuple);
}

function onlyKey({ names, isKey }: Relation, whole: Row): Row {
  const result: Record<string, string | null> = Object.create(null);
  for (const [i, name] of names.entries()) {
    const value = whole[name];
    if (isKey[i] && value !== undefined) result[name] = value;
  }
  return result;
}

/** An unchanged large value is left out of the row after, but stands in the row before. */
function filled(after: Row, before: Row): Row {
  const missing = Object.entries(before).filter(([name]) => !(name in after));
  return missing.length === 0
    ? after
    : Object.assign(Object.create(null), after, Object.fromEntries(missing));
}
