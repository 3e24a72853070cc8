import type { Judgement } from '../judgement.ts';
import { flagsOf } from '../value/flags.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/**
 * Objects of flags, each in a notation of its own (X and blank, true and false), of which one flag says no in the one and yes in the other. Judged
 * before the objects are taken apart: a blank alone says nothing, beside an X it says no.
 */
export function flagsTurned(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.flatMap((at) => {
    const name = at.varies ? undefined : turnedIn(at.legacy, at.modern);
    return name === undefined ? [] : [{ ...at, name }];
  });
  const first = found[0];
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'flags-turned',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: ${first.name} is on in one and off in the other (${found.length} requests).`,
  };
}

function turnedIn(legacy: Side, modern: Side): string | undefined {
  const ours = flagsOf(legacy.fields);
  const theirs = ours && flagsOf(modern.fields);
  if (ours === undefined || theirs === undefined) return undefined;
  const told = new Map([...theirs].map(([key, value]) => [wordsOf(key), value]));
  return [...ours].find(([key, value]) => (told.get(wordsOf(key)) ?? value) !== value)?.[0];
}
