import { atomsOf, without } from '../value/atoms.ts';
import { kindOf } from './kind-changed.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Words that one notation may have for one (MONTH as p.m.). */
const WORDS_MAX = 3;

/** Legacy's words that modern has not, and modern's that legacy has not, where all numbers are kept. */
interface Row {
  readonly at: Observed;
  readonly gone: string;
  readonly come: string;
}

export const wordsCrossed: BugRule = {
  name: 'words-crossed',
  needs: ['several'],
  shows:
    'In another structure a word of legacy is written as modern writes another word in most requests: {"per":"YEAR"} as "p.m.", which is MONTH elsewhere.',
  spares:
    'Words that modern writes in one way; words of which none is written otherwise in most requests; numbers that change.',
  find(context) {
    const rows = rowsOf(context);
    const usual = usualOf(rows);
    const owners = new Map([...usual].map(([gone, come]) => [come, gone]));
    const crossed = rows.filter(
      ({ gone, come }) => usual.get(gone) !== come && owners.has(come) && owners.get(come) !== gone,
    );
    const [first] = crossed;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: “${first.come}” stands for “${owners.get(first.come)}” in other requests`;
    return { severity: severityOf(context), explanation, shownBy: crossed.length };
  },
};

function rowsOf({ all }: Context): readonly Row[] {
  return all.flatMap((at) => {
    if (at.varies || !at.differs || kindOf(at.legacy) === kindOf(at.modern)) return [];
    const [ours, theirs] = [atomsOf(at.legacy), atomsOf(at.modern)];
    if (ours === undefined || theirs === undefined) return [];
    if (ours.numbers.join(' ') !== theirs.numbers.join(' ')) return [];
    const [gone, come] = [without(ours.words, theirs.words), without(theirs.words, ours.words)];
    if (gone.length === 0 || come.length === 0 || Math.max(gone.length, come.length) > WORDS_MAX) return [];
    return [{ at, gone: gone.join(' '), come: come.join(' ') }];
  });
}

/** What modern mostly writes for each word: in more than half of its requests, and twice or more. */
function usualOf(rows: readonly Row[]): ReadonlyMap<string, string> {
  const usual = new Map<string, string>();
  for (const [gone, of] of Map.groupBy(rows, (row) => row.gone)) {
    const [most] = [...Map.groupBy(of, ({ come }) => come)].sort(([, a], [, b]) => b.length - a.length);
    if (most !== undefined && most[1].length >= 2 && most[1].length * 2 > of.length) usual.set(gone, most[0]);
  }
  return usual;
}
