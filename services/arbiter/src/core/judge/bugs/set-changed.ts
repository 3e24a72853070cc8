import type { Side } from '../value/side.ts';
import type { BugRule, Context, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Requests of which modern has the very set: what modern writes is the set then. */
const KEPT_MIN = 2;

interface Change {
  readonly at: Observed;
  readonly added: readonly string[];
  readonly lost: readonly string[];
}

export const setChanged: BugRule = {
  name: 'set-changed',
  needs: ['several'],
  shows:
    'Legacy gives the same words in each run, in whatever order (scopes, tags): a set, which modern has in other requests, and here with words more or fewer.',
  spares: 'Texts and lists of which legacy’s own runs have other words; a set that modern never has.',
  find(context) {
    const found = changesOf(context);
    const [first] = found;
    if (first === undefined) return undefined;
    const { at, added, lost } = first;
    const how = added.length > 0 ? `${added.join(', ')} has come` : `${lost.join(', ')} is gone`;
    const explanation = `Legacy has ${shown(at.legacy)}, modern ${shown(at.modern)}: ${how}, whatever the order`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function changesOf({ all }: Context): readonly Change[] {
  if (!all.some(({ varies }) => varies)) return [];
  const found: Change[] = [];
  let kept = 0;
  for (const at of all) {
    const [ours, again, theirs] = [at.legacy, at.legacy2 ?? at.legacy, at.modern].map(wordsOfSet);
    if (ours === undefined || again === undefined || theirs === undefined) return [];
    if (without(ours, again).length + without(again, ours).length > 0) return [];
    const [added, lost] = [without(theirs, ours), without(ours, theirs)];
    if (added.length + lost.length === 0) kept += ours.size > 1 ? 1 : 0;
    else found.push({ at, added, lost });
  }
  return kept >= KEPT_MIN ? found : [];
}

/** Words between blanks or commas, or the texts of a list; none that comes twice. */
function wordsOfSet({ text, items }: Side): ReadonlySet<string> | undefined {
  const words =
    text?.split(/ ?[,;|] ?| /) ?? items?.flatMap((item) => (typeof item === 'string' ? item : []));
  if (words === undefined || words.length > 100 || (items !== undefined && words.length < items.length))
    return undefined;
  const set = new Set(words.filter((word) => word !== ''));
  return set.size === 0 || set.size < words.length ? undefined : set;
}

function without(words: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...words].filter((word) => !others.has(word));
}
