import { canonical } from '../value/lists.ts';
import type { ProofRule } from './rule.ts';

export const sameJson: ProofRule = {
  name: 'same-json',
  accepts:
    'The same JSON value in another spelling: blanks between tokens, escapes in strings, order of keys of an object.',
  refuses:
    'Another order of the elements of a list; a number where a string stands; anything that cannot be parsed.',
  prove({ legacy, modern }) {
    if (legacy.value === undefined || modern.value === undefined) return undefined;
    if (legacy.isNumber || modern.isNumber || typeof legacy.value !== typeof modern.value) return undefined;
    if (typeof legacy.value === 'string')
      return legacy.value === modern.value ? 'The strings are the same, only escaped otherwise.' : undefined;
    return canonical(legacy.value) === canonical(modern.value)
      ? 'Both are the same JSON value, only written otherwise.'
      : undefined;
  },
};
