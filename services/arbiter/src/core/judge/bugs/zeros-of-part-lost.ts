import { leavesOf } from '../readings/sequences.ts';
import { atomsOf } from '../value/atoms.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const zerosOfPartLost: BugRule = {
  name: 'zeros-of-part-lost',
  needs: ['tree'],
  shows:
    'A text taken apart into an object, of which a part of figures loses its zeros at the start (05323 Turin as 5323 and Turin), while figures without them are kept; or four or five figures beside a list or object that are the same but for these zeros.',
  spares: 'Figures of which legacy fills up every one with zeros, or of several lengths (counters).',
  find(context) {
    const codes = context.unproven.filter(losesZerosOfCode);
    const lost = codes.length > 0 || !isOneWidth(context) ? codes : context.unproven.filter(losesZeros);
    const first = lost[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: zeros at the start are lost`;
    return { severity: severityOf(context), explanation, shownBy: lost.length };
  },
};

/** Four or five digits that begin with zero are no number (more may be a counter that is filled up): 01198 Osaka and {"zip":"1198"}. */
function losesZerosOfCode({ legacy, modern, varies }: Observed): boolean {
  const isTree = modern.fields !== undefined || modern.items !== undefined;
  if (varies || !isTree) return false;
  const [ours, theirs] = [atomsOf(legacy), atomsOf(modern)];
  if (ours === undefined || theirs === undefined) return false;
  if (ours.numbers.toSorted().join(' ') !== theirs.numbers.toSorted().join(' ')) return false;
  const codes = legacy.text?.match(/(?<![\p{L}\p{N}.,:])0[0-9]{3,4}(?![\p{L}\p{N}.,:])/gu) ?? [];
  return codes.some(
    (code) =>
      !theirs.raw.some((other) => other.endsWith(code)) && theirs.raw.includes(code.replace(/^0+/, '')),
  );
}

function losesZeros({ legacy, modern, varies }: Observed): boolean {
  if (varies || legacy.text === undefined || modern.fields === undefined) return false;
  const [ours, theirs] = [leavesOf(legacy).toSorted(), leavesOf(modern).toSorted()];
  const gone = ours.filter((word) => !theirs.includes(word));
  const bare = gone.map((word) => word.replace(/^0+/, ''));
  return (
    ours.length === theirs.length &&
    ours.length > 1 &&
    gone.length > 0 &&
    gone.every((word) => /^0[0-9]{3,11}$/.test(word)) &&
    bare.toSorted().join(' ') === theirs.filter((word) => !ours.includes(word)).join(' ')
  );
}

/** Whether each text has one number of four digits or more, all of one length, and some do not begin with a zero. */
function isOneWidth({ all }: Context): boolean {
  const figures = all.map(({ legacy }) => leavesOf(legacy).filter((word) => /^[0-9]{4,12}$/.test(word)));
  const widths = new Set(figures.map((words) => words[0]?.length));
  return (
    widths.size === 1 &&
    figures.every((words) => words.length === 1) &&
    figures.some(([word]) => word?.startsWith('0') === false)
  );
}
