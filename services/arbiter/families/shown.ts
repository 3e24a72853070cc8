import type { Value } from './kit.ts';
import { json } from './kit-values.ts';

/** A value of a deterministic field; the defect is left out where it happens to change nothing. */
export function shown(legacy: string, right: string, wrong: string): Value {
  return wrong === right || wrong === legacy ? { legacy, right } : { legacy, right, wrong };
}

/** The same from plain values, whose JSON texts need no exact writing. */
export function shownJson(legacy: unknown, right: unknown, wrong: unknown): Value {
  return shown(json(legacy), json(right), json(wrong));
}
