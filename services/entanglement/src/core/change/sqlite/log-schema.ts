import { noText } from '../../mapping/step.ts';

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
}

/**
 * `seq` is counted by the mark's only row, also beyond `most` rows that nobody has read: then they are left out, so that Chronos cannot fill a disk, and
 * the gap shows. Functions are those that every SQLite has: these statements run in whatever library the application uses.
 */
export const createLog: readonly string[] = [
  `CREATE TABLE ${markTable} (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, pruned INTEGER NOT NULL, most INTEGER NOT NULL)`,
  `CREATE TABLE ${logTable} (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, tab TEXT NOT NULL, op TEXT NOT NULL, old TEXT, new TEXT)`,
  `CREATE TABLE ${tablesTable} (name TEXT PRIMARY KEY NOT NULL, columns TEXT NOT NULL)`,
  `CREATE TABLE ${repairsTable} (id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL)`,
];

export const dropLog: readonly string[] = [logTable, markTable, tablesTable, repairsTable].map(
  (table) => `DROP TABLE IF EXISTS ${table}`,
);

/** What the log records: `i` insert, `u` update, `d` delete, `r` a row that an insert is about to replace, `m` a mark of Chronos' own. */
export type LogOperation = 'i' | 'u' | 'd' | 'r' | 'm';

const operations = [
  { op: 'i', on: 'AFTER INSERT', old: false, now: true },
  { op: 'u', on: 'AFTER UPDATE', old: true, now: true },
  { op: 'd', on: 'AFTER DELETE', old: true, now: false },
] as const;

/** Triggers of one table. INSERT OR REPLACE tells of no deletion by itself (recursive_triggers is off by default), so the row before is noted first, with the one that may replace it. */
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
  const same = table.key.map((column) => `${quoted(column)} = NEW.${quoted(column)}`).join(' AND ');
  const there = `EXISTS (SELECT 1 FROM ${quoted(table.name)} WHERE ${same})`;
  const row = `(SELECT ${rowText(table, '')} FROM ${quoted(table.name)} WHERE ${same})`;
  const replaced = `CREATE TRIGGER ${triggerName(table.name, 'r')} BEFORE INSERT ON ${quoted(table.name)} WHEN ${there} BEGIN ${entry(table.name, 'r', row, rowText(table, 'NEW.'))} END`;
  return [...own, replaced];
}

/** Counts, and adds one row to the log. */
export function entry(table: string, op: LogOperation, old: string, now: string): string {
  return (
    `UPDATE ${markTable} SET seq = seq + 1; ` +
    `INSERT INTO ${logTable} SELECT seq, ${nowMs}, ${literal(table)}, '${op}', ${old}, ${now} FROM ${markTable} WHERE seq - pruned <= most;`
  );
}

export function triggerNames({ name }: Pick<LoggedTable, 'name'>): string[] {
  return (['i', 'u', 'd', 'r'] as const).map((op) => `${prefix}${name}_${op}`);
}

function triggerName(table: string, op: LogOperation): string {
  return quoted(`${prefix}${table}_${op}`);
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

/**
 * Values of a row as {@link valueText} writes them, as Postgres would write them: text as it is, {@link noText}, numbers, `\x` and hexadecimal digits for bytes, null.
 *
 * @throws RangeError for what `quote()` does not write
 */
export function readRowText(text: string, columns: readonly string[]): Record<string, string | null> {
  const row: Record<string, string | null> = Object.create(null);
  const literals =
    /(NULL)|'((?:[^']|'')*)'|X'([0-9A-Fa-f]*)'|T'([0-9A-F]*)'|(-?[0-9][0-9.eE+-]*|-?(?:9\.0e\+999|Inf))/y;
  for (const [i, column] of columns.entries()) {
    const found = literals.exec(text);
    if (found === null) throw new RangeError(`the log's row has no value for ${column}`);
    const [, nothing, words, bytes, odd, number] = found;
    if (nothing !== undefined) row[column] = null;
    else if (words !== undefined) row[column] = words.replaceAll("''", "'");
    else if (odd !== undefined) row[column] = noText(odd);
    else row[column] = bytes === undefined ? (number ?? '') : `\\x${bytes.toLowerCase()}`;
    if (i < columns.length - 1 && text[literals.lastIndex] !== ',')
      throw new RangeError(`the log's row has fewer values than columns`);
    literals.lastIndex += 1;
  }
  return row;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
