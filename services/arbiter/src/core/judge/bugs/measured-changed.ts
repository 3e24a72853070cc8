import { plainNumber } from '../value/atoms.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Different numbers that a word goes with unchanged before another number beside it is called a slip. */
const NUMBERS_MIN = 2;

export const measuredChanged: BugRule = {
  name: 'measured-changed',
  needs: ['several'],
  shows:
    'A number with a word beside it (611 pts as 325286 points) that is another one, while the same two words go with unchanged numbers in other requests.',
  spares: 'Words that never go with unchanged numbers: they may be units (asked).',
  find(context) {
    const rows = rowsOf(context);
    const kept = new Map<string, Set<string>>();
    for (const { words, legacy, modern } of rows) {
      if (legacy !== modern) continue;
      kept.set(words, (kept.get(words) ?? new Set()).add(legacy));
    }
    const found = rows.filter(
      ({ words, legacy, modern }) => legacy !== modern && (kept.get(words)?.size ?? 0) >= NUMBERS_MIN,
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}, while the words go with the same numbers in other requests`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** Texts of one number and words without digits, by their words. */
function rowsOf({ all }: Context) {
  return all.flatMap((at) => {
    const [l, m] = [read(at.legacy.text), read(at.modern.text)];
    return at.varies || l === undefined || m === undefined
      ? []
      : [{ at, words: `${l.words}>${m.words}`, legacy: l.number, modern: m.number }];
  });
}

function read(text: string | undefined): { readonly words: string; readonly number: string } | undefined {
  const match = /^([^0-9]*?)(-?[0-9]+(?:\.[0-9]+)?)( ?[^0-9]+)$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, before = '', number = '', after = ''] = match;
  return {
    words: `${before}#${after}`,
    number: plainNumber(number),
  };
}
