import { Side } from '../value/side.ts';
import { isTruth, readTruth } from '../value/truth.ts';
import { saysNothing } from '../value/words-of-nothing.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const truthInverted: BugRule = {
  name: 'truth-inverted',
  shows:
    'A truth value that is the opposite, in whatever notation, or a truth value in place of a number or text that says more than yes or no.',
  spares:
    'Values that legacy does not repeat itself; 0 and 1 among other numbers, and where only some of them are turned (zero-one-changed).',
  find(context) {
    const found = turned(context);
    return isOfDigits(context, found) ? undefined : told(context, found, 'says');
  },
};

export const zeroOneChanged: BugRule = {
  name: 'zero-one-changed',
  shows:
    '0 in place of 1, or 1 in place of 0, in a field that has no other values, while not each is turned into the other: it may be a count, a code, or a yes and no.',
  spares: 'Values that legacy does not repeat itself; 0 and 1 among other numbers.',
  find(context) {
    const found = turned(context);
    return isOfDigits(context, found) ? told(context, found, 'has') : undefined;
  },
};

function told(context: Context, found: readonly Observed[], verb: string) {
  const first = found[0];
  if (first === undefined) return undefined;
  const explanation = `Legacy ${verb} ${shown(first.legacy)}, modern ${shown(first.modern)}`;
  return { severity: severityOf(context), explanation, shownBy: found.length };
}

/** Nothing but a digit says that they are truth values, and not all of them are turned, which a yes and no would be by a slip in its meaning. */
function isOfDigits({ all }: Context, found: readonly Observed[]): boolean {
  if (!found.every(({ legacy, modern }) => isDigit(legacy) && isDigit(modern))) return false;
  return found.length < all.length || new Set(all.map(({ legacy }) => readTruth(legacy))).size < 2;
}

function isDigit({ raw = '' }: Side): boolean {
  return /^"?-?[01]"?$/.test(raw);
}

/** Truth values that are the opposite, or that stand in place of what says more. */
function turned({ profile, unproven }: Context): readonly Observed[] {
  const { legacy: ours, modern: theirs } = profile.data;
  return unproven.filter(({ legacy, modern, varies }) => {
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
}

/** Of a field that says yes and no, and in words that nobody said. */
function isTruthOrNothing(raw: string): boolean {
  const side = new Side(raw);
  return readTruth(side) !== undefined || saysNothing(side.text);
}
