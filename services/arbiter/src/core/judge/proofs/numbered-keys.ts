import { numberedValues } from '../value/numbered-keys.ts';
import { rawOf } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const numberedKeys: ProofRule = {
  name: 'numbered-keys',
  accepts:
    'A list as an object whose keys count its places from 0 or 1, or such an object as a list: [7,9] and {"M01":7,"M02":9}.',
  refuses: 'A place that is missing, added, moved, or not proven equal; keys that do not count.',
  prove({ legacy, modern, part }) {
    const ours = legacy.items ?? numberedValues(legacy);
    const theirs = modern.items ?? numberedValues(modern);
    if (ours === undefined || theirs === undefined) return undefined;
    if ((legacy.items === undefined) === (modern.items === undefined)) return undefined;
    if (ours.length !== theirs.length) return undefined;
    const same = ours.every((value, i) => {
      const [l, m] = [rawOf(value), rawOf(theirs[i] ?? null)];
      return l === m || part(l, m) !== undefined;
    });
    return same ? `Each of the ${ours.length} places has its value under its number.` : undefined;
  },
};
