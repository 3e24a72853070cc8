import { sameCell, sameState } from './cell.ts';
import type { EntityRules } from './entities.ts';
import { toldByBoth } from './mirror.ts';
import type { RowPartners } from './row-partners.ts';
import { type RowEffect, rowId, type UniverseName } from './transaction.ts';

/** The same row in both universes; one side is absent where only the other one changed it. */
export interface RowPair {
  readonly entity: EntityRules;
  readonly legacy: RowEffect | undefined;
  readonly modern: RowEffect | undefined;
  /** How they found each other. `content`: new rows with other keys; it holds only if what differs is explained. */
  readonly by: 'key' | 'own-keys' | 'content';
}

/**
 * Pairs what a request did in legacy with what it did in modern: by key, or by the keys that pairs of identifiers say are the same; new rows whose
 * keys or contents differ, by what they hold. Entities that are not declared (any more) are left out.
 */
export function pairRows(
  legacy: ReadonlyMap<string, RowEffect>,
  modern: ReadonlyMap<string, RowEffect>,
  entities: ReadonlyMap<string, EntityRules>,
  partners: RowPartners,
): RowPair[] {
  const sorted = [...entities.values()].map((entity) => byKey(entity, legacy, modern, partners));
  const pairs = sorted.flatMap((one) => one.pairs);
  return [
    ...pairs,
    ...sorted.flatMap(({ entity, left, right }) => pairByContent(entity, left, right, pairs, partners)),
  ];
}

function byKey(
  entity: EntityRules,
  legacy: ReadonlyMap<string, RowEffect>,
  modern: ReadonlyMap<string, RowEffect>,
  partners: RowPartners,
) {
  const pairs: RowPair[] = [];
  const left: RowEffect[] = [];
  const taken = new Set<RowEffect>();
  for (const row of legacy.values()) {
    if (row.entity !== entity.name) continue;
    const key = partners.keyAcross(entity, 'legacy', row.key);
    const other = key === undefined ? undefined : modern.get(rowId(row.entity, key));
    // Keys that are counted on may coincide by chance: new rows with other contents are looked at again.
    if (
      other === undefined ||
      (!entity.matchedKey &&
        isNew(row) &&
        isNew(other) &&
        !sameState(row.after, other.after, entity.compared))
    ) {
      left.push(row);
      continue;
    }
    taken.add(other);
    pairs.push({ entity, legacy: row, modern: other, by: 'key' });
  }
  const right = [...modern.values()].filter((row) => row.entity === entity.name && !taken.has(row));
  return { entity, pairs, left, right };
}

function isNew(row: RowEffect): boolean {
  return row.before === undefined && row.after !== undefined;
}

/** The most alike first; at most {@link PAIRED_MAX} rows of each side are tried against each other. */
function pairByContent(
  entity: EntityRules,
  legacy: readonly RowEffect[],
  modern: readonly RowEffect[],
  known: readonly RowPair[],
  partners: RowPartners,
): RowPair[] {
  // A row whose partner is known is no other's.
  const isFree = (from: UniverseName) => (row: RowEffect) =>
    isNew(row) && !(entity.matchedKey && partners.keyAcross(entity, from, row.key) !== undefined);
  const candidates = legacy
    .filter(isFree('legacy'))
    .slice(0, PAIRED_MAX)
    .flatMap((left, at) =>
      modern
        .filter(isFree('modern'))
        .slice(0, PAIRED_MAX)
        .map((right, other) => ({
          left,
          right,
          alike: likeness(entity, left, right, known),
          far: Math.abs(at - other),
        })),
    )
    .sort((a, b) => b.alike - a.alike || a.far - b.far);
  const taken = new Set<RowEffect>();
  const pairs: RowPair[] = [];
  for (const { left, right } of candidates) {
    if (taken.has(left) || taken.has(right)) continue;
    taken.add(left).add(right);
    const by = left.key === right.key ? 'key' : entity.ownKeys ? 'own-keys' : 'content';
    pairs.push({ entity, legacy: left, modern: right, by });
  }
  const alone = (row: RowEffect) => !taken.has(row);
  for (const row of legacy.filter(alone)) pairs.push({ entity, legacy: row, modern: undefined, by: 'key' });
  for (const row of modern.filter(alone)) pairs.push({ entity, legacy: undefined, modern: row, by: 'key' });
  return pairs;
}

const PAIRED_MAX = 64;

/** Fields that are equal, or tell the same running state of another row. */
function likeness(
  { compared }: EntityRules,
  left: RowEffect,
  right: RowEffect,
  known: readonly RowPair[],
): number {
  return compared.filter((field) => {
    const cells = [left.after?.get(field), right.after?.get(field)] as const;
    return sameCell(...cells) || toldByBoth(...cells, known).next().done === false;
  }).length;
}
