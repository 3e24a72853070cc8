import type { Judgement } from '../judgement.ts';
import { keysRead } from '../proofs/coded-keys.ts';
import { rawOf, type Side } from '../value/side.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** The same values in the same order under other months or days: all payments of a year a month late. Judged before the members are taken apart. */
export function keysMoved(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(({ legacy, modern, varies }) => !varies && areMoved(legacy, modern));
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'keys-moved',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the same values are told of other months or days (${found.length} requests).`,
  };
}

function areMoved(legacy: Side, modern: Side): boolean {
  const read = keysRead(legacy, modern);
  if (read === undefined || [...read.ours.keys()].every((key) => read.theirs.has(key))) return false;
  const [ours, theirs] = [read.ours, read.theirs].map((members) =>
    [...members].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => rawOf(value)),
  );
  return ours?.join('\n') === theirs?.join('\n');
}
