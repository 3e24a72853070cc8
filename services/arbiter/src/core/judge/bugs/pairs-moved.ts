import { isObject } from '../../compare/value.ts';
import type { BugRule, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Pairs in a text: CTX:S AMP:R, EUR=5;USD=7. */
const PAIR = /(?:^|[\s;,|&~])([A-Za-z0-9_.-]{1,24})[:=]([A-Za-z0-9_.+-]{1,24})(?=$|[\s;,|&~])/g;

/** Different words for one code, each also of another code, before they are no notation. */
const PAIRS_MIN = 4;

export const pairsMoved: BugRule = {
  name: 'pairs-moved',
  shows:
    'A text of names with a code each beside rows of the same names: the words that modern has for a code are now these, now those (CTX:S AMP:R with CTX resistant), so that they stand beside other names.',
  spares: 'One word for each code, whatever it is; rows that lack a name; fewer than four pairs.',
  find(context) {
    const words = new Map<string, Set<string>>();
    const told: Observed[] = [];
    let count = 0;
    for (const at of context.unproven) {
      const pairs = at.varies ? undefined : pairsOf(at);
      if (pairs === undefined) continue;
      told.push(at);
      for (const [code, word] of pairs) {
        words.set(code, (words.get(code) ?? new Set()).add(word));
        count += 1;
      }
    }
    const mixed = [...words].find(([, said]) => said.size > 1);
    const [first] = told;
    if (first === undefined || mixed === undefined || count < PAIRS_MIN || words.size < 2) return undefined;
    const known = new Set([...words.values()].flatMap((said) => [...said]));
    // As many words as codes: they are the same, and paired otherwise.
    if (known.size > words.size) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: for ${mixed[0]} modern says ${[...mixed[1]].join(' and ')}`;
    return { severity: severityOf(context), explanation, shownBy: told.length };
  },
};

/** The code and the word of each name; undefined where the rows are not of the same names. */
function pairsOf({ legacy, modern }: Observed): readonly (readonly [string, string])[] | undefined {
  const text = legacy.text;
  if (text === undefined || text.length > 4096 || modern.items === undefined) return undefined;
  const codes = new Map([...text.matchAll(PAIR)].map(([, name = '', code = '']) => [name, code]));
  if (codes.size === 0 || codes.size !== modern.items.length) return undefined;
  const found: (readonly [string, string])[] = [];
  for (const row of modern.items) {
    if (!isObject(row) || row.size !== 2) return undefined;
    const texts = [...row.values()].flatMap((value) => (typeof value === 'string' ? [value] : []));
    const name = texts.find((value) => codes.has(value));
    const word = texts.find((value) => value !== name);
    if (name === undefined || word === undefined) return undefined;
    found.push([codes.get(name) ?? '', word]);
  }
  return found;
}
