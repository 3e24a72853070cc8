import { flagsOf } from '../value/flags.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const flagsToList: ProofRule = {
  name: 'flags-to-list',
  accepts:
    'Flags as a list of the names of those that are set: {"read":true,"pay":false} and ["read"], in any order; also Y and N, on and off, X and blank, and names in another case style.',
  refuses:
    'A flag that is missing, added or named twice; a flag that is neither true nor false in the notation of the others; no flags at all.',
  prove({ legacy, modern }) {
    const names = modern.items;
    const flags = names && flagsOf(legacy.fields);
    if (flags === undefined || names === undefined) return undefined;
    const set = [...flags].flatMap(([name, isSet]) => (isSet ? [wordsOf(name)] : []));
    const theirs = names.map((name) => (typeof name === 'string' ? wordsOf(name) : undefined));
    if (set.length !== theirs.length || !set.every((name) => theirs.includes(name))) return undefined;
    return `Both say that ${set.length} of ${flags.size} flags are set.`;
  },
};
