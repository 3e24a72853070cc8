import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { entry, literal, quoted, repairsTable } from '../../core/change/sqlite/log-schema.ts';
import {
  fieldsToMake,
  isRewritten,
  namedNow,
  ownKey,
  toCommon,
  toOwn,
} from '../../core/identifiers/matched-rows.ts';
import type { IdPair, Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { inDependencyOrder } from '../../core/mapping/compile.ts';
import {
  type CompiledEntity,
  type Row,
  UnwritableValueError,
  type Values,
} from '../../core/mapping/entity.ts';
import { readThrough } from '../../core/mapping/step.ts';
import type { Key } from '../../core/verify/statements.ts';
import { isBusy, openSqlite } from '../cdc/sqlite/database.ts';
import { readSqliteFacts } from '../cdc/sqlite/install.ts';
import { pairOf } from '../identifiers/make-ids.ts';
import { RepairRefusedError } from '../verify/repair-row.ts';
import { keyOf, keyText, type SideRow } from '../verify/side.ts';
import { readSqliteRow } from '../verify/sqlite-side.ts';
import { isSame, refuseKept, refuseOther, refuseTouched } from './check-written.ts';
import {
  changeOf,
  type PlannedRow,
  partnersOf,
  planRows,
  type TransactionFate,
  type WriteJob,
  type WriteOutcome,
} from './write-rows.ts';

/** How long it is remembered which repairs were committed; what became of one is asked within moments. */
const rememberedMs = 7 * 86_400_000;
/** Chronos' own database is asked while nobody else may write to the file: no longer than this, together. */
const answeredWithinMs = 500;
/** SQLITE_CONSTRAINT, whatever kind of it. */
const constraint = 19;

/**
 * Writes the rows into a SQLite file, in one transaction that holds the only right to write from its beginning: what was read in it nobody changes meanwhile.
 * As {@link writeRows} otherwise. It rejects when Chronos' own database does not answer in time: the service's writers wait meanwhile. Its id stands in the change log, by which the capture knows it, and in a table of its own, by which its fate is known.
 */
export async function writeSqliteRows(path: string, job: WriteJob): Promise<WriteOutcome> {
  const partners = await partnersOf(job);
  const database = openSqlite(path);
  try {
    // Foreign keys are looked at by COMMIT: rows may refer to each other in a circle.
    database.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON');
    const rows = lockedRows(database, job, partners);
    if (rows === undefined || !areUntouched(database, job, partners)) return { type: 'changed' };
    database.exec(entry(job.prefix, 'm', 'NULL', literal(job.id)));
    const made = change(database, job.universe, rows, partners);
    check(database, job, rows, partners);
    // Before the commit, as in Postgres: the next attempt writes the same rows, and never a second one.
    const untilMs = performance.now() + answeredWithinMs;
    if (!(await inTime(job.pairs.learn(made, `repair:${job.id}`), untilMs))) return { type: 'changed' };
    const nowMs = Date.now();
    database.prepare(`DELETE FROM ${repairsTable} WHERE at < ?`).run(nowMs - rememberedMs);
    database.prepare(`INSERT INTO ${repairsTable} (id, at) VALUES (?, ?)`).run(job.id, nowMs);
    await inTime(job.intend(job.id, rows.map(changeOf)), untilMs);
    database.exec('COMMIT');
    return { type: 'done' };
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome === undefined) throw error;
    return outcome;
  } finally {
    // A transaction that is open ends with its connection: rolled back.
    database.close();
  }
}

async function inTime<T>(answer: Promise<T>, untilMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new Error(`Chronos' own database did not answer within ${answeredWithinMs} ms; nothing was written`),
      ),
    untilMs - performance.now(),
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What became of a repair; one that is not known was rolled back, for nothing of it outlives its connection. */
export function sqliteFateOf(path: string, id: string): TransactionFate {
  const database = openSqlite(path);
  try {
    if (!readSqliteFacts(database, []).hasLog) return 'unknown';
    const found = database.prepare(`SELECT 1 AS there FROM ${repairsTable} WHERE id = ?`).get(id);
    return found === undefined ? 'aborted' : 'committed';
  } finally {
    database.close();
  }
}

