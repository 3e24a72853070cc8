import pg from 'pg';
import type { FindRow, LookupSide } from '../../core/change/entity-mapper.ts';
import { type Row, type SourceEvent, tableText } from '../../core/change/source-event.ts';
import type { SerialSql } from './serial-sql.ts';

/** Rows of looked-up tables are few (codes, currencies, branches); beyond this all are forgotten and read again. */
const rowsMax = 100_000;

export interface LookedUp {
  /** Tables whose rows have the lookups. */
  readonly table: string;
  readonly lookups: readonly LookupSide[];
}

/**
 * Rows of other tables that say more about a change. They are read from the table as it is now: a row that changes in the same moment as one
 * that refers to it may be seen too new; a later change of the referring row shows it again.
 */
export class LookupRows {
  readonly #sql: SerialSql;
  readonly #byTable: ReadonlyMap<string, readonly LookupSide[]>;
  readonly #rows = new Map<string, Row | null>();

  constructor(sql: SerialSql, sides: readonly LookedUp[]) {
    this.#sql = sql;
    this.#byTable = new Map(
      [...Map.groupBy(sides, ({ table }) => table)].map(([table, group]) => [
        table,
        group.flatMap(({ lookups }) => lookups),
      ]),
    );
  }

  /** Reads what the events need and is not known yet. */
  async fetch(events: readonly SourceEvent[]): Promise<void> {
    if (this.#byTable.size === 0) return;
    const looked = new Set([...this.#byTable.values()].flat().map(({ table }) => tableText(table)));
    if (this.#rows.size >= rowsMax) this.#rows.clear();
    const changes = events.filter((event) => event.kind === 'change');
    if (changes.some(({ table }) => looked.has(tableText(table)))) this.#rows.clear();
    for (const event of changes) {
      for (const lookup of this.#byTable.get(tableText(event.table)) ?? []) {
        for (const row of [event.before, event.after]) if (row !== null) await this.#read(lookup, row);
      }
    }
  }

  readonly find: FindRow = (lookup, row) => this.#rows.get(keyOf(lookup, row)) ?? null;

  async #read(lookup: LookupSide, row: Row): Promise<void> {
    const key = keyOf(lookup, row);
    if (this.#rows.has(key)) return;
    const values = lookup.on.map(([local]) => row[local]);
    // NULL equals nothing, and an unknown column finds nothing.
    if (values.some((value) => value === null || value === undefined)) {
      this.#rows.set(key, null);
      return;
    }
    const { schema, name } = lookup.table;
    const conditions = lookup.on.map(([, remote], i) => `${pg.escapeIdentifier(remote)} = $${i + 1}`);
    const query = {
      text: `SELECT * FROM ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)} WHERE ${conditions.join(' AND ')} LIMIT 1`,
      values,
      // As the WAL writes values: text.
      types: { getTypeParser: () => (text: string) => text },
    };
    const { rows } = await this.#sql.query<Record<string, string | null>>(query);
    this.#rows.set(key, rows[0] ?? null);
  }
}

function keyOf({ table, on }: LookupSide, row: Row): string {
  return JSON.stringify([tableText(table), ...on.map(([local, remote]) => [remote, row[local] ?? null])]);
}
