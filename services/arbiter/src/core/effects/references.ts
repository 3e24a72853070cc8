import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Relation } from '../entangled/pairs.ts';
import { bug } from '../judge/ruling.ts';
import { type Cell, judgedValue, sameCell, shownCell } from './cell.ts';
import type { MatchedBy } from './entities.ts';
import type { RowPair } from './pair-rows.ts';
import { type EffectField, rowName } from './row-differences.ts';
import { partsOf, type RowPartners } from './row-partners.ts';

/** What the rows of one request say of ids that belong together. */
export interface MatchedRows {
  /** References that name different things, by the row they stand in. */
  readonly wrong: ReadonlyMap<RowPair, readonly EffectField[]>;
  /** Rows that both universes had before, of which it is not known whether they are the same: nothing can be said of them. */
  readonly unlearned: ReadonlySet<RowPair>;
  /** Something here depends on a pair that is not known (yet). */
  readonly isUnlearned: boolean;
}

/** Holds the ids in a request's rows against the pairs, known ones and those that its own new rows make. */
export function matchRows(pairs: readonly RowPair[], partners: RowPartners): MatchedRows {
  const here = pairsOfNewRows(pairs);
  const wrong = new Map<RowPair, EffectField[]>();
  const unlearned = unlearnedRows(pairs, partners);
  let isUnlearned = unlearned.size > 0;
  for (const pair of pairs) {
    const { legacy, modern, entity } = pair;
    if (legacy?.after === undefined || modern?.after === undefined) continue;
    for (const [field, by] of entity.matched) {
      if (entity.key.includes(field)) continue;
      const cells = [legacy.after.get(field), modern.after.get(field)] as const;
      if (isUnchanged(pair, field) || cells.some((cell) => cell?.is === 'unknown')) continue;
      const relation = relate(cells, by, partners, here);
      if (relation.is === 'unknown') isUnlearned = true;
      if (relation.is === 'strangers')
        wrong.set(pair, [...(wrong.get(pair) ?? []), wrongReference(pair, field, cells, relation.why)]);
    }
  }
  return { wrong, unlearned, isUnlearned };
}

/** Rows without a known partner on both sides of one entity, unless both sides are new: they may or may not be the same. */
function unlearnedRows(pairs: readonly RowPair[], partners: RowPartners): Set<RowPair> {
  const found = new Set<RowPair>();
  for (const [entity, own] of Map.groupBy(pairs, (pair) => pair.entity)) {
    if (!entity.matchedKey) continue;
    const alone = own.filter(({ legacy, modern }) => {
      const [row, from] =
        legacy === undefined ? ([modern, 'modern'] as const) : ([legacy, 'legacy'] as const);
      const isAlone = legacy === undefined || modern === undefined;
      return isAlone && row !== undefined && partners.keyAcross(entity, from, row.key) === undefined;
    });
    const isOnBothSides = alone.some((pair) => pair.legacy) && alone.some((pair) => pair.modern);
    if (isOnBothSides) for (const pair of alone) found.add(pair);
  }
  return found;
}

/** Legacy's ids of rows that both universes have just made, with modern's. */
function pairsOfNewRows(pairs: readonly RowPair[]): Map<string, string> {
  const here = new Map<string, string>();
  for (const { entity, legacy, modern, by } of pairs) {
    if (by !== 'own-keys' || legacy === undefined || modern === undefined) continue;
    const [left, right] = [partsOf(legacy.key), partsOf(modern.key)];
    for (const [at, part] of entity.key.entries()) {
      const matched = entity.matched.get(part);
      if (matched !== undefined) here.set(`${matched.bijection}\0${left[at]}`, right[at] ?? '');
    }
  }
  return here;
}

function relate(
  [legacy, modern]: readonly [Cell | undefined, Cell | undefined],
  by: MatchedBy,
  partners: RowPartners,
  here: ReadonlyMap<string, string>,
): Relation {
  if (legacy?.is !== 'value' || modern?.is !== 'value')
    return sameCell(legacy, modern)
      ? { is: 'partners' }
      : { is: 'strangers', why: 'One of the two names nothing.' };
  const known = partners.relation(by, legacy.text, modern.text);
  if (known.is !== 'unknown') return known;
  const made = here.get(`${by.bijection}\0${legacy.text}`);
  if (made === undefined) return known;
  return made === modern.text
    ? { is: 'partners' }
    : { is: 'strangers', why: `Legacy's ${legacy.text}, made by this request, is ${made} in modern.` };
}

function isUnchanged({ legacy, modern }: RowPair, field: string): boolean {
  return [legacy, modern].every(
    (row) => row?.before !== undefined && sameCell(row.before.get(field), row.after?.get(field)),
  );
}

function wrongReference(
  pair: RowPair,
  field: string,
  [legacy, modern]: readonly [Cell | undefined, Cell | undefined],
  why: string,
): EffectField {
  const words = `${rowName(pair)} ${field}: legacy names ${shownCell(legacy)}, modern ${shownCell(modern)}. ${why}`;
  const judged = bug('entangled-other', Severity.CRITICAL, words);
  return {
    pair,
    field,
    legacy: judgedValue(legacy),
    modern: judgedValue(modern),
    equal: false,
    words,
    judged,
  };
}