function lockedRows(
  database: DatabaseSync,
  { entities, writes, universe }: WriteJob,
  partners: Partners,
): PlannedRow[] | undefined {
  const rows: PlannedRow[] = [];
  for (const entity of inDependencyOrder(entities)) {
    const own = writes.filter((write) => write.entity === entity.name);
    const byKey = new Map(
      own.flatMap(({ key }): [string, SideRow][] => {
        const row = readCommon(database, entity, universe, keyOf(key), partners);
        return row === undefined ? [] : [[key, row]];
      }),
    );
    const planned = planRows(entity, own, byKey);
    if (planned === undefined) return undefined;
    rows.push(...planned);
  }
  return rows;
}

/** The row of a common key, under common names. */
function readCommon(
  database: DatabaseSync,
  entity: CompiledEntity,
  universe: Universe,
  key: Key,
  partners: Partners,
): SideRow | undefined {
  const own = ownKey(entity, universe, key, partners);
  const row = own && readSqliteRow(database, entity, universe, own);
  return row && { ...row, values: toCommon(entity, universe, row.values, partners) };
}

/** Returns the pairs of ids that the file made for new rows. */
function change(
  database: DatabaseSync,
  universe: Universe,
  rows: readonly PlannedRow[],
  partners: Partners,
): IdPair[] {
  const made: IdPair[] = [];
  for (const { entity, before, after } of rows.toReversed())
    if (before !== undefined && after === undefined) {
      const key = keyColumns(entity, universe, toOwn(entity, universe, before.values, partners));
      run(
        database,
        `DELETE FROM ${tableOf(entity, universe)} WHERE ${equalities(key)}`,
        entity,
        universe,
        key,
      );
    }
  for (const { entity, before, after } of rows) {
    if (after === undefined) continue;
    if (before === undefined) made.push(...insert(database, entity, universe, after, partners));
    else update(database, entity, universe, before.values, after, partners);
  }
  return made;
}

