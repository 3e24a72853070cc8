import { parseFieldPath, type Step } from '@chronos/arbiter/core/compare/field-path.ts';
import { isArray, isObject, type Value } from '@chronos/arbiter/core/compare/value.ts';
import { rawJson } from '@chronos/arbiter/core/judge/raw-json.ts';

/** Raw JSON of a field of a body (of an array: of its first element); undefined where there is none. */
export function valueAt(body: Value | undefined, field: string): string | undefined {
  const path = parseFieldPath(field);
  if (!path.ok || !field.startsWith('body')) return undefined;
  const { text, cut } = rawJson(path.steps.slice(1).reduce<Value | undefined>(below, body));
  return cut ? undefined : text;
}

function below(value: Value | undefined, step: Step): Value | undefined {
  if (value === undefined) return undefined;
  if (step.kind === 'field') return isObject(value) ? value.get(step.name) : undefined;
  if (step.kind === 'index') return isArray(value) ? value[step.index] : undefined;
  return step.kind === 'any-index' && isArray(value) ? value[0] : undefined;
}
