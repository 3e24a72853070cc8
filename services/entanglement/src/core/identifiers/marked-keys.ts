import type { Universe } from '../mapping/catalog.ts';
import { marked, unmarked } from './partners.ts';

/** An entity as it is declared. */
interface Declared {
  readonly name: string;
  readonly key: readonly string[];
  readonly fields: readonly {
    readonly name: string;
    readonly identifiers: string;
    readonly ignore: boolean;
  }[];
}

const noFields: ReadonlySet<string> = new Set();

/** Keys (JSON array text) of rows whose ids are matched through pairs, before any pair is asked for. */
export class MarkedKeys {
  readonly #parts: ReadonlyMap<string, ReadonlySet<number>>;
  readonly #own: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(entities: readonly Declared[] = []) {
    this.#own = new Map(
      entities.map(({ name, fields }) => [
        name,
        new Set(fields.flatMap((field) => (field.identifiers === '' ? [] : [field.name]))),
      ]),
    );
    this.#parts = new Map(
      entities.flatMap(({ name, key, fields }) => {
        const isMatched = (part: string) =>
          fields.some((field) => field.name === part && field.identifiers !== '' && !field.ignore);
        const parts = key.flatMap((part, at) => (isMatched(part) ? [at] : []));
        return parts.length === 0 ? [] : [[name, new Set(parts)] as const];
      }),
    );
  }

  /** Fields that each universe fills with ids of its own. */
  ownFields(entity: string): ReadonlySet<string> {
    return this.#own.get(entity) ?? noFields;
  }

  isMatched(entity: string): boolean {
    return this.#parts.has(entity);
  }

  /** The common key of a universe's row, as far as that can be told without pairs: modern's own ids are marked. */
  common(universe: Universe, entity: string, key: string): string {
    return universe === 'legacy' ? key : this.#mapped(entity, key, marked);
  }

  /** Something in the key is named by modern alone. */
  isMarked(entity: string, key: string): boolean {
    return this.isMatched(entity) && this.#mapped(entity, key, (part) => unmarked(part) ?? part) !== key;
  }

  #mapped(entity: string, key: string, map: (part: string) => string): string {
    const matched = this.#parts.get(entity);
    if (matched === undefined || key === '') return key;
    const parts: unknown = JSON.parse(key);
    if (!Array.isArray(parts)) return key;
    return JSON.stringify(
      parts.map((part, at) => (matched.has(at) && part !== null ? map(String(part)) : part)),
    );
  }
}
