import type { NativeKind } from '../../mapping/catalog.ts';
import { besideNoText, noText, unreadable } from '../../mapping/step.ts';

/** The change log that triggers write inside of a SQLite database: a row a change, and a mark that counts them. */

export const logTable = 'chronos_log';
export const markTable = 'chronos_mark';
export const tablesTable = 'chronos_tables';
/** Ids of the repairs that were committed. */
export const repairsTable = 'chronos_repairs';
const prefix = 'chronos_';

export interface LoggedTable {
  readonly name: string;
  /** All columns, in the table's order. */
  readonly columns: readonly string[];
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Its other unique keys, each by its columns as they are compared there; those of expressions or of some rows only are left out. */
  readonly unique: readonly (readonly KeyColumn[])[];
}

export interface KeyColumn {
  readonly name: string;
  /** Undefined: as the column is compared. */
  readonly collation?: string;
}

/**
 * `seq` is counted by the mark's only row, also beyond `most` rows that nobody has read: then they are left out, so that Chronos cannot fill a disk, and
 * the gap shows. Functions are those that every SQLite has: these statements run in whatever library the application uses.
 */
export const createLog: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS ${markTable} (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, pruned INTEGER NOT NULL, most INTEGER NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS ${logTable} (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, tab TEXT NOT NULL, op TEXT NOT NULL, old TEXT, new TEXT)`,
  `CREATE TABLE IF NOT EXISTS ${tablesTable} (name TEXT PRIMARY KEY NOT NULL, columns TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS ${repairsTable} (id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL)`,
];

export const dropLog: readonly string[] = [logTable, markTable, tablesTable, repairsTable].map(
  (table) => `DROP TABLE IF EXISTS ${table}`,
);

/**
 * What the log records: `i` insert, `u` update, `d` delete, `r` a row that an insert is about to replace, `x` a row that stands in the way of an insert or an
 * update by another unique key and is about to be removed, `c` other columns of a table from here on (before and after, a line each), `m` a mark of Chronos' own.
 */
export type LogOperation = 'i' | 'u' | 'd' | 'r' | 'x' | 'c' | 'm';

const operations = [
  { op: 'i', on: 'AFTER INSERT', old: false, now: true },
  { op: 'u', on: 'AFTER UPDATE', old: true, now: true },
  { op: 'd', on: 'AFTER DELETE', old: true, now: false },
] as const;

/**
 * Triggers of one table. REPLACE tells of no deletion by itself (recursive_triggers is off by default), so the rows that are in the way are noted first, with
 * the one that may replace them: where that one then comes they are gone, for the key is unique.
 */
export function createTriggers(table: LoggedTable): string[] {
  const own = operations.map(
    ({ op, on, old, now }) =>
      `CREATE TRIGGER ${triggerName(table.name, op)} ${on} ON ${quoted(table.name)} BEGIN ${entry(
        table.name,
        op,
        old ? rowText(table, 'OLD.') : 'NULL',
        now ? rowText(table, 'NEW.') : 'NULL',
      )} END`,
  );
  const primary = table.key.map((name) => ({ name }));
  const isOf = (owner: string) => `coalesce(${equal(primary, owner)}, 0)`;
  const note = (trigger: string, on: string, changed: string, op: LogOperation, which: string) => {
    const found = (what: string) => `(SELECT ${what} FROM ${quoted(table.name)} WHERE ${which})`;
    return `CREATE TRIGGER ${triggerName(table.name, trigger)} ${on} ON ${quoted(table.name)} WHEN ${changed}EXISTS ${found('1')} BEGIN ${entry(
      table.name,
      op,
      found(rowText(table, '')),
      rowText(table, 'NEW.'),
    )} END`;
  };
  return [
    ...own,
    note('r', 'BEFORE INSERT', '', 'r', equal(primary, 'NEW')),
    ...table.unique.map((key, i) =>
      note(`x${i + 1}`, 'BEFORE INSERT', '', 'x', `${equal(key, 'NEW')} AND NOT ${isOf('NEW')}`),
    ),
    ...[primary, ...table.unique].map((key, i) => {
      const changed = key.map(({ name }) => `NEW.${quoted(name)} IS NOT OLD.${quoted(name)}`).join(' OR ');
      const others = `${equal(key, 'NEW')} AND NOT ${isOf('OLD')}`;
      return note(`y${i}`, 'BEFORE UPDATE', `(${changed}) AND `, 'x', others);
    }),
  ];
}

function equal(key: readonly KeyColumn[], owner: string): string {
  const columns = key.map(({ name, collation }) => {
    const compared = collation === undefined ? '' : ` COLLATE ${quoted(collation)}`;
    return `${quoted(name)} = ${owner}.${quoted(name)}${compared}`;
  });
  return `(${columns.join(' AND ')})`;
}

/** Counts, and adds one row to the log. */
export function entry(table: string, op: LogOperation, old: string, now: string): string {
  return (
    `UPDATE ${markTable} SET seq = seq + 1; ` +
    `INSERT INTO ${logTable} SELECT seq, ${nowMs}, ${literal(table)}, '${op}', ${old}, ${now} FROM ${markTable} WHERE seq - pruned <= most;`
  );
}

/** Those without which changes of the table are not logged. */
export function neededTriggers(table: string): string[] {
  return operations.map(({ op }) => `${prefix}${table}_${op}`);
}

/** Whether a trigger is one that {@link createTriggers} may have made for this table, now or in an earlier version. */
export function isTriggerOf(table: string, trigger: string): boolean {
  const start = `${prefix}${table}_`;
  return trigger.startsWith(start) && /^(?:[iudr]|[xy][0-9]+)$/.test(trigger.slice(start.length));
}

function triggerName(table: string, which: string): string {
  return quoted(`${prefix}${table}_${which}`);
}

/** Milliseconds since 1970. */
const nowMs = `CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)`;

/** The row's values as SQL literals, each behind a comma; see {@link readRowText}. */
function rowText({ columns }: LoggedTable, owner: string): string {
  return columns.map((column) => valueText(`${owner}${quoted(column)}`)).join(` || ',' || `);
}

/** A value as a literal; `quote()` would end a text before its first NUL. */
export function valueText(value: string): string {
  return `CASE WHEN typeof(${value}) = 'text' AND instr(${value}, char(0)) > 0 THEN 'T''' || hex(${value}) || '''' ELSE quote(${value}) END`;
}

/** Of a row's column; undefined: nobody compares it. */
export type KindOf = (column: string) => NativeKind | undefined;

/**
 * Values of a row as {@link valueText} writes them, as Postgres would write them: text as it is (but {@link besideNoText}), {@link noText}, numbers, `\x` and hexadecimal digits for bytes, null.
 * A column's type does not bind SQLite: bytes in a column of text are no text, and text in one of bytes is none, whatever it looks like.
 *
 * @throws RangeError for what `quote()` does not write
 */
export function readRowText(
  text: string,
  columns: readonly string[],
  kindOf: KindOf,
): Record<string, string | null> {
  const row: Record<string, string | null> = Object.create(null);
  const literals =
    /(NULL)|'((?:[^']|'')*)'|X'([0-9A-Fa-f]*)'|T'([0-9A-F]*)'|(-?[0-9][0-9.eE+-]*|-?(?:9\.0e\+999|Inf))/y;
  for (const [i, column] of columns.entries()) {
    const found = literals.exec(text);
    if (found === null) throw new RangeError(`the log's row has no value for ${column}`);
    const [, nothing, words, bytes, odd, number] = found;
    if (nothing !== undefined) row[column] = null;
    else if (words !== undefined) row[column] = wordsOf(words.replaceAll("''", "'"), column, kindOf);
    else if (odd !== undefined) row[column] = noText(odd);
    else if (bytes === undefined) row[column] = number ?? '';
    else row[column] = kindOf(column) === 'text' ? noText(bytes) : `${bytesBegin}${bytes.toLowerCase()}`;
    if (i < columns.length - 1 && text[literals.lastIndex] !== ',')
      throw new RangeError(`the log's row has fewer values than columns`);
    literals.lastIndex += 1;
  }
  return row;
}

/** As Postgres begins bytes. */
const bytesBegin = '\\x';

function wordsOf(words: string, column: string, kindOf: KindOf): string {
  const kind = kindOf(column);
  if (kind === 'text') return besideNoText(words);
  return words.startsWith(bytesBegin) && kind === 'bytea' ? unreadable(words) : words;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
