import { atomsOf, without } from '../value/atoms.ts';
import type { BugRule, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const wordsOfObjectLost: BugRule = {
  name: 'words-of-object-lost',
  needs: ['tree'],
  shows:
    'A text beside an object of its words, which lacks words that legacy has, no others in their place, while at least as many requests keep all of theirs.',
  spares:
    'Words that modern leaves out in most requests (a title, a form of address; asked), objects of fewer than two words.',
  find(context) {
    const rows = context.unproven.flatMap((at) => {
      const lost = lostOf(at);
      return lost === undefined ? [] : [{ at, lost }];
    });
    const broken = rows.filter(({ lost }) => lost.length > 0);
    const [first] = broken;
    if (first === undefined || broken.length * 2 > rows.length) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.lost.join(' ')} is lost`;
    return { severity: severityOf(context), explanation, shownBy: broken.length };
  },
};

/** What is missing of the words; undefined when modern has other ones, or is no object of words. */
function lostOf({ varies, legacy, modern }: Observed): readonly string[] | undefined {
  if (varies || legacy.text === undefined || modern.fields === undefined) return undefined;
  const [ours, theirs] = [atomsOf(legacy), atomsOf(modern)];
  if (ours === undefined || theirs === undefined || theirs.words.length < 2) return undefined;
  return without(theirs.words, ours.words).length > 0 ? undefined : without(ours.words, theirs.words);
}
