import { rawOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const PAIRS_MAX = 200;
const PAIRS =
  /^[A-Za-z][A-Za-z0-9_. -]{0,39}=[^=;|&\n]{0,200}(?:[;|&\n] ?[A-Za-z][A-Za-z0-9_. -]{0,39}=[^=;|&\n]{0,200})*[;|&\n]?$/;

export const pairsToMembers: ProofRule = {
  name: 'pairs-to-members',
  accepts:
    'A text of names and values as an object of the same names, each value proven equal: "CHILD=25.41;CARE=40.73" and {"CHILD":25.41,"CARE":40.73}, in any order.',
  refuses:
    'A name that is missing, added or comes twice, a value that is not proven equal, other signs than = between name and value, an object that becomes a text.',
  prove({ legacy, modern, part }) {
    const text = legacy.text;
    const fields = modern.fields;
    if (text === undefined || fields === undefined || text.length > 8192 || !PAIRS.test(text))
      return undefined;
    // What a form escapes means what it says: that is read there.
    if (text.includes('&') && /[%+]/.test(text)) return undefined;
    const pairs = text.split(/[;|&\n]/).filter((pair) => pair.trim() !== '');
    if (pairs.length !== fields.size || pairs.length > PAIRS_MAX) return undefined;
    const left = new Map([...fields].map(([key, value]) => [nameOf(key), [key, value] as const]));
    if (left.size !== fields.size) return undefined;
    for (const pair of pairs) {
      const at = pair.indexOf('=');
      const name = nameOf(pair.slice(0, at).trim());
      const found = left.get(name);
      if (found === undefined) return undefined;
      const ours = JSON.stringify(pair.slice(at + 1).trim());
      const theirs = rawOf(found[1]);
      // The same figures, as a number.
      if (ours === `"${theirs}"` && /^-?[0-9.]+$/.test(theirs)) {
        left.delete(name);
        continue;
      }
      if (ours !== theirs && (losesZero(ours, theirs) || part(ours, theirs, found[0]) === undefined))
        return undefined;
      left.delete(name);
    }
    return `Each of the ${pairs.length} names has its value in a member of its own.`;
  },
};

/** CO and Co are two elements, and two letters or three are data as often as a name. */
function nameOf(key: string): string {
  return key.length > 3 ? wordsOf(key) : key;
}

/** 3.10 and 3.1 are two versions. */
function losesZero(ours: string, theirs: string): boolean {
  return /^"[0-9]{1,2}\.[1-9]0"$/.test(ours) && ours.slice(1, -1) !== theirs;
}
