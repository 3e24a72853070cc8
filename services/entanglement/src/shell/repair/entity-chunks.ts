import { hasMatchedKey, matchedFields } from '../../core/identifiers/matched-rows.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { isIndexed, keyOrders } from '../../core/verify/key-order.ts';
import type { Key } from '../../core/verify/statements.ts';
import { compareInChunks } from '../verify/chunks.ts';
import { countBoth, findSuspects, isEqual, type Sides } from '../verify/find-suspects.ts';

/** A piece of an entity, of which every row that differs is known. */
export interface EntityChunk {
  /** On the side that has more. */
  readonly rows: number;
  /** Keys (`keyText`). */
  readonly suspects: readonly string[];
  /** Where the next one begins; undefined: after the last one, and where nobody can go on in the middle. */
  readonly next: Key | undefined;
}

const chunkRows = 4_000;
/** Without an index each chunk reads the whole table. */
const chunksWithoutIndex = 8;
/** Where one side has so many times more rows in the range than the other, the range ends by its rows instead. */
const lopsided = 4;

/**
 * Goes through an entity of which anything may differ, one side empty included: as a verification does, but no chunk is larger than a few times
 * `chunkRows` on either side, so that all of its differing rows can be told.
 */
export async function* entityChunks(
  sides: Sides,
  entity: CompiledEntity,
  first: Key | undefined,
  expected: number,
): AsyncGenerator<EntityChunk, void> {
  if (matchedFields(entity).length > 0) {
    const options = { from: undefined, chunkRows, suspectsMax: chunkRows };
    for await (const { rows, suspects, isAgain } of compareInChunks(sides, entity, options))
      yield { rows: isAgain ? 0 : Math.max(rows.legacy, rows.modern), suspects, next: undefined };
    return;
  }
  const isCheap = hasMatchedKey(entity) || isIndexed(keyOrders(entity, 'legacy'));
  const size = isCheap ? chunkRows : Math.max(chunkRows, Math.ceil(expected / chunksWithoutIndex));
  let from = first;
  do {
    const chunk = await nextChunk(sides, entity, from, size);
    yield chunk;
    from = chunk.next;
  } while (from !== undefined);
}

async function nextChunk(
  sides: Sides,
  entity: CompiledEntity,
  from: Key | undefined,
  size: number,
): Promise<EntityChunk> {
  const open = { from, to: undefined };
  const [byLegacy, byModern] = await Promise.all([
    sides.legacy.boundary(entity, open, size),
    sides.modern.boundary(entity, open, size),
  ]);
  let to = byLegacy ?? byModern;
  let counted = await countBoth(sides, entity, { from, to });
  if (byModern !== undefined && to !== byModern && counted.modern.rows > lopsided * size) {
    to = byModern;
    counted = await countBoth(sides, entity, { from, to });
  }
  const suspects = isEqual(counted)
    ? []
    : await findSuspects(sides, entity, counted, Number.POSITIVE_INFINITY);
  return { rows: Math.max(counted.legacy.rows, counted.modern.rows), suspects, next: to };
}
