import type pg from 'pg';
import { isRewritten, toOwn, wantsOfCommon, wantsOfKeys } from '../../core/identifiers/matched-rows.ts';
import { type IdPair, Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { inDependencyOrder } from '../../core/mapping/compile.ts';
import { type CompiledEntity, UnwritableValueError, type Values } from '../../core/mapping/entity.ts';
import {
  deleteRows,
  insertRows,
  type RowsAtOnce,
  type RowUpdate,
  updateRows,
  type WriteStatement,
  writeAtOnce,
} from '../../core/mapping/write-statements.ts';
import type { Write } from '../../core/repair/plan.ts';
import { added } from '../../core/repair/truth.ts';
import { keepSequencesAhead } from '../identifiers/keep-sequences-ahead.ts';
import { makeIds } from '../identifiers/make-ids.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import { readRows } from '../verify/read-rows.ts';
import { RepairRefusedError } from '../verify/repair-row.ts';
import { keyOf, type SideRow } from '../verify/side.ts';
import { isKept, type Untouched } from './check-written.ts';
import { beginMarked, type Mark } from './marked.ts';
import { renamesOf } from './renames.ts';
import type { RowChange } from './repair-store.ts';

export type WriteOutcome =
  | { readonly type: 'done' }
  /** A row is not what it was any more, or is locked: look again. */
  | { readonly type: 'changed' }
  /** The database would not have it. */
  | { readonly type: 'refused'; readonly reason: string /** SQLSTATE. */; readonly code?: string };

export interface WriteJob extends Mark {
  readonly universe: Universe;
  readonly entities: readonly CompiledEntity[];
  readonly writes: readonly Write[];
  /** By which ids are matched. */
  readonly pairs: PairSource;
  /** Rows of the case that are right as they were read: writing the others must leave them so. */
  readonly untouched?: readonly Untouched[];
  /** Journals what is about to be committed; the transaction is rolled back when it rejects. */
  readonly intend: (xid: string, changes: readonly RowChange[]) => Promise<void>;
}

/** Less than Postgres' deadlock_timeout (1 s): a repair gives way before anyone looks for deadlocks, and no service's transaction is ever their victim. */
const lockTimeoutMs = 150;
const statementTimeoutMs = 10_000;
/** Rows of one INSERT or DELETE, or UPDATEs that are sent at once. */
const rowsAStatement = 100;

/** A row as it is, under lock, and what it is to become. */
export interface PlannedRow {
  readonly entity: CompiledEntity;
  readonly write: Write;
  readonly before: SideRow | undefined;
  readonly after: Values | undefined;
}

/**
 * Writes the rows in one transaction, marked: parents' rows locked first and inserted first, children deleted first. Nothing is written when a row is
 * not the version that its write was computed from.
 *
 * @throws the error of a connection that broke: whether the transaction was committed is then to be asked by its xid.
 */
export async function writeRows(pool: pg.Pool, job: WriteJob): Promise<WriteOutcome> {
  const partners = await partnersOf(job);
  const outcome = await attempt(pool, job, partners, change);
  if (outcome.type !== 'refused' || outcome.code === undefined || !together.has(outcome.code)) return outcome;
  // What cannot be deferred may still be right at the end of one statement.
  const again = job.writes.length > atOnceMax ? outcome : await attempt(pool, job, partners, changeAtOnce);
  if (again.type !== 'refused' || again.code === undefined || !together.has(again.code)) return again;
  return { type: 'refused', reason: `${outcome.reason}${deferrable(job.universe)}`, code: outcome.code };
}

/** foreign_key_violation, unique_violation. */
const together = new Set(['23503', '23505']);
/** Rows of one statement. */
const atOnceMax = 2_000;

function deferrable(universe: Universe): string {
  return ` → where rows must change together, make ${universe}'s constraint DEFERRABLE (a foreign key: or ON UPDATE CASCADE)`;
}

/** Returns the pairs of ids that were made for new rows. */
type Change = (
  client: pg.ClientBase,
  universe: Universe,
  rows: readonly PlannedRow[],
  partners: Partners,
) => Promise<IdPair[]>;

async function attempt(
  pool: pg.Pool,
  job: WriteJob,
  partners: Partners,
  writeAll: Change,
): Promise<WriteOutcome> {
  const client = await pool.connect();
  let broken = false;
  try {
    await beginMarked(client, job);
    await client.query(
      `SET LOCAL lock_timeout = ${lockTimeoutMs}; SET LOCAL statement_timeout = ${statementTimeoutMs}`,
    );
    const rows = await lockedRows(client, job, partners);
    if (rows === undefined) {
      await client.query('ROLLBACK');
      return { type: 'changed' };
    }
    const made = await writeAll(client, job.universe, rows, partners);
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    if (!(await isKept(client, job, rows, partners))) {
      await client.query('ROLLBACK');
      return { type: 'changed' };
    }
    // Before the commit, under the ids that the rows have: whatever becomes of it, the next attempt writes the same rows, and never a second one.
    if (!(await job.pairs.learn(made, `repair:${job.id}`))) {
      await client.query('ROLLBACK');
      return { type: 'changed' };
    }
    const xid = await client.query<{ xid: string }>('SELECT txid_current()::text AS xid');
    await job.intend(xid.rows[0]?.xid ?? '', rows.map(changeOf));
    await client.query('COMMIT');
    return { type: 'done' };
  } catch (error) {
    const outcome = outcomeOf(error);
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    if (outcome === undefined) throw error;
    return outcome;
  } finally {
    client.release(broken);
  }
}

/** All rows under lock, each with what it is to become; undefined when one of them has changed. */
async function lockedRows(
  client: pg.ClientBase,
  job: WriteJob,
  partners: Partners,
): Promise<PlannedRow[] | undefined> {
  const rows: PlannedRow[] = [];
  for (const entity of inDependencyOrder(job.entities)) {
    const writes = job.writes
      .filter((write) => write.entity === entity.name)
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    if (writes.length === 0) continue;
    const keys = writes.map(({ key }) => keyOf(key));
    const byKey = await readRows(client, entity, job.universe, keys, partners, 'lock');
    const planned = planRows(entity, writes, byKey);
    if (planned === undefined) return undefined;
    rows.push(...planned);
  }
  return rows;
}

/** What becomes of an entity's rows, given as they are by `keyText`; undefined when one of them is not what its write was computed from. */
export function planRows(
  entity: CompiledEntity,
  writes: readonly Write[],
  byKey: ReadonlyMap<string, SideRow>,
): PlannedRow[] | undefined {
  const rows: PlannedRow[] = [];
  for (const write of writes) {
    const before = byKey.get(write.key);
    if (write.kind === 'row') {
      if (before?.version !== write.version) return undefined;
      rows.push({ entity, write, before, after: write.after });
      continue;
    }
    const after = before === undefined ? undefined : added(before.values, write.add);
    if (after === undefined) return undefined;
    rows.push({ entity, write, before, after });
  }
  return rows;
}

async function change(
  client: pg.ClientBase,
  universe: Universe,
  rows: readonly PlannedRow[],
  partners: Partners,
): Promise<IdPair[]> {
  const made: IdPair[] = [];
  for (const [entity, own] of [...Map.groupBy(rows, (row) => row.entity)].toReversed()) {
    const gone = own.flatMap(({ before, after }) =>
      before !== undefined && after === undefined ? [toOwn(entity, universe, before.values, partners)] : [],
    );
    for (let at = 0; at < gone.length; at += rowsAStatement)
      await run(client, deleteRows(entity, universe, gone.slice(at, at + rowsAStatement)));
  }
  for (const [entity, own] of Map.groupBy(rows, (row) => row.entity)) {
    const fresh: Values[] = [];
    const updates: RowUpdate[] = [];
    for (const { before, after } of own) {
      if (after === undefined) continue;
      if (before === undefined) fresh.push(after);
      else updates.push(...updateOf(entity, universe, before.values, after, partners));
    }
    for (let at = 0; at < updates.length; at += rowsAStatement)
      await run(client, updateRows(entity, universe, updates.slice(at, at + rowsAStatement)));
    if (fresh.length === 0) continue;
    made.push(...(await makeIds(client, entity, universe, fresh, partners)));
    const given = fresh.map((after) => toOwn(entity, universe, after, partners));
    for (let at = 0; at < given.length; at += rowsAStatement)
      await run(client, insertRows(entity, universe, given.slice(at, at + rowsAStatement)));
    await keepSequencesAhead(client, entity, universe);
  }
  return made;
}

/** The same in one statement; a row that goes and one that comes which are equal but for their key are one that gets another key. */
async function changeAtOnce(
  client: pg.ClientBase,
  universe: Universe,
  rows: readonly PlannedRow[],
  partners: Partners,
): Promise<IdPair[]> {
  const made: IdPair[] = [];
  const parts: RowsAtOnce[] = [];
  const entities = Map.groupBy(rows, (row) => row.entity);
  for (const [entity, own] of entities) {
    const { renames, gone, fresh } = renamesOf(entity, universe, own);
    made.push(...(await makeIds(client, entity, universe, fresh, partners)));
    const named = (values: Values) => toOwn(entity, universe, values, partners);
    parts.push({
      entity,
      renames: renames.map(({ before, after }) => ({ before: named(before), after: named(after) })),
      updates: own.flatMap(({ before, after }) =>
        before && after ? updateOf(entity, universe, before.values, after, partners) : [],
      ),
      inserts: fresh.map(named),
      deletes: gone.map(named),
    });
  }
  await run(client, writeAtOnce(universe, parts));
  for (const entity of entities.keys()) await keepSequencesAhead(client, entity, universe);
  return made;
}

/** Nothing where no field is another but those that the database makes itself. */
function updateOf(
  entity: CompiledEntity,
  universe: Universe,
  before: Values,
  after: Values,
  partners: Partners,
): RowUpdate[] {
  const fields = entity.fields
    .filter(
      (field) =>
        isRewritten(entity, field) &&
        !field[universe].column.computed &&
        before.get(field.name) !== after.get(field.name),
    )
    .map(({ name }) => name);
  return fields.length === 0 ? [] : [{ before, values: toOwn(entity, universe, after, partners), fields }];
}

/** What is known of all ids that the writes name. */
export function partnersOf({ entities, writes, untouched = [], pairs }: WriteJob): Promise<Partners> {
  const wants = entities.flatMap((entity) => {
    const still = untouched.filter((each) => each.entity === entity.name);
    const changed = writes.filter((write) => write.entity === entity.name);
    const own = [...changed, ...still];
    const rows = [
      ...changed.flatMap((write) => (write.kind === 'row' ? [write.before, write.after] : [])),
      ...still.map(({ values }) => values),
    ];
    return [
      ...wantsOfKeys(
        entity,
        own.map(({ key }) => keyOf(key)),
      ),
      ...wantsOfCommon(
        entity,
        rows.filter((row) => row !== undefined),
      ),
    ];
  });
  return wants.length === 0 ? Promise.resolve(new Partners()) : pairs.partners(wants);
}

async function run(client: pg.ClientBase, { text, values }: WriteStatement): Promise<void> {
  await client.query(text, [...values]);
}

/** As it is journalled: without sensitive fields. */
export function changeOf({ entity, write, before, after }: PlannedRow): RowChange {
  return {
    entity: entity.name,
    key: write.key,
    kind: write.kind,
    before: shown(entity, before?.values),
    after: shown(entity, after),
    hidden: entity.fields.filter(
      ({ name, sensitive }) => sensitive && before?.values.get(name) !== after?.get(name),
    ).length,
  };
}

function shown(entity: CompiledEntity, values: Values | undefined): Record<string, string | null> | null {
  if (values === undefined) return null;
  return Object.fromEntries(
    entity.fields.filter(({ sensitive }) => !sensitive).map(({ name }) => [name, values.get(name) ?? null]),
  );
}

/** Locked, deadlocked, overtaken by a concurrent insert: whoever was there first goes on. */
const contention = new Set(['55P03', '40P01', '40001', '57014']);

function outcomeOf(error: unknown): WriteOutcome | undefined {
  if (error instanceof UnwritableValueError || error instanceof RepairRefusedError)
    return { type: 'refused', reason: error.message };
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (contention.has(code)) return { type: 'changed' };
  // Five characters: the database's own word, so the connection is alive and the transaction is over. Class 57 and 08 are connections that end.
  if (!/^[0-9A-Z]{5}$/.test(code) || code.startsWith('57') || code.startsWith('08')) return undefined;
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : code;
  const remedy =
    code === '42501'
      ? ' → grant INSERT, UPDATE, DELETE on the entities’ tables, and USAGE, SELECT, UPDATE on the sequences behind their columns, to the role of the URL'
      : '';
  return { type: 'refused', reason: `${message}${remedy}`, code };
}

export type TransactionFate = 'committed' | 'aborted' | 'in progress' | 'unknown';

/** What became of a transaction, by the database's own word. */
export async function fateOf(pool: pg.Pool, xid: string): Promise<TransactionFate> {
  const { rows } = await pool.query<{ fate: TransactionFate | null }>(
    'SELECT txid_status($1::bigint) AS fate',
    [xid],
  );
  return rows[0]?.fate ?? 'unknown';
}
