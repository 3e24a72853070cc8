import type { ProofRule } from './rule.ts';

const FLAGS_MAX = 64;

export const flagsToList: ProofRule = {
  name: 'flags-to-list',
  accepts:
    'Flags as a list of the names of those that are set: {"read":true,"pay":false} and ["read"], in any order.',
  refuses:
    'A flag that is missing, added or named twice; a flag that is neither true nor false; no flags at all.',
  prove({ legacy, modern }) {
    const { fields } = legacy;
    const names = modern.items;
    if (fields === undefined || names === undefined || fields.size === 0 || fields.size > FLAGS_MAX)
      return undefined;
    if (![...fields.values()].every((value) => typeof value === 'boolean')) return undefined;
    const set = [...fields].filter(([, value]) => value === true).map(([name]) => name);
    if (set.length !== names.length || !set.every((name) => names.includes(name))) return undefined;
    return `Both say that ${set.length} of ${fields.size} flags are set.`;
  },
};
