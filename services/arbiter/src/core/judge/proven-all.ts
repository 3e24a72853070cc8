import { centuryDoubt } from './bugs/century-moved.ts';
import type { Observed } from './bugs/rule.ts';
import { mixedSplits } from './bugs/split-inside.ts';
import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { mixtureDoubt } from './mixture.ts';
import { countedUnit } from './proofs/duration-notation.ts';
import { epochUnit } from './proofs/instant-notation.ts';

export const IDENTICAL: Judgement = {
  verdict: 'harmless',
  rule: 'identical',
  severity: '',
  explanation: 'All values are the same text.',
};

/** Where each difference is proven: harmless, unless the proofs together say something else than each by itself. */
export function provenAll(all: readonly Observed[], episode: Episode): Judgement {
  return (
    mixedUnits(all) ??
    mixedSplits(all) ??
    centuryDoubt({ all, episode }) ??
    mixtureDoubt(all) ??
    harmless(all)
  );
}

/** Durations that are proven one by one, but by seconds here and milliseconds there. */
function mixedUnits(all: readonly Observed[]): Judgement | undefined {
  const units = new Set(
    all.flatMap(
      ({ proof, legacy, modern }) =>
        (proof?.rule === 'duration-notation'
          ? countedUnit(legacy, modern)
          : // Of legacy's own numbers each is told in a text: nothing is mixed any more.
            proof?.rule === 'same-instant' && modern.isNumber
            ? epochUnit(legacy.raw, modern.raw)
            : undefined) ?? [],
    ),
  );
  if (units.size < 2) return undefined;
  const explanation = `Bare numbers count ${[...units].join(' in some requests and ')} in others.`;
  return { verdict: 'bug', rule: 'mixed-units', severity: 'major', explanation };
}

function harmless(all: readonly Observed[]): Judgement {
  const rules = new Map<string, number>();
  let example = '';
  for (const { proof } of all) {
    if (proof === undefined) continue;
    rules.set(proof.rule, (rules.get(proof.rule) ?? 0) + 1);
    example ||= proof.explanation;
  }
  const ranked = [...rules].sort((a, b) => b[1] - a[1]);
  const first = ranked[0];
  if (first === undefined) return IDENTICAL;
  const count = ranked.reduce((sum, [, times]) => sum + times, 0);
  const rulesShown =
    ranked.length === 1 ? '' : ` (${ranked.map(([rule, times]) => `${rule} ${times}`).join(', ')})`;
  const explanation = `${example} Proven for all ${count} differing of ${all.length} requests${rulesShown}.`;
  return { verdict: 'harmless', rule: first[0], severity: '', explanation };
}
