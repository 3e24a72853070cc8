import type pg from 'pg';
import { toOwn, wantsOfCommon } from '../../core/identifiers/matched-rows.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { type CompiledEntity, UnwritableValueError, type Values } from '../../core/mapping/entity.ts';
import { insertRows, type OnConflict } from '../../core/mapping/write-statements.ts';
import { makeIds } from '../identifiers/make-ids.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { COPY_PREFIX } from '../verify/repair-row.ts';

/** Postgres takes 65,535 parameters; more rows at once are hardly faster. */
const PARAMETERS_MAX = 8_000;

export interface ChunkTarget {
  readonly pool: pg.Pool;
  readonly universe: Universe;
  /** Id of the copy, which stands in the WAL with what it writes. */
  readonly id: string;
  readonly onConflict: Exclude<OnConflict, 'fail'>;
  /** By which ids are matched. */
  readonly pairs?: PairSource;
}

export interface WrittenChunk {
  readonly written: number;
  /** Rows that the database refused (a parent that is not there yet, a value that does not fit), with the first reason. */
  readonly refused: number;
  readonly reason: string | undefined;
}

/**
 * Writes rows in one transaction with the copy's mark; when the database refuses one of them, each in a transaction of its own, so that one row does not
 * hold up the others.
 */
export async function writeChunk(
  target: ChunkTarget,
  entity: CompiledEntity,
  rows: readonly Values[],
): Promise<WrittenChunk> {
  try {
    return { written: await writeTogether(target, entity, rows), refused: 0, reason: undefined };
  } catch (error) {
    if (rows.length <= 1 || !isAboutRows(error)) {
      if (!isAboutRows(error)) throw error;
      return { written: 0, refused: rows.length, reason: messageOf(error) };
    }
  }
  let written = 0;
  let refused = 0;
  let reason: string | undefined;
  for (const row of rows) {
    const one = await writeChunk(target, entity, [row]);
    written += one.written;
    refused += one.refused;
    reason ??= one.reason;
  }
  return { written, refused, reason };
}

async function writeTogether(
  { pool, universe, id, onConflict, pairs = noPairs }: ChunkTarget,
  entity: CompiledEntity,
  rows: readonly Values[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const partners = await pairs.partners(wantsOfCommon(entity, rows));
  const size = Math.max(1, Math.floor(PARAMETERS_MAX / (entity.fields.length + 1)));
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("BEGIN; SET LOCAL chronos.writes = 'on'");
    await client.query('SELECT pg_logical_emit_message(true, $1, $2)', [COPY_PREFIX, id]);
    const made = await makeIds(client, entity, universe, rows, partners);
    // Before the rows: a chunk that is written again after a crash must not become other rows.
    if (!(await pairs.learn(made, `copy:${id}`)))
      throw new UnwritableValueError(`${entity.name}: an id got its partner elsewhere while it was copied`);
    const own = rows.map((values) => toOwn(entity, universe, values, partners));
    let written = 0;
    for (let from = 0; from < rows.length; from += size) {
      const { text, values } = insertRows(entity, universe, own.slice(from, from + size), onConflict);
      written += (await client.query(text, [...values])).rowCount ?? 0;
    }
    await client.query('COMMIT');
    return written;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** What a row is refused for: data (22…) and integrity (23…) of SQLSTATE, and values that cannot be written at all. */
function isAboutRows(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && error.name === 'UnwritableValueError') return true;
  return 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code);
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
