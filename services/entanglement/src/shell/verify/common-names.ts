import { matchedFields, toCommon, wantsOfKeys, wantsOfRows } from '../../core/identifiers/matched-rows.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Key, KeyRange } from '../../core/verify/statements.ts';
import type { PairSource } from '../identifiers/pair-source.ts';
import { askedByOwn } from './asked-keys.ts';
import { keyOf, keyText, type Page, type Side, type SideRow } from './side.ts';
import { hashOf } from './sqlite-side.ts';

/** A side whose rows stand under the universe's own ids, under the names that both universes have for them. */
export class CommonNames implements Side {
  readonly #own: Side;
  readonly #universe: Universe;
  readonly #pairs: PairSource;

  /** @param pairs by which ids are matched. */
  constructor(own: Side, universe: Universe, pairs: PairSource) {
    this.#own = own;
    this.#universe = universe;
    this.#pairs = pairs;
  }

  checksum(entity: CompiledEntity, range: KeyRange): ReturnType<Side['checksum']> {
    return this.#own.checksum(entity, range);
  }

  boundary(entity: CompiledEntity, range: KeyRange, offset: number): ReturnType<Side['boundary']> {
    return this.#own.boundary(entity, range, offset);
  }

  isFilled(entity: CompiledEntity): Promise<boolean> {
    return this.#own.isFilled(entity);
  }

  estimate(entity: CompiledEntity): Promise<number> {
    return this.#own.estimate(entity);
  }

  async hashes(entity: CompiledEntity, range: KeyRange): Promise<ReadonlyMap<string, string>> {
    if (matchedFields(entity).length === 0) return this.#own.hashes(entity, range);
    const found = new Map<string, string>();
    for (let from = range.from, isFirst = true; isFirst || from !== undefined; isFirst = false) {
      const { rows, next } = await this.page(entity, { from, to: range.to }, Number.MAX_SAFE_INTEGER);
      for (const { values } of rows) found.set(keyIn(entity, values), hashWithIds(entity, values));
      from = next;
    }
    return found;
  }

  async hashesOf(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, string>> {
    if (matchedFields(entity).length === 0) return this.#own.hashesOf(entity, keys);
    const rows = await this.rows(entity, keys);
    return new Map([...rows].map(([key, { values }]) => [key, hashWithIds(entity, values)]));
  }

  async rows(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, SideRow>> {
    if (matchedFields(entity).length === 0) return this.#own.rows(entity, keys);
    const asked = askedByOwn(
      entity,
      this.#universe,
      keys,
      await this.#pairs.partners(wantsOfKeys(entity, keys)),
    );
    const found = [...(await this.#own.rows(entity, [...asked.keys()].map(keyOf)))];
    const common = await this.#common(
      entity,
      found.map(([, row]) => row),
    );
    return new Map(
      found.flatMap(([key], at): [string, SideRow][] => {
        const row = common[at];
        return row === undefined ? [] : [[asked.get(key) ?? key, row]];
      }),
    );
  }

  async page(entity: CompiledEntity, range: KeyRange, limit: number): Promise<Page> {
    const { rows, next } = await this.#own.page(entity, range, limit);
    return { rows: await this.#common(entity, rows), next };
  }

  async alike(...[entity, values, limit]: Parameters<Side['alike']>): Promise<readonly SideRow[]> {
    return this.#common(entity, await this.#own.alike(entity, values, limit));
  }

  async #common(entity: CompiledEntity, rows: readonly SideRow[]): Promise<readonly SideRow[]> {
    if (matchedFields(entity).length === 0) return rows;
    const wants = wantsOfRows(
      entity,
      this.#universe,
      rows.map(({ values }) => values),
    );
    const partners = await this.#pairs.partners(wants);
    return rows.map((row) => ({ ...row, values: toCommon(entity, this.#universe, row.values, partners) }));
  }
}

function keyIn({ keyFields }: CompiledEntity, values: SideRow['values']): string {
  return keyText(keyFields.map((name) => values.get(name) ?? ''));
}

/** As a Postgres side answers it: what is compared, and the ids under their common names. */
function hashWithIds(entity: CompiledEntity, values: SideRow['values']): string {
  return JSON.stringify([
    hashOf(entity, values),
    ...matchedFields(entity).map(({ name }) => values.get(name) ?? null),
  ]);
}
