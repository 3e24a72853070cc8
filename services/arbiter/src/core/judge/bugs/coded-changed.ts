import type { Judgement } from '../judgement.ts';
import { notationOf, type ReadingPair, readingPairs } from '../readings/relate.ts';
import { countsMinutes } from '../value/durations.ts';
import type { Side } from '../value/side.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const codedChanged: BugRule = {
  name: 'coded-value-changed',
  shows:
    'Another day, month, number, country … than legacy’s, both read in notations that their look, or the field’s other values, establish; or that a slip of the conversion explains (a day, the century, the sign).',
  spares: 'Values that can be read in several domains of which one holds.',
  find(context) {
    const established = establishedNotations(context);
    const found: { at: Observed; pair: ReadingPair }[] = [];
    for (const at of context.unproven) {
      if (at.varies || context.keyLike || context.clockLike) continue;
      const pairs = readingPairs(at.legacy, at.modern);
      if (pairs.some(({ same }) => same) || countsMinutes(at.legacy.text, at.modern.raw)) continue;
      const pair =
        pairs.find((candidate) => established.has(notationOf(candidate)) || candidate.strong) ??
        nearOf(pairs);
      if (pair !== undefined) found.push({ at, pair });
    }
    const first = found[0];
    if (first === undefined) return undefined;
    const { at, pair } = first;
    const explanation = `Legacy has ${shown(at.legacy)} (${pair.legacy.reader}), modern ${shown(at.modern)} (${pair.modern.reader}): another ${pair.domain.name.replace('-', ' ')}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Notations in which other observations of the field, written otherwise on both sides, denote the same thing. */
function establishedNotations({ all }: Context): Set<string> {
  const notations = new Set<string>();
  for (const { legacy, modern, differs, proof } of all) {
    if (!differs || proof === undefined) continue;
    for (const pair of readingPairs(legacy, modern)) if (pair.same) notations.add(notationOf(pair));
  }
  return notations;
}

function nearOf(pairs: readonly ReadingPair[]): ReadingPair | undefined {
  return pairs.find(
    ({ domain, legacy, modern }) =>
      (legacy.strong || modern.strong) && domain.near?.(legacy.key, modern.key) === true,
  );
}

/**
 * Objects or lists that are each recognised as one thing of a closed domain (a place by its coordinates), not the same one, and so near that a slip
 * explains it. Judged before the members are taken apart, of which none has its own on the other side.
 */
export function objectsMisread(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.flatMap((at) => {
    if (at.varies || !isTree(at.legacy) || !isTree(at.modern)) return [];
    const pairs = readingPairs(at.legacy, at.modern);
    const pair = pairs.some(({ same }) => same) ? undefined : nearOf(pairs.filter(({ strong }) => strong));
    return pair === undefined ? [] : [{ at, pair }];
  });
  const [first] = found;
  if (first === undefined) return undefined;
  const { at, pair } = first;
  return {
    verdict: 'bug',
    rule: codedChanged.name,
    severity: 'critical',
    explanation: `Legacy has ${shown(at.legacy)} (${pair.legacy.reader}), modern ${shown(at.modern)} (${pair.modern.reader}): another ${pair.domain.name.replace('-', ' ')} (${found.length} requests).`,
  };
}

function isTree({ fields, items }: Side): boolean {
  return (fields ?? items) !== undefined;
}
