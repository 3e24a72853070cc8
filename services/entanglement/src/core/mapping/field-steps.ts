import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import type { EntityField } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { castSteps } from './cast-steps.ts';
import type { Column, Universe } from './catalog.ts';
import { dateStep, parseNotation } from './date-steps.ts';
import { conversionBeside, VALUE_TYPES } from './native.ts';
import { parseFactor } from './numbers.ts';
import { parsePartsPattern, partsStep } from './parts-step.ts';
import type { Conversion } from './step.ts';
import {
  absentStep,
  codesStep,
  decimalMarkStep,
  defaultStep,
  factorStep,
  hexStep,
  numberStep,
  paddingStep,
  trailingSignStep,
} from './value-steps.ts';

/** What one of legacy's is in modern's unit. */
const UNIT_FACTORS: Readonly<Record<Unit, string>> = {
  [Unit.UNSPECIFIED]: '',
  [Unit.MINOR_UNITS]: '0.01',
  [Unit.PERCENT]: '0.01',
  [Unit.BASIS_POINTS]: '0.0001',
  [Unit.THOUSANDTHS]: '0.001',
};

export type Steps =
  | { readonly ok: true; readonly steps: readonly Conversion[] }
  | { readonly ok: false; readonly problem: string };

/** Type of the canonical values of a column without any conversion. */
export function nativeType(column: Column & { kind: NonNullable<Column['kind']> }): ValueType {
  return column.array ? ValueType.JSON : VALUE_TYPES[column.kind];
}

/** Factor that a field declares by its unit or itself; '' for none. */
export function declaredFactor(field: EntityField): string {
  return field.factor === '' ? UNIT_FACTORS[field.unit] : field.factor;
}

/** All steps from what the column holds to the field's canonical text. */
export function stepsOf(
  field: EntityField,
  universe: Universe,
  column: Column & { kind: NonNullable<Column['kind']> },
  target: ValueType,
  /** The field's column in the other universe. */
  other?: Column,
): Steps {
  const native = nativeType(column);
  const declared = universe === 'legacy' ? legacySteps(field, native) : modernSteps(field, native);
  if (typeof declared === 'string') return { ok: false, problem: declared };
  const casts = castSteps(declared.type, target);
  if (casts === undefined) {
    return {
      ok: false,
      problem: `${universe}'s ${column.name} (${column.type}) gives ${nameOf(declared.type)}, which cannot become ${nameOf(target)} exactly`,
    };
  }
  const last = universe === 'legacy' && field.default !== undefined ? [defaultStep(field.default)] : [];
  return {
    ok: true,
    steps: [conversionBeside(column, other), ...declared.steps, ...casts, ...last],
  };
}

export function nameOf(type: ValueType): string {
  return (ValueType[type] ?? String(type)).toLowerCase();
}

interface Declared {
  readonly steps: readonly Conversion[];
  readonly type: ValueType;
}

/** In the order in which they are read: no value, sign, padding, decimal mark, then one of codes, number, date, bytes, parts. */
function legacySteps(field: EntityField, native: ValueType): Declared | string {
  const { old } = field;
  const steps: Conversion[] = [];
  if (old?.absent !== undefined) steps.push(absentStep(old.absent));
  if (old?.trailingSign === true) steps.push(trailingSignStep);
  if (old !== undefined && old.pad !== '') steps.push(paddingStep(old.pad, old.width));
  if (old !== undefined && old.decimalMark !== '') steps.push(decimalMarkStep(old.decimalMark));
  let type = steps.length > 0 && native === ValueType.NUMBER ? ValueType.TEXT : native;
  if (Object.keys(field.codes).length > 0) {
    steps.push(codesStep(new Map(Object.entries(field.codes))));
    type = ValueType.TEXT;
  }
  const factor = declaredFactor(field);
  if (factor !== '') {
    const parsed = parseFactor(factor);
    if (parsed === undefined) return `factor ${factor} has no finite inverse, so that it cannot be undone`;
    if (type !== ValueType.NUMBER && type !== ValueType.TEXT)
      return `a unit needs a number, not ${nameOf(type)}`;
    steps.push(numberStep, factorStep(parsed));
    type = ValueType.NUMBER;
  }
  if (field.date !== undefined) return dated(steps, type, field.date.legacy);
  if (old?.hex === true) return { steps: [...steps, hexStep], type: ValueType.BYTES };
  if (old !== undefined && old.parts !== '') {
    const pattern = parsePartsPattern(old.parts);
    if (pattern === undefined)
      return `parts ${JSON.stringify(old.parts)} is not like "<code:number> <message>"`;
    return { steps: [...steps, partsStep(pattern)], type: ValueType.JSON };
  }
  return { steps, type };
}

function modernSteps(field: EntityField, native: ValueType): Declared | string {
  return field.date === undefined ? { steps: [], type: native } : dated([], native, field.date.modern);
}

/** A column of a date type has its notation already. */
function dated(steps: readonly Conversion[], type: ValueType, pattern: string): Declared | string {
  if (type === ValueType.DATE || type === ValueType.INSTANT) return { steps, type };
  const notation = parseNotation(pattern);
  if (notation === undefined)
    return `date notation ${JSON.stringify(pattern)} is not made of YYYY, MM, DD, hh, mm, ss and separators`;
  if (type !== ValueType.TEXT && type !== ValueType.NUMBER) return `${nameOf(type)} is no date`;
  return {
    steps: [...steps, dateStep(notation, type === ValueType.NUMBER)],
    type: notation.hasTime ? ValueType.INSTANT : ValueType.DATE,
  };
}
