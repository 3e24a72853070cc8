import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { KeyRange } from '../../core/verify/statements.ts';
import type { Side } from './side.ts';

export interface Sides {
  readonly legacy: Side;
  readonly modern: Side;
}

interface Counted {
  readonly range: KeyRange;
  readonly legacy: { readonly rows: number; readonly sum: string };
  readonly modern: { readonly rows: number; readonly sum: string };
}

/** Ranges of no more rows than this are compared row by row. */
const LEAF_ROWS = 1_000;
/** Pieces that a differing range is cut into. */
const PIECES = 8;
/** 8^12 rows are more than any table's; rows that come and go meanwhile must not keep it going for ever. */
const DEPTH_MAX = 12;

/** Checksums of a range on both sides at once. */
export async function countBoth(sides: Sides, entity: CompiledEntity, range: KeyRange): Promise<Counted> {
  const [legacy, modern] = await Promise.all([
    sides.legacy.checksum(entity, range),
    sides.modern.checksum(entity, range),
  ]);
  return { range, legacy, modern };
}

export function isEqual({ legacy, modern }: Counted): boolean {
  return legacy.rows === modern.rows && legacy.sum === modern.sum;
}

/**
 * Keys (`keyText`) of the rows in which the sides differ now, found by cutting the range into pieces whose checksums differ.
 *
 * @param limit no more keys than about this are looked for.
 */
export async function findSuspects(
  sides: Sides,
  entity: CompiledEntity,
  counted: Counted,
  limit: number,
  depth = 0,
): Promise<string[]> {
  const larger = counted.legacy.rows >= counted.modern.rows ? 'legacy' : 'modern';
  const rows = counted[larger].rows;
  if (rows <= LEAF_ROWS || depth >= DEPTH_MAX) return compareRows(sides, entity, counted.range);
  const found: string[] = [];
  const step = Math.ceil(rows / PIECES);
  let { from } = counted.range;
  for (let isLast = false; !isLast && found.length < limit; ) {
    const to = await sides[larger].boundary(entity, { from, to: counted.range.to }, step);
    isLast = to === undefined;
    const piece = await countBoth(sides, entity, { from, to: to ?? counted.range.to });
    if (!isEqual(piece)) {
      found.push(...(await findSuspects(sides, entity, piece, limit - found.length, depth + 1)));
    }
    from = to;
  }
  return found;
}

async function compareRows(sides: Sides, entity: CompiledEntity, range: KeyRange): Promise<string[]> {
  const [legacy, modern] = await Promise.all([
    sides.legacy.hashes(entity, range),
    sides.modern.hashes(entity, range),
  ]);
  const keys = new Set([...legacy.keys(), ...modern.keys()]);
  return [...keys].filter((key) => legacy.get(key) !== modern.get(key));
}