/** Ids that the row has no name for in this universe are left to the file; they are in `partners` then. */
function insert(
  database: DatabaseSync,
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  partners: Partners,
): IdPair[] {
  const fields = fieldsToMake(entity, universe, values, partners);
  for (const field of fields)
    if (field[universe].column.fresh === undefined)
      throw new UnwritableValueError(
        `${entity.name}.${field.name}: ${universe}'s file gives a new row no ${field[universe].column.name} of its own: make it INTEGER PRIMARY KEY, or give it a DEFAULT`,
      );
  const given = new Map([...values].filter(([name]) => !fields.some((field) => field.name === name)));
  const row = {
    ...entity.row(universe, toOwn(entity, universe, given, partners)),
    ...entity.fills(universe, values),
  };
  const names = Object.keys(row);
  const content =
    names.length === 0
      ? 'DEFAULT VALUES'
      : `(${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  const text = `INSERT INTO ${tableOf(entity, universe)} ${content}`;
  if (fields.length === 0) {
    run(database, text, entity, universe, row);
    return [];
  }
  const own = fields.map((field) => `CAST(${quoted(field[universe].column.name)} AS TEXT)`);
  const answer = database
    .prepare(`${text} RETURNING ${own.map((sql, at) => `${sql} AS id${at}`).join(', ')}`)
    .get(...boundRow(entity, universe, row));
  const made = fields.flatMap((field, at): IdPair[] => {
    const id = readThrough(field[universe].steps, String(answer?.[`id${at}`]));
    const common = values.get(field.name) ?? '';
    return id === null ? [] : [pairOf(field, universe, common, id)];
  });
  for (const pair of made) partners.add(pair);
  return made;
}

function update(
  database: DatabaseSync,
  entity: CompiledEntity,
  universe: Universe,
  before: Values,
  after: Values,
  partners: Partners,
): void {
  const changed = entity.fields.filter(
    (field) => isRewritten(entity, field) && before.get(field.name) !== after.get(field.name),
  );
  if (changed.length === 0) return;
  const own = toOwn(entity, universe, after, partners);
  const refills = [...entity.refills(universe, before, after)];
  const row = {
    ...entity.row(universe, new Map(changed.map(({ name }) => [name, own.get(name)]))),
    // An UPDATE of SQLite cannot name a column's default.
    ...Object.fromEntries(refills.map(([column, value]) => [column, value ?? null])),
  };
  const key = keyColumns(entity, universe, own);
  const sets = Object.keys(row).map((column) => `${quoted(column)} = ?`);
  const text = `UPDATE ${tableOf(entity, universe)} SET ${sets.join(', ')} WHERE ${equalities(key)}`;
  run(database, text, entity, universe, row, key);
}

/** Before the first write: what was read outside of the transaction may have changed since. */
function areUntouched(
  database: DatabaseSync,
  { universe, entities, untouched = [] }: WriteJob,
  partners: Partners,
): boolean {
  return untouched.every(({ entity: name, key, values }) => {
    const entity = entities.find((each) => each.name === name);
    return (
      entity === undefined ||
      isSame(entity, values, readCommon(database, entity, universe, keyOf(key), partners)?.values)
    );
  });
}

/** After the last write: triggers of the file's own may change rows that were written before, or stand beside them. Nobody else can write meanwhile. */
function check(
  database: DatabaseSync,
  { universe, entities, untouched = [] }: WriteJob,
  rows: readonly PlannedRow[],
  partners: Partners,
): void {
  for (const { entity, after, write } of rows) {
    if (after === undefined) {
      const still = readCommon(database, entity, universe, keyOf(write.key), partners);
      refuseKept(entity, write.key, still?.values, universe);
      continue;
    }
    const wanted = namedNow(entity, universe, after, partners);
    const key = entity.keyFields.map((name) => wanted.get(name) ?? '');
    const found = readCommon(database, entity, universe, key, partners);
    refuseOther(entity, keyText(key), wanted, found?.values, universe);
  }
  for (const each of untouched) {
    const entity = entities.find(({ name }) => name === each.entity);
    if (entity === undefined) continue;
    const found = readCommon(database, entity, universe, keyOf(each.key), partners);
    refuseTouched(entity, each, found?.values, universe);
  }
}

function run(
  database: DatabaseSync,
  text: string,
  entity: CompiledEntity,
  universe: Universe,
  ...rows: readonly Row[]
): void {
  database.prepare(text).run(...rows.flatMap((row) => boundRow(entity, universe, row)));
}

function boundRow(entity: CompiledEntity, universe: Universe, row: Row): SQLInputValue[] {
  return Object.entries(row).map(([column, value]) => bound(entity, universe, column, value));
}

/** Bytes as SQLite keeps them; numbers become such by the column's affinity. */
function bound(
  entity: CompiledEntity,
  universe: Universe,
  column: string,
  value: string | null,
): SQLInputValue {
  const isBytes = entity.fields.some(
    (field) => field[universe].column.name === column && field[universe].column.kind === 'bytea',
  );
  return isBytes && value !== null ? Buffer.from(value.replace(/^\\x/, ''), 'hex') : value;
}

function keyColumns(entity: CompiledEntity, universe: Universe, values: Values): Row {
  return entity.row(universe, new Map(entity.keyFields.map((name) => [name, values.get(name)])));
}

function equalities(row: Row): string {
  return Object.keys(row)
    .map((column) => `${quoted(column)} = ?`)
    .join(' AND ');
}

function tableOf(entity: CompiledEntity, universe: Universe): string {
  return quoted(entity.side(universe).table);
}

function outcomeOf(error: unknown): WriteOutcome | undefined {
  if (error instanceof UnwritableValueError || error instanceof RepairRefusedError)
    return { type: 'refused', reason: error.message };
  if (isBusy(error)) return { type: 'changed' };
  const { errcode, message } = Object(error);
  return typeof errcode === 'number' && (errcode & 0xff) === constraint
    ? { type: 'refused', reason: String(message) }
    : undefined;
}
