import { hasMatchedKey, ownKey, wantsOfKeys } from '../../core/identifiers/matched-rows.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Component } from '../../core/repair/components.ts';
import type { RowPair, RowRead } from '../../core/repair/plan.ts';
import { other, rowId } from '../../core/repair/repair-case.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import { keyOf, keyText, type Side } from '../verify/side.ts';
import { isAlone, type LoneRow } from './find-alike.ts';
import { type RoundPorts, standing } from './rounds.ts';

const universes: readonly Universe[] = ['legacy', 'modern'];

/** The rows of these components in both databases, by `rowId`. `isBusy`: nothing will be decided about this one now. */
export async function readPairs(
  { databases, entities, pairs: known }: Pick<RoundPorts, 'databases' | 'entities' | 'pairs'>,
  components: readonly Component[],
  isBusy: (pair: RowPair) => boolean,
): Promise<Map<string, RowPair>> {
  const pairs = new Map<string, RowPair>();
  const ids = new Set(components.flatMap(({ rows }) => rows));
  const sides = {
    legacy: databases.legacy.side(known),
    modern: databases.modern.side(known),
  };
  for (const entity of entities) {
    const keys = keysOf(ids, entity.name).filter((key) => key !== '');
    if (keys.length === 0) continue;
    const parsed = keys.map(keyOf);
    const names = await namesOf(entity, keys, known);
    const [legacy, modern] = await Promise.all([
      sides.legacy.rows(entity, parsed),
      sides.modern.rows(entity, parsed),
    ]);
    for (const key of keys) {
      const read = (rows: typeof legacy): RowRead => ({
        version: rows.get(key)?.version,
        values: rows.get(key)?.values,
      });
      const both = { legacy: read(legacy), modern: read(modern) };
      pairs.set(rowId(entity.name, key), { entity, key, ...both, ...names.get(key) });
    }
    const idle = [...pairs].filter(([, pair]) => pair.entity === entity && !isBusy(pair));
    for (const [id, pair] of await lookedForAlike(idle, entity, components, sides, known))
      pairs.set(id, pair);
  }
  return pairs;
}

/** Looked for in one round: each may read a whole table. */
const LOOKED_FOR_MAX = 4;

/** Rows of one universe of which the other one has none that could be the same. */
async function lookedForAlike(
  pairs: readonly (readonly [string, RowPair])[],
  entity: CompiledEntity,
  components: readonly Component[],
  sides: Readonly<Record<Universe, Side>>,
  known: PairSource,
): Promise<(readonly [string, RowPair])[]> {
  const cases = components.flatMap((component) => component.cases);
  const lone = pairs.flatMap(([id, pair]): (LoneRow & { readonly id: string; readonly pair: RowPair })[] => {
    const lacking = universes.find((universe) => pair[universe].values === undefined);
    const now = lacking && pair[other(lacking)].values;
    if (pair.unpaired !== true || lacking === undefined || now === undefined) return [];
    const before = cases.flatMap((each) => {
      const content = each.rows.get(id)?.before;
      return content === undefined ? [] : [new Map(Object.entries(content))];
    });
    return before.length === 0 ? [] : [{ id, pair, entity, lacking, contents: [...before, now] }];
  });
  const alone: (readonly [string, RowPair])[] = [];
  for (const { id, pair, ...row } of lone.slice(0, LOOKED_FOR_MAX))
    if (await isAlone(row, sides[row.lacking], known)) alone.push([id, { ...pair, alone: true }]);
  return alone;
}

/** What the universes call rows with matched keys, by common key. */
async function namesOf(
  entity: CompiledEntity,
  keys: readonly string[],
  pairs: PairSource,
): Promise<Map<string, Pick<RowPair, 'aliases' | 'unpaired'>>> {
  if (!hasMatchedKey(entity)) return new Map();
  const partners = await pairs.partners(wantsOfKeys(entity, keys.map(keyOf)));
  return new Map(
    keys.map((key) => {
      const own = universes.map((universe) => ownKey(entity, universe, keyOf(key), partners));
      const aliases = own.flatMap((name) => (name === undefined ? [] : [keyText(name)]));
      return [key, { aliases, unpaired: aliases.length < universes.length }];
    }),
  );
}

/** Gives rows that only modern had a name for the names that they have in common, where their pairs are known by now. */
export async function renameLearned({ reconciler, entities, pairs, keys, store }: RoundPorts): Promise<void> {
  const rows = reconciler.cases.flatMap(({ case: each }) => [...each.rows.values()]);
  const unnamed = rows.filter(({ entity, key, proven }) => !proven && keys.isMarked(entity, key));
  if (unnamed.length === 0) return;
  const names = new Map<string, string>();
  for (const entity of entities) {
    const own = unnamed.filter((row) => row.entity === entity.name).map(({ key }) => key);
    const partners = await pairs.partners(wantsOfKeys(entity, own.map(keyOf)));
    for (const key of own) {
      const common = ownKey(entity, 'legacy', keyOf(key), partners);
      if (common !== undefined) names.set(rowId(entity.name, key), keyText(common));
    }
  }
  const changed = names.size === 0 ? [] : reconciler.renamed(names);
  if (changed.length > 0) await store.saveCases(() => changed.map((each) => standing(reconciler, each)));
}

function keysOf(ids: Iterable<string>, entity: string): string[] {
  return [...ids].flatMap((id) => (id.startsWith(`${entity}\n`) ? [id.slice(entity.length + 1)] : []));
}
