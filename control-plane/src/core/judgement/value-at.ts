import { parseFieldPath, type Step } from '@chronos/arbiter/core/compare/field-path.ts';
import { parseJson } from '@chronos/arbiter/core/compare/json.ts';
import { isArray, isObject, type Value } from '@chronos/arbiter/core/compare/value.ts';
import { rawJson } from '@chronos/arbiter/core/judge/raw-json.ts';
import type { HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';

/** Raw JSON of a field of a JSON answer (of an array: its first element); undefined where there is none that can be read at once. */
export function valueAt(response: HttpMessage | undefined, field: string): string | undefined {
  if (response === undefined || response.bodyTruncated || !field.startsWith('body')) return undefined;
  if (response.headers.some(({ name }) => name === 'content-encoding')) return undefined;
  const path = parseFieldPath(field);
  const json = parseJson(new TextDecoder().decode(response.body));
  if (!path.ok || !json.ok) return undefined;
  const { text, cut } = rawJson(path.steps.slice(1).reduce<Value | undefined>(below, json.value));
  return cut ? undefined : text;
}

function below(value: Value | undefined, step: Step): Value | undefined {
  if (value === undefined) return undefined;
  if (step.kind === 'field') return isObject(value) ? value.get(step.name) : undefined;
  if (step.kind === 'index') return isArray(value) ? value[step.index] : undefined;
  return step.kind === 'any-index' && isArray(value) ? value[0] : undefined;
}
