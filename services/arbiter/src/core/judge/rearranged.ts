import type { Observed } from './bugs/rule.ts';
import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { provePair } from './pair.ts';
import { UNKNOWN_FIELD } from './profile.ts';
import { leavesOf } from './readings/sequences.ts';
import { rawOf, type Side } from './value/side.ts';

/** What is asked where nothing is lost, so that no score may call it a bug. */
export const KEYS_RENAMED = 'keys-renamed';

/** Whether all objects hold the same words and numbers under other keys: nothing is lost, but what means what only a person can tell. */
export function isRearranged(unproven: readonly Observed[]): boolean {
  const negated = unproven.every(({ legacy, modern }) => isNegated(legacy, modern));
  return unproven.every(({ legacy, modern }) => {
    if (legacy.fields === undefined || modern.fields === undefined) return false;
    const keys = (fields: ReadonlyMap<string, unknown>) => [...fields.keys()].sort().join('\n');
    if (keys(legacy.fields) === keys(modern.fields)) return false;
    for (const [key, value] of legacy.fields) {
      const other = modern.fields.get(key);
      if (other !== undefined && !isSame(rawOf(value), rawOf(other))) return false;
    }
    if (negated) return true;
    return leavesOf(legacy).toSorted().join('\n') === leavesOf(modern).toSorted().join('\n');
  });
}

/** One truth value under another key is always its opposite (blocked, usable), and nothing else is another. */
function isNegated({ fields: ours }: Side, { fields: theirs }: Side): boolean {
  if (ours === undefined || theirs === undefined || ours.size !== theirs.size) return false;
  const [gone, ...lost] = [...ours].filter(([key]) => !theirs.has(key));
  const [come] = [...theirs].filter(([key]) => !ours.has(key));
  if (lost.length > 0 || gone === undefined || come === undefined) return false;
  return typeof gone[1] === 'boolean' && come[1] === !gone[1];
}

function isSame(legacy: string, modern: string): boolean {
  return legacy === modern || provePair(legacy, modern, UNKNOWN_FIELD) !== undefined;
}

export function rearrangedDoubt({ field }: Episode, unproven: readonly Observed[]): Judgement {
  const [first] = unproven;
  const names = (fields: ReadonlyMap<string, unknown> | undefined) => [...(fields?.keys() ?? [])].join(', ');
  const [ours, theirs] = [names(first?.legacy.fields), names(first?.modern.fields)];
  return {
    verdict: 'ask',
    rule: KEYS_RENAMED,
    severity: '',
    explanation: `The values are the same (or a yes for a no), the keys are not (${ours}; ${theirs}).`,
    question: `Do ${theirs} of modern mean what ${ours} of legacy mean at ${field || 'this field'}?`,
  };
}
