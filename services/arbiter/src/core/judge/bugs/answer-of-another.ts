import type { Value } from '../../compare/value.ts';
import type { Judgement } from '../judgement.ts';
import { rawOf } from '../value/side.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** Shorter objects may be the same by chance. */
const CHARS_MIN = 24;
/** Members of an answer that are others at once, and different answers of legacy before one is somebody’s own. */
const CHANGED_MIN = 2;
const ANSWERS_MIN = 4;

/**
 * An object that is, to the letter, what legacy answers another request, and that differs in several members from what it answers this one. Judged
 * before the members are taken apart, of which each by itself could be anything.
 */
export function answerOfAnother(all: readonly Observed[]): Judgement | undefined {
  const owners = new Map<string, number>();
  for (const { legacy } of all) owners.set(legacy.raw ?? '', (owners.get(legacy.raw ?? '') ?? 0) + 1);
  if (owners.size < ANSWERS_MIN) return undefined;
  const found = all.filter(({ legacy, modern, differs, varies }) => {
    if (!differs || varies || legacy.fields === undefined || modern.fields === undefined) return false;
    // What several requests have is nobody's own: a state, a product.
    if (
      (modern.raw ?? '').length < CHARS_MIN ||
      owners.get(modern.raw ?? '') !== 1 ||
      owners.get(legacy.raw ?? '') !== 1
    )
      return false;
    return countChanged(legacy.fields, modern.fields) >= CHANGED_MIN;
  });
  const [first] = found;
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'answer-of-another-request',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, which is legacy’s answer to another request (${found.length} of ${all.length} requests).`,
  };
}

function countChanged(ours: ReadonlyMap<string, Value>, theirs: ReadonlyMap<string, Value>): number {
  if (ours.size !== theirs.size) return 0;
  return [...ours].filter(
    ([key, value]) => theirs.has(key) && rawOf(theirs.get(key) ?? null) !== rawOf(value),
  ).length;
}
