import type { Vector, VectorField } from '@chronos/proto/events/v1/state_update_pb.js';
import type { EntityEffect, SideEffect } from '@chronos/proto/events/v1/verdict_pb.js';

/** One field of a row: what each universe made of it. Undefined: the row is not there. */
export interface EffectRow {
  readonly field: string;
  readonly legacy: FieldChange;
  readonly modern: FieldChange;
  /** The universes left different values. */
  readonly differs: boolean;
}

export interface FieldChange {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** after − before, of numbers that changed: `+12.50`. */
  readonly delta: string | undefined;
}

/** Fields that a request changed in either universe, or that differ after it; `same` counts the others. */
export function effectRows(effect: EntityEffect): { readonly rows: EffectRow[]; readonly same: number } {
  const sides = [effect.legacy, effect.modern];
  const names = new Set(sides.flatMap((side) => [...namesOf(side?.before), ...namesOf(side?.after)]));
  const all = [...names].map((field): EffectRow => {
    const [legacy, modern] = [changeOf(effect.legacy, field), changeOf(effect.modern, field)];
    return {
      field,
      legacy,
      modern,
      differs: legacy.after !== modern.after || legacy.before !== modern.before,
    };
  });
  const rows = all.filter(({ legacy, modern, differs }) => differs || changed(legacy) || changed(modern));
  return { rows, same: all.length - rows.length };
}

const namesOf = (vector: Vector | undefined) => (vector?.fields ?? []).map(({ name }) => name);
const changed = ({ before, after }: FieldChange) => before !== after;

function changeOf(side: SideEffect | undefined, field: string): FieldChange {
  const before = textOf(side?.before, field);
  const after = textOf(side?.after, field);
  return { before, after, delta: deltaOf(before, after) };
}

function textOf(vector: Vector | undefined, name: string): string | undefined {
  const found = vector?.fields.find((field) => field.name === name);
  return found === undefined ? undefined : valueText(found.value);
}

function valueText(value: VectorField['value']): string {
  switch (value.case) {
    case 'text':
      return value.value;
    case 'null':
      return 'null';
    case 'masked':
      return `masked ${value.value.slice(0, 8)}`;
    default:
      return 'unknown';
  }
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Exact difference of two plain decimals with its sign; undefined where one is none or nothing changed. */
export function deltaOf(before: string | undefined, after: string | undefined): string | undefined {
  const [one, other] = [decimal.exec(before ?? ''), decimal.exec(after ?? '')];
  if (one === null || other === null || before === after) return undefined;
  const places = Math.max(one[3]?.length ?? 0, other[3]?.length ?? 0);
  const scaled = ([, sign = '', whole = '', fraction = '']: RegExpExecArray) =>
    BigInt(`${sign}${whole}${fraction.padEnd(places, '0')}`);
  const difference = scaled(other) - scaled(one);
  const digits = String(difference < 0n ? -difference : difference).padStart(places + 1, '0');
  const split = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return `${difference < 0n ? '−' : '+'}${text}`;
}
