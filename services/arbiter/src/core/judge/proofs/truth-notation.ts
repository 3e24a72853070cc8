import type { SideProfile } from '../profile.ts';
import { isCounted } from '../value/roles.ts';
import type { Side } from '../value/side.ts';
import { areOfOnePair, isTruth, isTruthOrUnknown, isTruthUnknown, readTruth } from '../value/truth.ts';
import type { ProofRule } from './rule.ts';

export const truthNotation: ProofRule = {
  name: 'truth-notation',
  ofField: true,
  numbers: true,
  accepts:
    'The same truth value in another notation: true, "true", 1, "1", "Y", "yes", "on"; one side says by itself that it is a truth value, or both sides’ values have never been anything else; "UNKNOWN" beside YES and NO as null beside true and false; a blank as false where the field has nothing but an X and blanks.',
  refuses:
    'The other truth value; 0 and 1 where the field has other numbers; NO where the field has other codes (a country); two letters that mean the same (cabins J and Y), a word without its partner that is one of other sets, 0 and 1 of what is counted; "UNKNOWN" as false.',
  prove({ legacy, modern, profile, field }) {
    const l = readTruth(legacy);
    const m = readTruth(modern);
    const { legacy: ours, modern: theirs, observed } = profile.data;
    const threefold =
      !ours.vocabularyOpen && !ours.truthOnly && theirs.truthOnly && isTruthOrUnknown(ours.vocabulary);
    if (threefold && modern.value === null && legacy.text !== undefined && isTruthUnknown(legacy.text))
      return 'Neither yes nor no is known.';
    if (m === false && isTruth(modern) && isUnchecked(legacy, ours))
      return 'A box that is not checked is false.';
    if (l === undefined || l !== m) return undefined;
    if (typeof legacy.value !== 'boolean' && (!areOfOnePair(ours.vocabulary) || isCount(legacy, field)))
      return undefined;
    if (threefold && typeof modern.value === 'boolean') return `Both mean ${l}.`;
    if (observed === 0 || !ours.truthOnly || !theirs.truthOnly) return undefined;
    if (!isTruth(legacy) && !isTruth(modern) && !(ours.vocabulary.length > 1 && theirs.vocabulary.length > 1))
      return undefined;
    // NO alone may be Norway.
    if (ours.vocabulary.length < 2 && legacy.text === 'NO') return undefined;
    return `Both mean ${l}.`;
  },
};

/** 0 and 1 of what is counted. */
function isCount({ isNumber }: Side, field: string): boolean {
  return isNumber && isCounted(field);
}

/** A blank of a field that has no other values but one mark for yes: an X, or nothing. */
function isUnchecked({ text }: Side, { vocabulary, vocabularyOpen }: SideProfile): boolean {
  return (
    text?.trim() === '' &&
    !vocabularyOpen &&
    vocabulary.some(isMark) &&
    vocabulary.every((raw) => isMark(raw) || /^" +"$/.test(raw))
  );
}

function isMark(raw: string): boolean {
  return /^"[xX✓]"$/.test(raw);
}
