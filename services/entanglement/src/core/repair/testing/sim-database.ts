import { create } from '@bufbuild/protobuf';
import {
  ValueType,
  type Vector,
  VectorFieldSchema,
  VectorSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import type { Universe } from '../../mapping/catalog.ts';
import type { Values } from '../../mapping/entity.ts';
import type { EntityShape, RowRead, Write } from '../plan.ts';
import { rowId } from '../repair-case.ts';
import { added } from '../truth.ts';

export interface SimChange {
  readonly entity: string;
  readonly key: string;
  readonly before: Values | undefined;
  readonly after: Values | undefined;
}

export interface SimTransaction {
  readonly lsn: bigint;
  readonly committedMs: number;
  /** Empty for repairs. */
  readonly requestId: string;
  readonly changes: readonly SimChange[];
}

/** Breaks a rule of the database: the transaction leaves nothing behind. */
export class SimRefusal extends Error {
  override readonly name = 'SimRefusal';
}

const numbers = new Set(['balance', 'count', 'amount', 'balance_after']);

/** A universe's database: transactions one after another, each all or nothing, and the log of what they did. */
export class SimDatabase {
  readonly universe: Universe;
  readonly log: SimTransaction[] = [];
  readonly #rows = new Map<string, { version: string; values: Values }>();

  constructor(universe: Universe, rows: readonly SimChange[]) {
    this.universe = universe;
    for (const { entity, key, after } of rows)
      if (after !== undefined) this.#rows.set(rowId(entity, key), { version: '0', values: after });
  }

  read(entity: string, key: string): RowRead {
    const row = this.#rows.get(rowId(entity, key));
    return { version: row?.version, values: row?.values };
  }

  values(entity: string, key: string): Values | undefined {
    return this.#rows.get(rowId(entity, key))?.values;
  }

  rows(): ReadonlyMap<string, Values> {
    return new Map([...this.#rows].map(([id, { values }]) => [id, values]));
  }

  /** @throws SimRefusal when a row is added that is there, or changed that is not. */
  commit(requestId: string, committedMs: number, changes: readonly Omit<SimChange, 'before'>[]): void {
    const lsn = BigInt(this.log.length + 1);
    const next = new Map(this.#rows);
    const made = changes.map(({ entity, key, after }) => {
      const id = rowId(entity, key);
      const before = next.get(id)?.values;
      if (after === undefined) next.delete(id);
      else next.set(id, { version: String(lsn), values: after });
      return { entity, key, before, after };
    });
    if (made.length === 0) return;
    this.#rows.clear();
    for (const [id, row] of next) this.#rows.set(id, row);
    this.log.push({ lsn, committedMs, requestId, changes: made });
  }

  /** As the writer of repairs does it: all or nothing, only where rows still are what was read. */
  repair(writes: readonly Write[], committedMs: number): 'done' | 'changed' {
    const changes: Omit<SimChange, 'before'>[] = [];
    for (const write of writes) {
      const { version, values } = this.read(write.entity, write.key);
      if (write.kind === 'row') {
        if (version !== write.version) return 'changed';
        changes.push({ entity: write.entity, key: write.key, after: write.after });
      } else {
        const after = values === undefined ? undefined : added(values, write.add);
        if (after === undefined) return 'changed';
        changes.push({ entity: write.entity, key: write.key, after });
      }
    }
    this.commit('', committedMs, changes);
    return 'done';
  }
}

export function vector(values: Values | undefined): Vector | undefined {
  if (values === undefined) return undefined;
  return create(VectorSchema, {
    fields: [...values].map(([name, text]) =>
      create(VectorFieldSchema, {
        name,
        type: numbers.has(name) ? ValueType.NUMBER : ValueType.TEXT,
        value: text == null ? { case: 'null', value: true } : { case: 'text', value: text },
      }),
    ),
  });
}

const fields = (...names: string[]) => names.map((name) => ({ name, compared: true }));
export const simEntities: readonly EntityShape[] = [
  { name: 'account', fields: fields('balance', 'count', 'status') },
  { name: 'entry', fields: fields('amount', 'balance_after', 'reference') },
  { name: 'payment', fields: fields('amount') },
];
