import type { CelInput } from '@bufbuild/cel';
import type { Value } from '../compare/value.ts';
import type { Expression } from './cel/expression.ts';
import type { Shape } from './cel/types.ts';
import { toCel } from './values.ts';

const DYN: Shape = { type: 'dyn' };
const MAP: Shape = { type: 'map' };

/** What expressions may read, with the types that are known beforehand. */
export const VARIABLES: Readonly<Record<'legacy' | 'request' | 'answer' | 'index', Shape>> = {
  legacy: DYN,
  request: {
    type: 'map',
    fields: {
      method: { type: 'string' },
      path: { type: 'string' },
      query: MAP,
      headers: MAP,
      body: DYN,
      segments: MAP,
    },
  },
  answer: { type: 'map', fields: { status: { type: 'decimal' }, headers: MAP, body: DYN } },
  index: { type: 'list' },
};

/** One request and legacy's answer to it, read part by part when a rule needs them. For a change in a database: the row before and after. */
export interface Facts {
  /** `method`, `path`, `query`, `headers`, `body` or `segments`; undefined: it cannot be read. */
  request(field: string): Value | undefined;
  /** `status`, `headers` or `body`. */
  answer(field: string): Value | undefined;
}

/** Variables for expressions; what several rules read is converted once. */
export class Bindings {
  readonly #facts: Facts;
  readonly #converted = new Map<string, CelInput>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** @throws NumberError for what is beyond the bounds of expressions. */
  of(
    legacy: Value | undefined,
    index: readonly number[],
    expressions: readonly Expression[],
  ): Readonly<Record<string, CelInput>> {
    // Without a prototype: a variable is only what is put there.
    const variables: Record<string, CelInput> = Object.create(null);
    variables.legacy = toCel(legacy);
    variables.index = index.map((position) => BigInt(position));
    variables.request = this.#object('request', this.#facts.request, expressions);
    variables.answer = this.#object('answer', this.#facts.answer, expressions);
    return variables;
  }

  #object(name: 'request' | 'answer', read: Facts['request'], expressions: readonly Expression[]): CelInput {
    const fields = new Map<string, CelInput>();
    for (const field of Object.keys(VARIABLES[name].fields ?? {})) {
      if (!expressions.some((expression) => expression.reads(name, field))) continue;
      const key = `${name}.${field}`;
      const known = this.#converted.get(key) ?? toCel(read(field));
      this.#converted.set(key, known);
      fields.set(field, known);
    }
    return fields;
  }
}
