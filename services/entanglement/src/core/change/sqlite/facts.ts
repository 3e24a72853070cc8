/** Whether a SQLite database can be captured without harm to it, decided from what was read before. */
import type { Problem } from '../preflight.ts';
import type { LoggedTable } from './log-schema.ts';

export interface SqliteFacts {
  readonly journalMode: string;
  /** Declared tables that are there. */
  readonly tables: readonly LoggedTable[];
  /** Declared tables that are not. */
  readonly missing: readonly string[];
  /** Of these, what is a view. */
  readonly views: ReadonlySet<string>;
  /** The change log's own tables are there. */
  readonly hasLog: boolean;
  /** Columns that the triggers of each logged table write; tables without their triggers are left out. */
  readonly logged: ReadonlyMap<string, readonly string[]>;
  /** Logged tables whose triggers are not those that would be installed now: of an earlier version, of other columns, of other unique keys. */
  readonly outdated: ReadonlySet<string>;
}

/** What stands in the way of a change log, installed or to be installed. */
export function sqliteProblems({ journalMode, tables, missing, views }: SqliteFacts): Problem[] {
  return [
    ...missing.map(
      (table): Problem =>
        views.has(table)
          ? {
              code: 'table-unusable',
              message: `${table} is a view: it has no changes of its own`,
              remedy: 'name the table behind it in the migration file',
              passing: false,
            }
          : {
              code: 'table-missing',
              message: `there is no table ${table}`,
              remedy: 'create it, or correct the entities of the migration file; Chronos looks again',
              passing: true,
            },
    ),
    ...(journalMode === 'wal'
      ? []
      : [
          {
            code: 'wal-level',
            message: `the database is in journal mode ${journalMode}: a reader would hold up its writers, and where transactions end is not told`,
            remedy: 'PRAGMA journal_mode = WAL, once; it is kept in the file',
            passing: true,
          } satisfies Problem,
        ]),
    ...tables
      .filter(({ key }) => key.length === 0)
      .map(
        ({ name }): Problem => ({
          code: 'table-without-key',
          message: `table ${name} has no primary key: a changed row could not be told from another`,
          remedy: 'give it a primary key',
          passing: false,
        }),
      ),
  ];
}

/** Tables whose triggers are missing. */
export function unlogged({ tables, logged }: SqliteFacts): readonly LoggedTable[] {
  return tables.filter(({ name }) => !logged.has(name));
}

/** Tables whose triggers are to be made anew: whoever had them installed has allowed that. */
export function outdated(facts: SqliteFacts): readonly LoggedTable[] {
  return facts.tables.filter(({ name }) => facts.outdated.has(name));
}

/** What the change log holds cannot be told, however often it is read. */
export function logUnreadable(message: string): Problem {
  return {
    code: 'slot-lost',
    message: `the change log cannot be read: ${message}`,
    remedy:
      'the log is made anew (of a file that is not Chronos’ own: chronos entangle install -f FILE --change-log); verify the databases (chronos verify), then chronos resume',
    passing: false,
  };
}

/** Changes were committed that no trigger has logged. */
export function logLost(tables: readonly string[]): Problem {
  return {
    code: 'slot-lost',
    message: `the triggers of ${tables.join(', ')} are gone, though Chronos did not remove them (a table that is rebuilt loses them): what was committed since is not known`,
    remedy:
      'the log is made anew (of a file that is not Chronos’ own: chronos entangle install -f FILE --change-log); verify the databases (chronos verify), then chronos resume',
    passing: false,
  };
}

export function notInstalled(tables: readonly string[]): Problem {
  return {
    code: 'log-missing',
    message: `nothing logs the changes of ${tables.join(', ')}`,
    remedy:
      'chronos entangle install -f FILE --change-log adds the triggers, chronos entangle remove takes them away',
    passing: true,
  };
}
