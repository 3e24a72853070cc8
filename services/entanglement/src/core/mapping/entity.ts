import { create } from '@bufbuild/protobuf';
import {
  ValueType,
  type Vector,
  type VectorField,
  VectorFieldSchema,
  VectorSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import type { Column, TableName, Universe } from './catalog.ts';
import { type Conversion, readThrough, writeThrough } from './step.ts';

/** A row as Postgres writes it, by column. A column that is absent is not known (an unchanged large value, no before image). */
export type Row = Readonly<Record<string, string | null>>;

/** Rows of lookup tables that belong to a row, by the lookup's name; null where none fits. */
export type LookupRows = Readonly<Record<string, Row | null>>;

/** Canonical texts by field; undefined where the row does not say. Unmasked: never to be stored or shown. */
export type Values = ReadonlyMap<string, string | null | undefined>;

/** Where one universe keeps a field. */
export interface FieldSide {
  readonly column: Column;
  /** Name of the lookup whose column it is; undefined for the entity's own table. */
  readonly lookup: string | undefined;
  readonly steps: readonly Conversion[];
  /** SQL of the canonical text, over {@link CompiledSide.from}. */
  readonly sql: string;
}

export interface CompiledField {
  readonly name: string;
  readonly type: ValueType;
  /** Part of checksums and of comparison: neither `ignore` nor matched through pairs of ids. */
  readonly compared: boolean;
  readonly sensitive: boolean;
  readonly generated: boolean;
  /** Name of the bijection by which its values are matched; '' for none. */
  readonly identifiers: string;
  /** Its values are ids of either universe's own, held against each other through pairs. */
  readonly matched: boolean;
  readonly legacy: FieldSide;
  readonly modern: FieldSide;
}

export interface CompiledLookup extends TableName {
  readonly name: string;
  /** Pairs of local and remote column. */
  readonly on: readonly (readonly [string, string])[];
}

export interface CompiledFilter {
  readonly column: string;
  /** Canonical text of what the column must be. */
  readonly values: readonly string[];
  readonly read: Conversion;
}

export interface CompiledFill {
  readonly column: string;
  readonly value: string;
  /** Only where this field has one of the values. */
  readonly when: { readonly field: string; readonly values: readonly string[] } | undefined;
}

export interface CompiledSide extends TableName {
  readonly lookups: readonly CompiledLookup[];
  readonly filters: readonly CompiledFilter[];
  readonly fills: readonly CompiledFill[];
  /** FROM and WHERE of all rows that the entity covers; the table is `t`. `where` is `true` where nothing restricts them. */
  readonly from: string;
  readonly where: string;
}

export interface EntityParts {
  readonly name: string;
  readonly key: readonly string[];
  readonly dependsOn: readonly string[];
  readonly fields: readonly CompiledField[];
  readonly legacy: CompiledSide;
  readonly modern: CompiledSide;
  /** Keyed hash of a sensitive value. */
  readonly mask: (text: string) => string;
}

/** A value that the other universe has no way to write. */
export class UnwritableValueError extends Error {
  override readonly name = 'UnwritableValueError';
}

/** One entity, ready to translate rows of either database into canonical values and back. */
export class CompiledEntity {
  readonly name: string;
  /** Names of the key's fields, in the declared order. */
  readonly keyFields: readonly string[];
  readonly dependsOn: readonly string[];
  /** Sorted by name. */
  readonly fields: readonly CompiledField[];
  readonly #parts: EntityParts;

  constructor(parts: EntityParts) {
    this.name = parts.name;
    this.keyFields = parts.key;
    this.dependsOn = parts.dependsOn;
    this.fields = parts.fields.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.#parts = parts;
  }

  side(universe: Universe): CompiledSide {
    return this.#parts[universe];
  }

  field(name: string): CompiledField | undefined {
    return this.fields.find((field) => field.name === name);
  }

  /** Whether the row is one of the entity's (`where`). A column that is not known covers nothing. */
  covers(universe: Universe, row: Row): boolean {
    return this.side(universe).filters.every(({ column, values, read }) => {
      const text = row[column];
      const value = typeof text === 'string' ? read.read(text) : null;
      return value !== null && values.includes(value);
    });
  }

  values(universe: Universe, row: Row, lookups: LookupRows = {}): Values {
    return new Map(
      this.fields.map((field) => {
        const { column, lookup, steps } = field[universe];
        const from = lookup === undefined ? row : lookups[lookup];
        // A lookup without a row is an outer join without a partner: null.
        const text = from === null ? null : from?.[column.name];
        return [field.name, text === undefined ? undefined : readThrough(steps, text)];
      }),
    );
  }

  /** As it may be published: sensitive fields as keyed hashes, fields that are never compared (but for ids) left out. */
  vector(values: Values): Vector {
    return create(VectorSchema, {
      fields: this.fields
        .filter(({ name, compared, matched }) => compared || matched || this.keyFields.includes(name))
        .map((field) => this.#vectorField(field, values.get(field.name))),
    });
  }

  canonical(universe: Universe, row: Row, lookups: LookupRows = {}): Vector {
    return this.vector(this.values(universe, row, lookups));
  }

  /** Key fields as JSON array text: `["1000031","7"]`. The same in both universes. */
  key(vector: Vector): string {
    return JSON.stringify(
      this.keyFields.map((name) => {
        const value = vector.fields.find((field) => field.name === name)?.value;
        return value?.case === 'text' || value?.case === 'masked' ? value.value : null;
      }),
    );
  }

  /**
   * The universe's own columns for these values. Fields of lookups and unknown values are left out.
   *
   * @throws UnwritableValueError naming field and value.
   */
  row(universe: Universe, values: Values): Row {
    const row: Record<string, string | null> = {};
    for (const field of this.fields) {
      const { column, lookup } = field[universe];
      const value = values.get(field.name);
      if (lookup === undefined && value !== undefined && !column.computed)
        row[column.name] = this.written(universe, field, value);
    }
    return row;
  }

  /** One field as the universe's column holds it. @throws UnwritableValueError */
  written(universe: Universe, field: CompiledField, value: string | null): string | null {
    const other = universe === 'legacy' ? 'modern' : 'legacy';
    if (value !== null && isMarked(field, other, value)) {
      const shown = field.sensitive ? '' : ` ${JSON.stringify(value)}`;
      throw new UnwritableValueError(
        `${this.name}.${field.name}: ${other}'s value${shown} could not be read`,
      );
    }
    try {
      return writeThrough(field[universe].steps, value);
    } catch (cause) {
      const reason = cause instanceof Error || isErrorLike(cause) ? cause.message : String(cause);
      throw new UnwritableValueError(
        `${this.name}.${field.name}: ${universe}'s ${field[universe].column.name} cannot hold it: ${field.sensitive ? 'the value does not fit' : reason}`,
        { cause },
      );
    }
  }

  /** Values of columns that only this universe has, for a new row. */
  fills(universe: Universe, values: Values): Row {
    return Object.fromEntries(
      this.side(universe)
        .fills.filter((fill) => isFilled(fill, values))
        .map(({ column, value }) => [column, value]),
    );
  }

  /**
   * Columns that only this universe has and whose condition begins or ceases to hold when the row becomes `after`: it stands for another thing then.
   * `undefined`: the column's default.
   */
  refills(universe: Universe, before: Values, after: Values): ReadonlyMap<string, string | undefined> {
    const { fills } = this.side(universe);
    const turned = fills.filter((fill) => isFilled(fill, before) !== isFilled(fill, after));
    const filled = this.fills(universe, after);
    return new Map(turned.map(({ column }) => [column, filled[column] ?? undefined]));
  }

  #vectorField(field: CompiledField, value: string | null | undefined): VectorField {
    return create(VectorFieldSchema, {
      name: field.name,
      type: field.type,
      value:
        value === undefined
          ? { case: 'unknown', value: true }
          : value === null
            ? { case: 'null', value: true }
            : field.sensitive
              ? { case: 'masked', value: this.#parts.mask(value) }
              : { case: 'text', value },
    });
  }
}

/** Errors of another realm (test runners have one). */
function isErrorLike(value: unknown): value is { message: string } {
  return (
    typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'
  );
}

function isFilled({ when }: CompiledFill, values: Values): boolean {
  return when === undefined || when.values.includes(values.get(when.field) ?? '');
}

/** A text may begin with a question mark: there the other universe's own steps, and who reads its rows, tell what is none. */
function isMarked({ type, ...sides }: CompiledField, from: Universe, value: string): boolean {
  if (!value.startsWith('?')) return false;
  return type !== ValueType.TEXT || sides[from].steps.some(({ marks }) => marks?.(value) === true);
}
