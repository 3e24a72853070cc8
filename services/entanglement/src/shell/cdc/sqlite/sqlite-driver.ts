/** The capture of a SQLite file: its change log is installed, read, and taken away. */
import { retainedLimitBytes } from '../../../core/change/declared.ts';
import { describeChange } from '../../../core/change/schema-guard.ts';
import { type Column, tableText } from '../../../core/change/source-event.ts';
import {
  logLost,
  notInstalled,
  outdated,
  type SqliteFacts,
  sqliteProblems,
  unlogged,
} from '../../../core/change/sqlite/facts.ts';
import type { LoggedTable } from '../../../core/change/sqlite/log-schema.ts';
import type { CaptureDriver } from '../../capture/capture-driver.ts';
import type { CaptureDeps, CaptureOptions } from '../../capture/capture-options.ts';
import { schemaChanged } from '../../capture/session-problems.ts';
import { Stopped } from '../stopped.ts';
import { openSqlite } from './database.ts';
import { columnsChangedAtMs, installLog, readSqliteFacts, removeLog } from './install.ts';
import { sqliteSession } from './sqlite-session.ts';

export function sqliteDriver(path: string, options: CaptureOptions, deps: CaptureDeps): CaptureDriver {
  const { wanted, entanglement, store, owned } = options;
  const tables = wanted.tables.map(({ name }) => name);

  /** Since when every change is logged. @throws Stopped with all that stands in the way */
  async function prepare(): Promise<bigint> {
    const database = openSqlite(path);
    try {
      let facts = readSqliteFacts(database, tables);
      const problems = sqliteProblems(facts);
      const open = unlogged(facts);
      const known = await store.read();
      await checkBaseline(facts, known?.slot === wanted.slot ? open : []);
      if (!owned && open.length > 0) problems.push(notInstalled(open.map(({ name }) => name)));
      if (problems.length > 0) throw new Stopped(problems);
      const old = outdated(facts);
      if (open.length > 0 || old.length > 0) {
        installLog(database, [...open, ...old], retainedLimitBytes(entanglement));
        facts = readSqliteFacts(database, tables);
      }
      if (old.length > 0)
        deps.log(
          `${wanted.slot}: triggers of ${old.map(({ name }) => name).join(', ')} are made anew, as its columns and keys are now`,
        );
      for (const { name, columns } of facts.tables)
        await store.writeColumns(tableText({ schema: 'public', name }), columns.map(columnNamed));
      const changedAtUs = BigInt(columnsChangedAtMs(database) ?? 0) * 1_000n;
      const isKnown = known?.slot === wanted.slot && open.length === 0;
      if (isKnown && known.completeSinceUs >= changedAtUs) return known.completeSinceUs;
      // Of a new column nothing was logged before its triggers.
      const completeSinceUs = isKnown ? changedAtUs : deps.nowUs();
      await store.write({ slot: wanted.slot, completeSinceUs });
      return completeSinceUs;
    } finally {
      database.close();
    }
  }

  /** The tables as the mapping was checked against them, and as they were logged; forgotten by people's word. `open`: not logged any more. */
  async function checkBaseline({ tables: now }: SqliteFacts, open: readonly LoggedTable[]): Promise<void> {
    const baseline = await store.columns();
    for (const { name, columns } of now) {
      const table = { schema: 'public', name };
      const known = baseline.get(tableText(table));
      const change = known && describeChange(table, known, columns.map(columnNamed));
      if (change !== undefined) throw new Stopped([schemaChanged(change, wanted.migration)]);
    }
    const lost = open.filter(({ name }) => baseline.has(tableText({ schema: 'public', name })));
    if (lost.length > 0) throw new Stopped([logLost(lost.map(({ name }) => name))]);
  }

  function withoutLog(): boolean {
    const database = openSqlite(path);
    try {
      return removeLog(database);
    } finally {
      database.close();
    }
  }

  return {
    run: async (status, signal) => {
      const completeSinceUs = await prepare();
      await sqliteSession({ path, options, deps, status, completeSinceUs, checkSchema: prepare }, signal);
    },
    remove: async () => {
      withoutLog();
      await store.forget();
      return 'the change log and its triggers are removed';
    },
    giveUp: async () => {
      const had = withoutLog();
      await store.forget();
      return had;
    },
    // The triggers stop by themselves at the limit.
    exceeded: async () => undefined,
  };
}

function columnNamed(name: string): Column {
  return { name, typeId: 0 };
}
