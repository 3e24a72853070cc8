import type { Value } from '../../compare/value.ts';
import { days } from '../readings/days.ts';
import { months } from '../readings/periods.ts';
import type { Domain } from '../readings/reading.ts';
import { rawOf, Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

const KEYS_MAX = 400;

export const codedKeys: ProofRule = {
  name: 'coded-keys',
  accepts:
    'An object whose keys are months or days, in another notation of these: {"JAN 2025":157.35} and {"2025-01":157.35}, in any order, each value proven equal.',
  refuses:
    'A key that is no month or day, is missing, added or another one; a value that is not proven equal; keys of one notation.',
  prove({ legacy, modern, part }) {
    const read = keysRead(legacy, modern);
    if (read === undefined) return undefined;
    for (const [key, value] of read.ours) {
      const other = read.theirs.get(key);
      if (other === undefined) return undefined;
      const [l, m] = [rawOf(value), rawOf(other)];
      if (l !== m && part(l, m) === undefined) return undefined;
    }
    return `Each of the ${read.ours.size} keys is the same ${read.name}, and has the same value.`;
  },
};

type Keyed = ReadonlyMap<string, Value>;

/** The members of both sides by what their keys mean; undefined where the keys are the same texts, or are not all of one domain. */
export function keysRead(
  legacy: Side,
  modern: Side,
): { readonly name: string; readonly ours: Keyed; readonly theirs: Keyed } | undefined {
  const [a, b] = [legacy.fields, modern.fields];
  if (a === undefined || b === undefined || a.size !== b.size || a.size === 0 || a.size > KEYS_MAX)
    return undefined;
  if ([...a.keys()].some((key) => b.has(key))) return undefined;
  for (const domain of [months, days]) {
    const [ours, theirs] = [keyed(a, domain), keyed(b, domain)];
    if (ours !== undefined && theirs !== undefined)
      return { name: domain.name.replace('coded-', ''), ours, theirs };
  }
  return undefined;
}

function keyed(fields: Keyed, domain: Domain): Keyed | undefined {
  const found = new Map<string, Value>();
  for (const [key, value] of fields) {
    const [read] = domain.read(new Side(JSON.stringify(key))).filter(({ strong, plain }) => strong || plain);
    if (read === undefined || found.has(read.key)) return undefined;
    found.set(read.key, value);
  }
  return found;
}
