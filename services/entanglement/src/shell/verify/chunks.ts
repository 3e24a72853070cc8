import { matchedFields } from '../../core/identifiers/matched-rows.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Key, KeyRange } from '../../core/verify/statements.ts';
import { countBoth, findSuspects, isEqual, type Sides } from './find-suspects.ts';
import { keyOf } from './side.ts';

/** A piece of an entity, compared. */
export interface ComparedChunk {
  readonly rows: Readonly<Record<Universe, number>>;
  /** Keys (`keyText`) of the rows that differ now. */
  readonly suspects: readonly string[];
  /** Where the next chunk begins; undefined: after the last one, and where a verification cannot go on in the middle. */
  readonly next: Key | undefined;
  readonly isLast: boolean;
  /** The same rows as before, gone through from the other side. */
  readonly isAgain: boolean;
}

export interface ChunkOptions {
  readonly from: Key | undefined;
  readonly chunkRows: number;
  /** No more suspects than about this are looked for in a chunk. */
  readonly suspectsMax: number;
}

/** Each row's hash and key travel: chunks are small. */
const MATCHED_ROWS_MAX = 2_000;

/** Compares an entity piece by piece in the order of its key. */
export function compareInChunks(
  sides: Sides,
  entity: CompiledEntity,
  options: ChunkOptions,
): AsyncGenerator<ComparedChunk, void> {
  return matchedFields(entity).length === 0
    ? countedChunks(sides, entity, options)
    : matchedChunks(sides, entity, Math.min(options.chunkRows, MATCHED_ROWS_MAX));
}

/** By checksums that each database makes over the same range of keys. */
async function* countedChunks(
  sides: Sides,
  entity: CompiledEntity,
  { from: first, chunkRows, suspectsMax }: ChunkOptions,
): AsyncGenerator<ComparedChunk, void> {
  let from = first;
  let following = boundary(sides, 'legacy', entity, from, chunkRows);
  try {
    for (let isLast = false; !isLast; ) {
      const to = await following;
      isLast = to === undefined;
      // The next chunk's end is looked for while this one is read.
      following = isLast ? following : boundary(sides, 'legacy', entity, to, chunkRows);
      const counted = await countBoth(sides, entity, { from, to });
      const suspects = isEqual(counted) ? [] : await findSuspects(sides, entity, counted, suspectsMax);
      from = to;
      yield {
        rows: { legacy: counted.legacy.rows, modern: counted.modern.rows },
        suspects,
        next: to,
        isLast,
        isAgain: false,
      };
    }
  } finally {
    await following.catch(() => {});
  }
}

/**
 * Entities with ids of each universe's own have no ranges in common: legacy's rows are gone through in the order of its keys and held against
 * modern's partners of them; then modern's, for those that legacy has not. Hashes and ids travel, the rows do not.
 */
async function* matchedChunks(
  sides: Sides,
  entity: CompiledEntity,
  chunkRows: number,
): AsyncGenerator<ComparedChunk, void> {
  for (const driver of ['legacy', 'modern'] as const) {
    const isAgain = driver === 'modern';
    let from: Key | undefined;
    for (let isLast = false; !isLast; ) {
      const to = await boundary(sides, driver, entity, from, chunkRows);
      isLast = to === undefined;
      const { rows, suspects } = await compareMatched(sides, entity, driver, { from, to });
      from = to;
      yield {
        rows: { legacy: 0, modern: 0, [driver]: rows },
        suspects,
        next: undefined,
        isLast: isLast && isAgain,
        isAgain,
      };
    }
  }
}

async function compareMatched(
  sides: Sides,
  entity: CompiledEntity,
  driver: Universe,
  range: KeyRange,
): Promise<{ readonly rows: number; readonly suspects: readonly string[] }> {
  const own = await sides[driver].hashes(entity, range);
  const others = await sides[driver === 'legacy' ? 'modern' : 'legacy'].hashesOf(
    entity,
    [...own.keys()].map(keyOf),
  );
  return { rows: own.size, suspects: [...own.keys()].filter((key) => own.get(key) !== others.get(key)) };
}

/** The failure is seen where the chunk is awaited, even if that never comes to pass. */
function boundary(
  sides: Sides,
  universe: Universe,
  entity: CompiledEntity,
  from: Key | undefined,
  rows: number,
): Promise<Key | undefined> {
  const found = sides[universe].boundary(entity, { from, to: undefined }, rows);
  found.catch(() => {});
  return found;
}
