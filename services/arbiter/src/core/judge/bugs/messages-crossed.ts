import { once, type Reading } from '../observe.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';
import { type TextPair, textPairs } from './text-pairs.ts';

/** More different texts are no messages of a program. */
const TEXTS_MAX = 64;
/** Words that two texts share with each other's, and not with their own, before they are crossed. */
const SHARED_MIN = 3;

export const messagesCrossed: BugRule = {
  name: 'messages-crossed',
  needs: ['texts', 'several'],
  shows:
    'Two messages in other words have changed places: each shares its words with what modern says for the other one, and none with its own, while the others share some with theirs (Insufficient funds as “The recipient could not be found”, Recipient not found as “There are not sufficient funds”).',
  spares:
    'Messages in another language; two messages of which one shares words with its own; texts that modern tells in several ways.',
  find(context) {
    const found = once(context, crossed);
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}, which are the words of another message`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function crossed(read: Reading): readonly TextPair[] {
  const pairs = textPairs(read).filter(({ legacy, modern }) => isMessage(legacy) && isMessage(modern));
  const told = new Map<string, TextPair>();
  for (const pair of pairs) {
    const known = told.get(pair.legacy);
    if (known !== undefined && known.modern !== pair.modern) return [];
    told.set(pair.legacy, pair);
  }
  if (told.size < 3 || told.size > TEXTS_MAX) return [];
  const all = [...told.values()].map((pair) => ({
    pair,
    ours: stemsOf(pair.legacy),
    theirs: stemsOf(pair.modern),
  }));
  const strangers = all.filter(({ ours, theirs }) => sharedOf(ours, theirs) === 0);
  // Where most share nothing with their own, they are in another language.
  if (strangers.length < 2 || strangers.length > Math.max(2, all.length / 2)) return [];
  const turned = strangers.filter((one) =>
    strangers.some((other) => {
      if (other === one) return false;
      const [there, back] = [sharedOf(one.ours, other.theirs), sharedOf(other.ours, one.theirs)];
      return there > 0 && back > 0 && there + back >= SHARED_MIN;
    }),
  );
  const texts = new Set(turned.map(({ pair }) => pair.legacy));
  return pairs.filter(({ legacy }) => texts.has(legacy));
}

function isMessage(text: string): boolean {
  return text.length <= 200 && /\p{L}{2} \p{L}{2}/u.test(text);
}

/** The beginnings of words that say something: sufficient and insufficient have the same. */
function stemsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(
    words
      .filter((word) => !JOINTS.has(word))
      .map((word) => word.replace(/^(?:in|un)(?=\p{L}{5})/u, '').slice(0, 5)),
  );
}

const JOINTS = new Set(
  'your this that with have been does could cannot please there will from they were their what when which must should'.split(
    ' ',
  ),
);

function sharedOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((word) => b.has(word)).length;
}
