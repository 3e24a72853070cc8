import { isCode } from '../value/codes.ts';
import { wordsOf } from '../value/text.ts';
import { isToken } from '../value/tokens.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';
import { textPairs } from './text-pairs.ts';

/** What modern says for each text of legacy, over all observations, equal ones included. */
function mappingOf({ all }: Context): Map<string, Map<string, number>> {
  const mapping = new Map<string, Map<string, number>>();
  for (const { legacy, modern, varies } of all) {
    if (varies || legacy.text === undefined || modern.text === undefined) continue;
    const images = mapping.get(legacy.text) ?? new Map<string, number>();
    images.set(modern.text, (images.get(modern.text) ?? 0) + 1);
    mapping.set(legacy.text, images);
  }
  return mapping;
}

export const textsCollapsed: BugRule = {
  name: 'collapsed',
  needs: ['texts', 'several'],
  shows: 'Two or more different texts of legacy become one in modern: what told them apart is lost.',
  spares:
    'Texts that are proven equal or differ only in blanks and zero bytes at their ends, or in how six figures or more are grouped; a vocabulary renamed one to one (asked).',
  find(context) {
    const sources = new Map<string, Set<string>>();
    for (const [legacy, images] of mappingOf(context)) {
      for (const modern of images.keys())
        sources.set(modern, (sources.get(modern) ?? new Set()).add(unordered(withoutFiller(legacy))));
    }
    const pairs = textPairs(context).filter(
      ({ legacy, modern }) =>
        (sources.get(modern)?.size ?? 0) > 1 &&
        !(isZoned(legacy) && isOffset(modern)) &&
        ![...(sources.get(modern) ?? [])].every((source) => isRegrouped(source, modern)),
    );
    const first = pairs[0];
    if (first === undefined) return undefined;
    const merged = [...(sources.get(first.modern) ?? [])]
      .slice(0, 3)
      .map((text) => JSON.stringify(text.slice(0, 40)));
    const explanation = `Legacy tells ${merged.join(', ')} apart, modern says ${shown(first.at.modern)} for each`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

/** 1200 CEST and 1100 CET are one moment. */
function isZoned(text: string): boolean {
  return /[0-9] ?(?:[A-Z]{1,3}[SD]?T|UTC|Z)$/.test(text);
}

function isOffset(text: string): boolean {
  return /[0-9]{2}:?[0-9]{2}(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text);
}

/** Fields of fixed width are filled with blanks, zero bytes (LOW-VALUES) or soft hyphens, which tell nothing apart. */
function withoutFiller(text: string): string {
  return text.replace(/^[\s\0]+/, '').replace(/[\s\0]+$/, '');
}

/** 08051022 and 0805.10.22: the same figures, which legacy writes in both ways. */
export function isRegrouped(legacy: string, modern: string): boolean {
  const signs = (text: string) => text.replaceAll(/[ ./-]/g, '');
  return /^[0-9]{6,}$/.test(signs(legacy)) && signs(legacy) === signs(modern);
}

export const otherRequestsText: BugRule = {
  name: 'text-of-another-request',
  needs: ['texts', 'several'],
  shows: 'Modern gives the text that legacy gives for another request: stale, swapped or mixed up.',
  spares:
    'A text that legacy never gives; the same words in another order, six figures or more that are grouped otherwise.',
  find(context) {
    const owned = new Set(context.all.flatMap(({ legacy }) => legacy.text ?? []));
    const pairs = textPairs(context).filter(
      ({ legacy, modern }) =>
        owned.has(modern) && sortedWords(legacy) !== sortedWords(modern) && !isRegrouped(legacy, modern),
    );
    const first = pairs[0];
    if (first === undefined) return undefined;
    const explanation = `Modern says ${shown(first.at.modern)} where legacy says ${shown(first.at.legacy)}; it is what legacy says for another request`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

export const unstable: BugRule = {
  name: 'unstable',
  needs: ['texts', 'several'],
  shows:
    'Modern says different things for one and the same text of legacy, of a vocabulary that legacy repeats.',
  spares: 'Identifiers and free text, of which each request has its own.',
  find(context) {
    const mapping = mappingOf(context);
    const pairs = textPairs(context).filter(
      ({ legacy }) =>
        new Set([...(mapping.get(legacy)?.keys() ?? [])].map(unordered)).size > 1 && !isToken(legacy),
    );
    const first = pairs[0];
    if (first === undefined) return undefined;
    const images = [...(mapping.get(first.legacy)?.keys() ?? [])]
      .slice(0, 3)
      .map((text) => JSON.stringify(text.slice(0, 40)));
    const explanation = `For legacy’s ${shown(first.at.legacy)} modern says ${images.join(' and ')}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

export const codeReplaced: BugRule = {
  name: 'code-replaced',
  needs: ['texts'],
  shows:
    'One code becomes another word while the other codes of the field keep theirs, or both are words for states of things that exclude each other.',
  spares: 'A vocabulary renamed one to one, abbreviations and other spellings of the same word (asked).',
  find(context) {
    const kept = context.all.filter(({ differs, legacy }) => !differs && legacy.text !== undefined);
    const pairs = textPairs(context).filter(
      ({ legacy, modern }) =>
        isWord(legacy) &&
        isWord(modern) &&
        !isAlike(legacy, modern) &&
        sortedWords(legacy) !== sortedWords(modern) &&
        (kept.length > 0 || excludeEachOther(legacy, modern)),
    );
    const first = pairs[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy says ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}`;
    return { severity: severityOf(context), explanation, shownBy: pairs.length };
  },
};

/** Words between blanks in whatever order: two orders of a set are one thing. */
function unordered(text: string): string {
  return text.split(' ').sort().join(' ');
}

/** The words of a text in whatever order. */
export function sortedWords(text: string): string {
  return wordsOf(text).split(' ').sort().join(' ');
}

function isWord(text: string): boolean {
  return isCode(text) || /^[A-Z]$/.test(text);
}

/** An abbreviation, or another spelling: the letters of the shorter stand in the longer in their order, from the same first letter. */
export function isAlike(a: string, b: string): boolean {
  const [short, long] =
    a.length <= b.length ? [a.toLowerCase(), b.toLowerCase()] : [b.toLowerCase(), a.toLowerCase()];
  if (short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at >= short.length - (short.length > 5 ? 1 : 0);
}

/** Words that systems use for states, kinds and levels; each line means one thing, and two lines never mean the same. */
const STATES = [
  'pending waiting queued open new created submitted received draft initiated',
  'active enabled live running valid on',
  'inactive disabled suspended paused off',
  'blocked locked frozen held',
  'closed terminated ended',
  'completed complete done finished succeeded success successful settled booked executed ok processed paid',
  'failed failure error faulty',
  'rejected declined denied refused',
  'approved accepted confirmed granted authorised authorized',
  'cancelled canceled aborted revoked voided withdrawn',
  'expired overdue lapsed',
  'deleted removed',
  'archived',
  'reversed refunded returned',
  'debit debtor',
  'credit creditor',
  'checking current giro',
  'savings saving',
  'buy bought',
  'sell sold',
  'standard basic normal regular',
  'gold',
  'silver',
  'platinum',
  'vip premium',
  'low minor',
  'medium moderate',
  'high major severe',
  'critical urgent',
  'admin administrator owner root',
  'user member customer',
  'viewer reader readonly guest anonymous',
  'editor writer',
  'male m',
  'female f',
  'left',
  'right',
  'inbound incoming',
  'outbound outgoing',
  'allow allowed permit permitted',
  'deny',
  'read',
  'write',
  'primary',
  'secondary',
  'domestic',
  'international foreign',
  'credited',
  'debited',
  'long',
  'short',
  'call',
  'put',
  'private personal retail',
  'business corporate commercial',
  'warning warn',
  'info information',
  'debug trace',
  'optin',
  'optout',
  'in',
  'out',
  'up',
  'down',
  'yes',
  'no',
  'increase',
  'decrease',
  'include included',
  'exclude excluded',
  'public',
  'internal',
  'north',
  'south',
  'east',
  'west',
  'single',
  'married',
  'monthly',
  'daily',
  'weekly',
  'yearly annual annually',
  'quarterly',
  'shipped dispatched sent',
  'delivered',
];
/** Words that mean what another line means, too: an open account is active. */
const ALSO: Readonly<Record<string, string>> = { open: 'active', normal: 'medium' };
const STATE_OF = new Map(
  STATES.flatMap((line, index) => line.split(' ').map((word) => [word, index] as const)),
);

function isAlso(a: string, b: string): boolean {
  const other = STATE_OF.get(ALSO[a] ?? '');
  return other !== undefined && other === STATE_OF.get(b);
}

/** Whether one word of the texts is another, and the two words name states, kinds or levels of which nothing has both. */
export function excludeEachOther(a: string, b: string): boolean {
  const [ours, theirs] = [wordsOf(a).split(' '), wordsOf(b).split(' ')];
  if (ours.length !== theirs.length) return false;
  const changed = ours.flatMap((word, i) =>
    word === theirs[i] || isAlso(word, theirs[i] ?? '') || isAlso(theirs[i] ?? '', word)
      ? []
      : [[STATE_OF.get(word), STATE_OF.get(theirs[i] ?? '')] as const],
  );
  return changed.length === 1 && changed.every(([l, m]) => l !== undefined && m !== undefined && l !== m);
}
