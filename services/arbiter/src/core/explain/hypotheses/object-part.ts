import { isObject, type Value } from '../../compare/value.ts';
import { canonical } from '../../judge/value/lists.ts';
import { rawOf } from '../../judge/value/side.ts';
import type { Pair } from '../field.ts';
import type { Family } from '../hypothesis.ts';
import { ofParts, type Parts } from '../part-field.ts';

const LEAVES_MAX = 32;

/** Objects with the same keys: the field within is explained by what explains fields, its neighbours in legacy's answer being facts too. */
export function objectPart(families: readonly Family[]): Family {
  return (field) =>
    field.differing.some(({ legacy }) => legacy.fields)
      ? ofParts(field, partsOf, families, ({ name, formula }, part) => {
          return { name, formula: `within it, ${part}: ${formula}` };
        })
      : [];
}

function partsOf({ legacy, modern, facts }: Pair): Parts | undefined {
  if (!legacy.fields || !modern.fields) return undefined;
  const [a, b] = [leavesOf(legacy.fields), leavesOf(modern.fields)];
  if (a.size !== b.size || a.size > LEAVES_MAX || [...a.keys()].some((path) => !b.has(path)))
    return undefined;
  const raw = (value: Value | undefined): string => (value === undefined ? 'null' : rawOf(value));
  return {
    changed: [...a]
      .filter(([path, value]) => canonical(value) !== canonical(b.get(path)!))
      .map(([path]) => path),
    sample: (part) => ({
      legacy: raw(a.get(part)),
      modern: raw(b.get(part)),
      request: new Map([
        ...[...a]
          .filter(([path]) => path !== part)
          .map(([path, value]) => [`legacy.${path}`, raw(value)] as const),
        ...facts,
      ]),
    }),
  };
}

function leavesOf(
  fields: ReadonlyMap<string, Value>,
  prefix = '',
  leaves = new Map<string, Value>(),
): Map<string, Value> {
  for (const [key, value] of fields) {
    if (leaves.size > LEAVES_MAX) break;
    if (isObject(value)) leavesOf(value, `${prefix}${key}.`, leaves);
    else leaves.set(`${prefix}${key}`, value);
  }
  return leaves;
}
