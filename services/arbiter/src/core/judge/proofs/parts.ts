import type { Value } from '../../compare/value.ts';
import { countedBy } from '../told-in-units.ts';
import { areOfOneStyle } from '../value/names.ts';
import { isPatch } from '../value/roles.ts';
import { rawOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { Pair, ProofRule } from './rule.ts';

/** Larger structures are compared by their parts live, not here. */
const PARTS_MAX = 4096;

export const parts: ProofRule = {
  name: 'parts',
  accepts:
    'Lists of the same length and objects of the same keys (also in another case style: first_name and firstName) whose parts are each proven equal.',
  refuses: 'A part that is not proven equal; two keys that would become one.',
  prove(pair) {
    const { legacy, modern } = pair;
    if (legacy.items !== undefined && modern.items !== undefined)
      return proveAll(
        pair,
        legacy.items.map((item, i) => [item, modern.items?.[i]]),
        legacy.items.length === modern.items.length,
      );
    if (legacy.fields === undefined || modern.fields === undefined) return undefined;
    const names = byWords(modern.fields);
    if (names === undefined || byWords(legacy.fields) === undefined) return undefined;
    const pairs: [Value | undefined, Value | undefined, string][] = [];
    const left = new Set(modern.fields.keys());
    const isOneStyle = areOfOneStyle([...legacy.fields.keys()], [...modern.fields.keys()]);
    for (const [key, value] of legacy.fields) {
      const name = modern.fields.has(key) ? key : names.get(wordsOf(key));
      if (name !== undefined && name !== key && !isOneStyle) return undefined;
      // One member of modern is one of legacy's, not of two.
      if (name !== undefined && !left.delete(name)) return undefined;
      // A member of a patch that is null is deleted, one that is missing is kept (RFC 7396).
      if (name === undefined && isPatch(pair.field)) return undefined;
      pairs.push([value, name === undefined ? undefined : modern.fields.get(name), within(pair.field, key)]);
    }
    for (const name of left) pairs.push([undefined, modern.fields.get(name), within(pair.field, name)]);
    return proveAll(pair, pairs, true);
  },
};

function proveAll(
  { part }: Pair,
  pairs: readonly (readonly [legacy: Value | undefined, modern: Value | undefined, name?: string])[],
  sameCount: boolean,
): string | undefined {
  if (!sameCount || pairs.length > PARTS_MAX) return undefined;
  const rules = new Set<string>();
  const units = new Set<string>();
  for (const [l, m, name] of pairs) {
    const ours = l === undefined ? undefined : rawOf(l);
    const theirs = m === undefined ? undefined : rawOf(m);
    if (ours === theirs) continue;
    const proof = part(ours, theirs, name);
    if (proof === undefined) return undefined;
    rules.add(proof.rule);
    const unit = countedBy(proof.rule, ours, theirs, name ?? '');
    if (unit !== undefined && units.add(unit).size > 1) return undefined;
  }
  return `Each part is proven equal${rules.size === 0 ? '' : ` (${[...rules].sort().join(', ')})`}.`;
}

function byWords(fields: ReadonlyMap<string, Value>): Map<string, string> | undefined {
  const names = new Map<string, string>();
  for (const key of fields.keys()) names.set(wordsOf(key), key);
  return names.size === fields.size ? names : undefined;
}

/** The path of a member: what stands before it says what it is the end of (blocked.until). */
function within(field: string, key: string): string {
  return field === '' ? key : `${field}.${key}`;
}
