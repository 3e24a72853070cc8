import type { Value } from '../../compare/value.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const FLAGS_MAX = 64;
const FLAGS = new Map<Value, boolean>([
  [true, true],
  [false, false],
  ['Y', true],
  ['N', false],
]);

export const flagsToList: ProofRule = {
  name: 'flags-to-list',
  accepts:
    'Flags as a list of the names of those that are set: {"read":true,"pay":false} and ["read"], in any order; also Y and N, and names in another case style.',
  refuses:
    'A flag that is missing, added or named twice; a flag that is neither true nor false, Y nor N; no flags at all.',
  prove({ legacy, modern }) {
    const { fields } = legacy;
    const names = modern.items;
    if (fields === undefined || names === undefined || fields.size === 0 || fields.size > FLAGS_MAX)
      return undefined;
    const flags = [...fields].map(([name, value]) => [wordsOf(name), FLAGS.get(value)] as const);
    if (flags.some(([, flag]) => flag === undefined)) return undefined;
    const set = flags.filter(([, flag]) => flag).map(([name]) => name);
    const theirs = names.map((name) => (typeof name === 'string' ? wordsOf(name) : undefined));
    if (set.length !== theirs.length || !set.every((name) => theirs.includes(name))) return undefined;
    return `Both say that ${set.length} of ${fields.size} flags are set.`;
  },
};
