import { isPointMoved } from '../meaning/point-moved.ts';
import { type Kept, keptOf } from '../score/kept.ts';
import { stoppedTimes, TIMES_MIN } from '../value/stopped-times.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Requests that establish a notation. */
const KEPT_MIN = 2;
/** Distinct values of legacy, of all: of a vocabulary each word may have a word of its own. */
const DISTINCT_MIN = 0.6;

export const notationBroken: BugRule = {
  name: 'notation-broken',
  needs: ['several'],
  shows:
    'Another notation that keeps each number and word in some requests (72 220183 S 038 and 72220183S038) and in others not (83 201141 F 009 and 83201141F9): a number is another one, or elements of a list are missing.',
  spares:
    'Vocabularies, of which each word may have its own; words that change; a number that is left out where none is left; what all requests lose alike; an amount that is told in the minor unit on one side, by its name or because it is filled up with zeros.',
  find(context) {
    const broken = brokenIn(context);
    const first = broken[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, while other requests keep every number and word in the new notation`;
    return { severity: severityOf(context), explanation, shownBy: broken.length };
  },
};

function brokenIn({ all, unproven }: Context): readonly Observed[] {
  if (unproven.length <= KEPT_MIN || stoppedTimes(all) >= TIMES_MIN) return [];
  if (new Set(all.map(({ legacy }) => legacy.raw)).size < DISTINCT_MIN * all.length) return [];
  const broken: Observed[] = [];
  let whole = 0;
  for (const at of unproven) {
    if (at.legacy.text === undefined || at.modern.isNumber) return [];
    const kept = keptOf(at.legacy, at.modern);
    if (kept === undefined || kept.doubled || kept.flags !== 0) return [];
    if (isKept(kept.numbers) && isKept(kept.words)) whole += 1;
    else if (isPointMoved(at)) return [];
    else if (isBroken(kept, at)) broken.push(at);
    else return [];
  }
  return whole >= KEPT_MIN ? broken : [];
}

function isBroken({ numbers, words, someNumbers, someWords }: Kept, { modern }: Observed): boolean {
  if (isKept(words)) return numbers === 'others' || (numbers === 'fewer' && someNumbers);
  return modern.items !== undefined && words === 'fewer' && someWords && (isKept(numbers) || someNumbers);
}

function isKept(fate: Kept['numbers']): boolean {
  return fate === 'none' || fate === 'same';
}
