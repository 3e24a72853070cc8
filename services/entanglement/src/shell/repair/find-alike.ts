import { ownKey, wantsOfKeys } from '../../core/identifiers/matched-rows.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { other } from '../../core/repair/repair-case.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import type { Side } from '../verify/side.ts';

/** Tables are looked through row by row: of larger ones `chronos verify --repair` is left to say it. */
const TABLE_ROWS_MAX = 1_000_000;
/** More rows that are alike than these say nothing. */
const ALIKE_MAX = 1_000;

/** A row of which it is not known which one of the other universe it is. */
export interface LoneRow {
  readonly entity: CompiledEntity;
  /** The universe that has none for it that is known. */
  readonly lacking: Universe;
  /** Of the authority's row, before it was changed and as it is now. */
  readonly contents: readonly Values[];
}

/**
 * Whether the universe has no row that could be this one: none without a known partner itself that holds what the row held before it was changed, or
 * holds now. Where the two were equal before, as they must have been for nobody to have noticed, that is the row.
 */
export async function isAlone(
  { entity, lacking, contents }: LoneRow,
  side: Side,
  pairs: PairSource,
): Promise<boolean> {
  if ((await side.estimate(entity)) > TABLE_ROWS_MAX) return false;
  for (const content of contents) {
    const values = comparable(entity, content);
    if (values.size === 0) return false;
    const alike = await side.alike(entity, values, ALIKE_MAX);
    if (alike.length === ALIKE_MAX) return false;
    const keys = alike.map((row) => entity.keyFields.map((name) => row.values.get(name) ?? ''));
    const partners = await pairs.partners(wantsOfKeys(entity, keys));
    if (keys.some((key) => ownKey(entity, other(lacking), key, partners) === undefined)) return false;
  }
  return true;
}

/** What can be held against the other universe's rows: not ids, and not what is masked. */
function comparable(entity: CompiledEntity, content: Values): ReadonlyMap<string, string | null> {
  return new Map(
    entity.fields.flatMap(({ name, compared, sensitive }): [string, string | null][] => {
      const value = content.get(name);
      return compared && !sensitive && value !== undefined ? [[name, value]] : [];
    }),
  );
}
