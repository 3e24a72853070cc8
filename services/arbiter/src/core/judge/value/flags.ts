import type { Value } from '../../compare/value.ts';

const PAIRS: readonly (readonly [yes: readonly string[], no: readonly string[]])[] = [
  [['y'], ['n']],
  [['j'], ['n']],
  [['x'], ['', ' ', '-']],
  [['on'], ['off']],
  [['yes'], ['no']],
  [['true'], ['false']],
  [['active'], ['inactive']],
  [['enabled'], ['disabled']],
  [['1'], ['0']],
];
export const FLAGS_MAX = 64;

/**
 * What each member of an object says, when all say yes or no in one notation: truth values, on and off, Y and N, X and blank. Undefined
 * for other objects, and where a notation of words has no yes or no that tells it (blanks only).
 */
export function flagsOf(
  fields: ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, boolean> | undefined {
  if (fields === undefined || fields.size === 0 || fields.size > FLAGS_MAX) return undefined;
  const values = [...fields.values()];
  if (values.every((value) => typeof value === 'boolean'))
    return new Map(fields as ReadonlyMap<string, boolean>);
  const words = values.flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));
  if (words.length < values.length || words.every((word) => word.trim() === '')) return undefined;
  const pair = PAIRS.find(([yes, no]) => words.every((word) => yes.includes(word) || no.includes(word)));
  if (pair === undefined) return undefined;
  return new Map([...fields.keys()].map((key, i) => [key, pair[0].includes(words[i] ?? '')]));
}
