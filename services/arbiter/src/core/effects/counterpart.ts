import { sameEffects } from './attribute.ts';
import { sameCell } from './cell.ts';
import type { EffectRules, EntityRules } from './entities.ts';
import type { RowPartners } from './row-partners.ts';
import type { Universes } from './state-window.ts';
import { effectOf, type RowEffect, type Transaction, type UniverseName } from './transaction.ts';

/** The other universe's batch job may run at another time of the minute. */
const COUNTERPART_MS = 30_000;

export interface CounterpartContext {
  readonly universes: Universes;
  readonly rules: EffectRules;
  readonly partners: RowPartners;
}

/**
 * The other universe's transaction of nobody that did the same to the same rows as this one. With a row whose partner is not known there is none: which
 * row of the other universe it is, nobody can tell, and a chance likeness must not keep it from being repaired.
 *
 * @param effect what the transaction did.
 */
export function counterpartOf(
  { committedMs, universe }: Transaction,
  effect: ReadonlyMap<string, RowEffect>,
  { universes, rules: { entities }, partners }: CounterpartContext,
): Transaction | undefined {
  const isNameless = ({ entity, key }: RowEffect) => {
    const rules = entities.get(entity);
    return rules !== undefined && partners.keyAcross(rules, universe, key) === undefined;
  };
  if ([...effect.values()].some(isNameless)) return undefined;
  const wanted = partners.rekeyed(effect, universe, entities);
  const isSame = (made: ReadonlyMap<string, RowEffect>) =>
    made.size === wanted.size &&
    sameEffects(made, wanted, [...wanted.keys()], entities) &&
    [...wanted].every(([id, row]) =>
      sameReferences(row, made.get(id), { universe, entity: entities.get(row.entity), partners }),
    );
  return universes[universe === 'legacy' ? 'modern' : 'legacy']
    .loose(committedMs - COUNTERPART_MS, committedMs + COUNTERPART_MS)
    .find((candidate) => isSame(effectOf([candidate])));
}

interface Naming {
  /** Whose row the first one is. */
  readonly universe: UniverseName;
  readonly entity: EntityRules | undefined;
  readonly partners: RowPartners;
}

/** Whether two rows name partners wherever they name another row. */
function sameReferences(
  row: RowEffect,
  other: RowEffect | undefined,
  { universe, entity, partners }: Naming,
): boolean {
  if (entity === undefined) return true;
  return [...entity.matched].every(([field, by]) => {
    const own = row.after?.get(field);
    const across = other?.after?.get(field);
    if (entity.key.includes(field)) return true;
    if (own?.is !== 'value' || across?.is !== 'value') return sameCell(own, across);
    const [legacy, modern] = universe === 'legacy' ? [own.text, across.text] : [across.text, own.text];
    return partners.relation(by, legacy, modern).is === 'partners';
  });
}
