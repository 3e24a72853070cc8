import { type Pairs, type Relation, relationOf } from '../entangled/pairs.ts';
import type { EntityRules, MatchedBy } from './entities.ts';
import { type RowEffect, rowId, type UniverseName } from './transaction.ts';

/** Which rows and references of the two databases belong together, by the pairs of identifiers that are known of one migration. */
export class RowPartners {
  readonly #pairs: Pairs;
  readonly #migration: string;

  constructor(pairs: Pairs, migration: string) {
    this.#pairs = pairs;
    this.#migration = migration;
  }

  /** The row's key in the other universe; undefined: not known. The same key, where no part of it is matched through pairs. */
  keyAcross(
    { key: parts, matched, matchedKey }: EntityRules,
    from: UniverseName,
    key: string,
  ): string | undefined {
    if (key === '' || !matchedKey) return key;
    const values = partsOf(key);
    const across: (string | null)[] = [];
    for (const [at, part] of parts.entries()) {
      const value = values[at] ?? null;
      const by = matched.get(part);
      const other = by === undefined || value === null ? value : this.#across(by, from, value);
      if (other === undefined) return undefined;
      across.push(other);
    }
    return JSON.stringify(across);
  }

  /** A row's name in both universes: legacy's key; of a row of modern's without a known partner its own, marked. */
  commonKey(entity: EntityRules, universe: UniverseName, key: string): string {
    if (universe === 'legacy') return key;
    return this.keyAcross(entity, 'modern', key) ?? markedKey(entity, key);
  }

  /** Effects of one universe under the keys that the other one has for the same rows; what has none known keeps its own. */
  rekeyed(
    effects: ReadonlyMap<string, RowEffect>,
    from: UniverseName,
    entities: ReadonlyMap<string, EntityRules>,
  ): Map<string, RowEffect> {
    return new Map(
      [...effects.values()].map((row) => {
        const entity = entities.get(row.entity);
        const key = (entity && this.keyAcross(entity, from, row.key)) ?? row.key;
        return [rowId(row.entity, key), { ...row, key }];
      }),
    );
  }

  /** Whether two values of a matched field name the same. */
  relation({ bijection, unknownIsSame }: MatchedBy, legacy: string, modern: string): Relation {
    const known = relationOf(this.#pairs, this.#migration, bijection, legacy, modern);
    return known.is === 'unknown' && unknownIsSame && legacy === modern ? { is: 'partners' } : known;
  }

  #across({ bijection, unknownIsSame }: MatchedBy, from: UniverseName, value: string): string | undefined {
    const legacy = this.#pairs.legacyOf(this.#migration, bijection, value);
    const modern = this.#pairs.modernOf(this.#migration, bijection, value);
    const [partner, takenBy] = from === 'legacy' ? [modern, legacy] : [legacy, modern];
    // Where ids from before are shared, one that the other universe has given to something else is not.
    return partner ?? (unknownIsSame && takenBy === undefined ? value : undefined);
  }
}

export function partsOf(key: string): (string | null)[] {
  const parts: unknown = JSON.parse(key === '' ? '[]' : key);
  return Array.isArray(parts) ? parts.map((part) => (part === null ? null : String(part))) : [];
}

/** `["⟨modern:9f3c⟩"]`: as services/entanglement writes rows that legacy has no id for. */
function markedKey({ key: parts, matched }: EntityRules, key: string): string {
  return JSON.stringify(
    partsOf(key).map((value, at) =>
      value !== null && matched.has(parts[at] ?? '') ? `⟨modern:${value}⟩` : value,
    ),
  );
}
