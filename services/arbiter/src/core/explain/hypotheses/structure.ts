import { isArray, isObject } from '../../compare/value.ts';
import type { Pair } from '../field.ts';
import type { Family, Hypothesis } from '../hypothesis.ts';
import { type Structure, structureOf } from '../structure.ts';

/** Objects and lists that one structural change turns into modern's. */
export const structure: Family = (field) => {
  const found = new Map<string, Structure>();
  const byPair = new Map<Pair, string>();
  for (const pair of field.differing) {
    const one = structureOfPair(pair);
    if (one === undefined) continue;
    found.set(one.formula, one);
    byPair.set(pair, one.formula);
  }
  return [...found.values()].map(({ name, formula, parameters }): Hypothesis => {
    return {
      name,
      formula,
      parameters,
      bits: 3,
      plain: true,
      check: (pair) => (pair.differs ? (byPair.get(pair) === formula ? 0 : 'wrong') : 'silent'),
    };
  });
};

function structureOfPair({ legacy, modern }: Pair): Structure | undefined {
  const [a, b] = [legacy.value, modern.value];
  if (a === undefined || b === undefined) return undefined;
  const structured = isArray(a) || isObject(a) || isArray(b) || isObject(b);
  return structured ? structureOf(a, b) : undefined;
}
