import type { Wanted } from '../../core/change/preflight.ts';
import { type Baseline, describeChange } from '../../core/change/schema-guard.ts';
import { type SourceEvent, tableText } from '../../core/change/source-event.ts';
import { readColumns, readGeneratedNames } from '../cdc/columns.ts';
import type { SerialSql } from '../cdc/serial-sql.ts';
import { Stopped } from '../cdc/stopped.ts';
import type { CaptureStore } from '../store/capture-store.ts';
import { schemaChanged } from './session-problems.ts';

/** The tables as the mapping was checked against them: at the first start, and after people's word. */
export class ColumnBaseline {
  readonly #wanted: Wanted;
  readonly #store: CaptureStore;
  #columns: Baseline = new Map();
  /** Told or not, as the publication says. */
  #generated: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** What was committed before this is read as its table was then: a column that it did not have is unknown. */
  #checkedFromLsn = 0n;

  constructor(wanted: Wanted, store: CaptureStore) {
    this.#wanted = wanted;
    this.#store = store;
  }

  async read(sql: SerialSql): Promise<void> {
    const { tables } = this.#wanted;
    this.#generated = await readGeneratedNames(sql, tables);
    this.#columns = await this.#store.columns();
    if (tables.every((table) => this.#columns.has(tableText(table)))) return;
    const { columns, lsn } = await readColumns(sql, tables);
    for (const [table, list] of columns) await this.#store.writeColumns(table, list);
    this.#columns = columns;
    this.#checkedFromLsn = lsn;
  }

  /** Stops the capture before the first changed row of a table that is another by now. @throws Stopped */
  check({ table, columns }: Extract<SourceEvent, { kind: 'relation' }>, commitLsn: bigint): void {
    const known = this.#columns.get(tableText(table));
    if (known === undefined || commitLsn < this.#checkedFromLsn) return;
    const names = new Set(known.map(({ name }) => name));
    const generated = this.#generated.get(tableText(table));
    const told = columns.filter(({ name }) => names.has(name) || generated?.has(name) !== true);
    const change = describeChange(table, known, told);
    if (change !== undefined) throw new Stopped([schemaChanged(change, this.#wanted.migration)]);
  }
}
