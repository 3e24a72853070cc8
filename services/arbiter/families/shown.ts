import type { Value } from './kit.ts';

/** A value of a deterministic field; the defect is left out where it happens to change nothing. */
export function shown(legacy: string, right: string, wrong: string): Value {
  return wrong === right || wrong === legacy ? { legacy, right } : { legacy, right, wrong };
}
