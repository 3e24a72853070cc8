import type pg from 'pg';
import { matchedFields, toOwn, wantsOfCommon } from '../../core/identifiers/matched-rows.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { type CompiledEntity, UnwritableValueError, type Values } from '../../core/mapping/entity.ts';
import { insertRows, type OnConflict } from '../../core/mapping/write-statements.ts';
import { makeIds } from '../identifiers/make-ids.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { beginMarked, type Mark } from '../repair/marked.ts';
import { sizeOf } from '../verify/page-rows.ts';

/** Postgres takes 65,535 parameters; more rows at once are hardly faster. */
const PARAMETERS_MAX = 8_000;
/** Of one statement: Postgres takes 1 GB a message, and holds several copies of it. */
const CHARS_MAX = 4 * 1024 * 1024;

export interface ChunkTarget extends Mark {
  readonly pool: pg.Pool;
  readonly universe: Universe;
  readonly onConflict: Exclude<OnConflict, 'fail'>;
  /** By which ids are matched. */
  readonly pairs?: PairSource;
}

export interface WrittenChunk {
  readonly written: number;
  /** Rows that the database refused (a parent that is not there yet, a value that does not fit), with the first reason. */
  readonly refused: readonly Values[];
  readonly reason: string | undefined;
}

/**
 * Writes rows in one transaction with the copy's mark; when the database refuses one of them, each half in one of its own, and so on: one row does not
 * hold up the others, and is found in about twice as many transactions as the chunk can be halved.
 */
export async function writeChunk(
  target: ChunkTarget,
  entity: CompiledEntity,
  rows: readonly Values[],
): Promise<WrittenChunk> {
  try {
    return { written: await writeTogether(target, entity, rows), refused: [], reason: undefined };
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    if (rows.length <= 1) return { written: 0, refused: rows, reason: messageOf(error) };
    const { can, cannot } = writable(target, entity, rows);
    // What cannot be written at all needs no transaction to be found.
    if (cannot.length > 0) {
      const rest = await writeChunk(target, entity, can);
      return { ...rest, refused: [...cannot, ...rest.refused], reason: messageOf(error) };
    }
  }
  const half = Math.ceil(rows.length / 2);
  const first = await writeChunk(target, entity, rows.slice(0, half));
  const second = await writeChunk(target, entity, rows.slice(half));
  return {
    written: first.written + second.written,
    refused: [...first.refused, ...second.refused],
    reason: first.reason ?? second.reason,
  };
}

/** Tells rows apart whose values cannot be written whatever the database holds. Of ids that are matched only the pairs know: they count as writable. */
function writable(
  { universe, onConflict }: ChunkTarget,
  entity: CompiledEntity,
  rows: readonly Values[],
): Record<'can' | 'cannot', readonly Values[]> {
  const isWritable = (values: Values): boolean => {
    try {
      insertRows(entity, universe, [values], onConflict);
      return true;
    } catch (error) {
      if (isAboutRows(error)) return false;
      throw error;
    }
  };
  if (matchedFields(entity).length > 0) return { can: rows, cannot: [] };
  const { can = [], cannot = [] } = Object.groupBy(rows, (values) => (isWritable(values) ? 'can' : 'cannot'));
  return { can, cannot };
}

/** All rows in one transaction. @throws what the database refuses them for */
export async function writeTogether(
  target: ChunkTarget,
  entity: CompiledEntity,
  rows: readonly Values[],
): Promise<number> {
  return rows.length === 0 ? 0 : inTransaction(target, (client) => insertAll(client, target, entity, rows));
}

/** With the copy's mark; what the database lets be checked at its end is. */
export async function inTransaction<T>(
  { pool, prefix, id }: ChunkTarget,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await beginMarked(client, { prefix, id });
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Within a transaction; returns how many were written. */
export async function insertAll(
  client: pg.ClientBase,
  { universe, id, onConflict, pairs = noPairs }: ChunkTarget,
  entity: CompiledEntity,
  rows: readonly Values[],
): Promise<number> {
  const partners = await pairs.partners(wantsOfCommon(entity, rows));
  const made = await makeIds(client, entity, universe, rows, partners);
  // Before the rows: a chunk that is written again after a crash must not become other rows.
  if (!(await pairs.learn(made, `copy:${id}`)))
    throw new UnwritableValueError(`${entity.name}: an id got its partner elsewhere while it was copied`);
  const own = rows.map((values) => toOwn(entity, universe, values, partners));
  let written = 0;
  for (const slice of slices(own, Math.max(1, Math.floor(PARAMETERS_MAX / (entity.fields.length + 1))))) {
    const { text, values } = insertRows(entity, universe, slice, onConflict);
    written += (await client.query(text, [...values])).rowCount ?? 0;
  }
  return written;
}

/** Rows of one statement each. */
function* slices(rows: readonly Values[], rowsMax: number): Generator<readonly Values[]> {
  let slice: Values[] = [];
  let chars = 0;
  for (const row of rows) {
    const size = sizeOf(row.values());
    if (slice.length > 0 && (slice.length === rowsMax || chars + size > CHARS_MAX)) {
      yield slice;
      slice = [];
      chars = 0;
    }
    slice.push(row);
    chars += size;
  }
  if (slice.length > 0) yield slice;
}

/** What a row is refused for: data (22…) and integrity (23…) of SQLSTATE, and values that cannot be written at all. */
export function isAboutRows(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && error.name === 'UnwritableValueError') return true;
  return 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code);
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
