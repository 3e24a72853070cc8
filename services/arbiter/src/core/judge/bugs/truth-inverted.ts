import { Side } from '../value/side.ts';
import { isTruth, readTruth } from '../value/truth.ts';
import { saysNothing } from '../value/words-of-nothing.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const truthInverted: BugRule = {
  name: 'truth-inverted',
  shows:
    'A truth value that is the opposite, in whatever notation, or a truth value in place of a number or text that says more than yes or no.',
  spares: 'Values that legacy does not repeat itself; 0 and 1 among other numbers.',
  find(context) {
    const { legacy: ours, modern: theirs } = context.profile.data;
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || legacy.raw === undefined) return false;
      const l = readTruth(legacy);
      const m = readTruth(modern);
      if (m === undefined) return false;
      if (l === undefined)
        return (
          typeof modern.value === 'boolean' &&
          legacy.value !== null &&
          legacy.text !== '' &&
          !(ours.vocabulary.length <= 2 && !ours.vocabularyOpen)
        );
      if (
        typeof modern.value === 'boolean' &&
        !ours.truthOnly &&
        legacy.text !== undefined &&
        !isTruth(legacy) &&
        !(l === m && ours.vocabulary.every(isTruthOrNothing))
      )
        return true;
      return l !== m && (isTruth(legacy) || isTruth(modern) || (ours.truthOnly && theirs.truthOnly));
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy says ${shown(first.legacy)}, modern ${shown(first.modern)}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Of a field that says yes and no, and in words that nobody said. */
function isTruthOrNothing(raw: string): boolean {
  const side = new Side(raw);
  return readTruth(side) !== undefined || saysNothing(side.text);
}
