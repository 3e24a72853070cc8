import type { Judgement } from '../judgement.ts';
import { soleRenamed } from '../value/period-ends.ts';
import type { Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { Observed } from './rule.ts';
import { shown } from './shown.ts';

/** What the words before and behind each bar say of a thing: the opposite of each other. */
const OPPOSITES = [
  'active enabled usable available allowed permitted unlocked live online valid on open|inactive disabled blocked unusable unavailable forbidden denied locked frozen suspended revoked off offline invalid deactivated expired closed',
  'visible shown public|hidden invisible private secret',
  'included present|excluded missing absent',
  'paid complete completed done settled|unpaid incomplete pending outstanding unsettled',
  'success succeeded ok|failed failure error',
  'subscribed optin|unsubscribed optout',
  'required mandatory|optional',
  'writable editable mutable|readonly immutable',
].map((line) => line.split('|').map((side) => side.split(' ')));

/**
 * A truth value under a key that says the opposite of legacy's (blocked, usable) and is the same: then it means the opposite. So does the end
 * of a period under a key that excludes what legacy's includes. Judged before
 * the fields are taken apart, for neither key has anything beside it then.
 */
export function keysOpposed(unproven: readonly Observed[]): Judgement | undefined {
  const found = unproven.filter(
    ({ legacy, modern, varies }) =>
      !varies && (isOpposed(legacy.fields, modern.fields) || isSameEnd(legacy, modern)),
  );
  const first = found[0];
  if (first === undefined) return undefined;
  return {
    verdict: 'bug',
    rule: 'keys-opposed',
    severity: 'critical',
    explanation: `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the key says the opposite and the value is the same (${found.length} requests).`,
  };
}

/** The last day of a period under the key of the day after it. */
function isSameEnd(legacy: Side, modern: Side): boolean {
  const ends = soleRenamed(legacy, modern, () => true);
  return ends !== undefined && ends.ours.date === ends.theirs.date;
}

type Fields = ReadonlyMap<string, unknown> | undefined;

function isOpposed(legacy: Fields, modern: Fields): boolean {
  if (legacy === undefined || modern === undefined) return false;
  const ours = truthsOnlyIn(legacy, modern);
  const theirs = truthsOnlyIn(modern, legacy);
  const [a, b] = [ours[0], theirs[0]];
  if (a === undefined || b === undefined || ours.length !== 1 || theirs.length !== 1) return false;
  return a[1] === b[1] && areOpposite(wordsOf(a[0]), wordsOf(b[0]));
}

function truthsOnlyIn(
  fields: ReadonlyMap<string, unknown>,
  others: ReadonlyMap<string, unknown>,
): readonly (readonly [string, unknown])[] {
  return [...fields].filter(([key, value]) => typeof value === 'boolean' && !others.has(key));
}

const REFUSING =
  /\b(?:no|not|never|without|cannot|dont|opt(?:ed)? ?out|blocked|forbidden|denied|disabled|excluded|refused|suppressed?)\b/g;
const GRANTING =
  /\b(?:is|are|has|was|can|do|does|may|opt(?:ed)? ?in|allow(?:ed|s)?|permit(?:ted|s)?|enabled?|included|accept(?:ed|s)?|granted|wanted|active)\b/g;

/** What a key speaks of without the words that refuse or grant it, and whether it grants it: no advertising, advertising allowed. */
function polarityOf(words: string): { readonly subject: string; readonly yes: boolean } {
  const bare = words.replaceAll(REFUSING, '');
  const subject = bare.replaceAll(GRANTING, '').replaceAll(/\s/g, '');
  return { subject, yes: bare === words };
}

/** By words that refuse in the one key and not in the other, by the table, or by a not, non, un, in or dis in front of one of them. */
function areOpposite(a: string, b: string): boolean {
  const [said, told] = [polarityOf(a), polarityOf(b)];
  if (said.subject !== '' && said.subject === told.subject && said.yes !== told.yes) return true;
  const [ours, theirs] = [bareKey(a), bareKey(b)];
  if (denied(ours) === theirs || denied(theirs) === ours) return true;
  return OPPOSITES.some(
    ([yes = [], no = []]) =>
      (yes.includes(ours) && no.includes(theirs)) || (no.includes(ours) && yes.includes(theirs)),
  );
}

function bareKey(words: string): string {
  return words.replace(/^(?:is|has|was|can) /, '').replaceAll(' ', '');
}

function denied(word: string): string | undefined {
  return /^(?:not|non|un|in|dis)([a-z]{4,})$/.exec(word)?.[1];
}
