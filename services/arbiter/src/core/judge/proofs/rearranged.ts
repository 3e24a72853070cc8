import { decimalsEqual } from '../../compare/decimal.ts';
import { leavesOf } from '../readings/sequences.ts';
import { abbreviates } from '../value/abbreviations.ts';
import { sameDecimal } from '../value/decimal.ts';
import { readNumberText } from '../value/numbers.ts';
import type { Side } from '../value/side.ts';
import { rawOf } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const rearranged: ProofRule = {
  name: 'rearranged',
  accepts:
    'The same words and numbers in the same order, arranged in other fields: {"pair":"EUR/PLN"} and {"base":"EUR","quote":"PLN"}, "USD 358,300.11" and {"amount":358300.11,"currency":"USD"}.',
  refuses:
    'Another word, number or order of them; a field of the same name on both sides with another value.',
  prove({ legacy, modern, part }) {
    const theirs = modern.fields;
    if (theirs === undefined || theirs.size < 2 || legacy.items !== undefined) return undefined;
    if (!sharedFieldsAgree(legacy, modern, part) || !keysFit(legacy, modern)) return undefined;
    const ours = leavesOf(legacy);
    const leaves = leavesOf(modern);
    if (ours.length !== leaves.length || ours.length < 2) return undefined;
    const inOrder = ours.every((leaf, i) => sameLeaf(leaf, leaves[i] ?? ''));
    const [number, word] = [ours.filter(isNumeric), ours.filter((leaf) => !isNumeric(leaf))];
    // One amount and one currency cannot be confused, in whatever order they stand.
    const amount = ours.length === 2 && number.length === 1 && word.length === 1 && swapped(ours, leaves);
    return inOrder || amount ? 'Both hold the same words and numbers, arranged in other fields.' : undefined;
  },
};

function sharedFieldsAgree(legacy: Side, modern: Side, part: (l: string, m: string) => unknown): boolean {
  for (const [key, value] of legacy.fields ?? []) {
    const other = modern.fields?.get(key);
    if (other === undefined) continue;
    const [l, m] = [rawOf(value), rawOf(other)];
    if (l !== m && part(l, m) === undefined) return false;
  }
  return true;
}

/** As many fields under other names are renamed, not rearranged: each new name must be a form of the old one. */
function keysFit(legacy: Side, modern: Side): boolean {
  if (legacy.fields === undefined || legacy.fields.size !== modern.fields?.size) return true;
  const theirs = [...modern.fields.keys()];
  return [...legacy.fields.keys()].every((key, i) => {
    const other = theirs[i] ?? '';
    return key === other || abbreviates(key, other) || abbreviates(other, key);
  });
}

function isNumeric(leaf: string): boolean {
  return readNumberText(leaf)?.marks.currency === '';
}

function sameLeaf(a: string, b: string): boolean {
  if (a === b || decimalsEqual(a, b)) return true;
  const [l, m] = [readNumberText(a), readNumberText(b)];
  if (l === undefined || m === undefined) return false;
  return [...l.values.values()].some((x) =>
    [...m.values.values()].some((y) => sameDecimal(x, y) && y.scale >= x.scale),
  );
}

function swapped(ours: readonly string[], theirs: readonly string[]): boolean {
  return sameLeaf(ours[0] ?? '', theirs[1] ?? '') && sameLeaf(ours[1] ?? '', theirs[0] ?? '');
}
