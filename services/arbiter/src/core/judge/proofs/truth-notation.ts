import { isTruth, readTruth } from '../value/truth.ts';
import type { ProofRule } from './rule.ts';

export const truthNotation: ProofRule = {
  name: 'truth-notation',
  numbers: true,
  accepts:
    'The same truth value in another notation: true, "true", 1, "1", "Y", "yes", "on"; one side says by itself that it is a truth value, or both sides’ values have never been anything else.',
  refuses:
    'The other truth value; 0 and 1 where the field has other numbers; NO where the field has other codes (a country).',
  prove({ legacy, modern, profile }) {
    const l = readTruth(legacy);
    const m = readTruth(modern);
    if (l === undefined || l !== m) return undefined;
    const { legacy: ours, modern: theirs, observed } = profile.data;
    if (observed === 0 || !ours.truthOnly || !theirs.truthOnly) return undefined;
    if (!isTruth(legacy) && !isTruth(modern) && !(ours.vocabulary.length > 1 && theirs.vocabulary.length > 1))
      return undefined;
    // NO alone may be Norway.
    if (ours.vocabulary.length < 2 && legacy.text === 'NO') return undefined;
    return `Both mean ${l}.`;
  },
};
