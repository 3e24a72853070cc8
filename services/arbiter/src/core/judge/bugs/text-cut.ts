import { unwrapped } from '../value/bytes.ts';
import { isArticle } from '../value/renotations.ts';
import { plainText } from '../value/text.ts';
import { isToken } from '../value/tokens.ts';
import { changesAlike } from './alike.ts';
import type { Observed } from './rule.ts';
import { textRule } from './text-pairs.ts';
import { isTranslated } from './translated.ts';
import { originOf } from './urls.ts';

export const textCut = textRule({
  name: 'text-cut',
  shows: 'A text of which the end, the start or some words are missing.',
  spares:
    'Blanks; a text that is longer than legacy’s; the number of a word in a list (3 - MEDIUM as MEDIUM), or the word of such a number (asked); a code before its name, where all codes are of one length (asked); the host of a link; a vocabulary in other words throughout (asked).',
  how({ legacy, modern }, context) {
    if ((!/\s/.test(legacy) && changesAlike(context)) || isTranslated(context)) return undefined;
    const l = plainText(legacy).trim();
    const m = plainText(modern)
      .trim()
      .replace(/(?:\.\.\.|…)$/, '');
    if (m.length === 0 || m.length >= l.length) return undefined;
    // Of a date that is known in part only, the zeros say nothing.
    if (/^[0-9]{4}(?:-[0-9]{2})?(?:-00)+$/.test(legacy) && legacy.replace(/(?:-00)+$/, '') === modern)
      return undefined;
    if (
      unwrapped(legacy) === unwrapped(modern) ||
      isNumbered(l, m) ||
      isLetteredNumber(l, m) ||
      isArticle(l, m)
    )
      return undefined;
    if (legacy.includes('\n') && l.replaceAll('\n', ' ') !== m && l.replaceAll(/\n+/g, '') === m)
      return 'line ends are lost';
    if (
      isLabel(l, m) ||
      (m.startsWith('/') && originOf(l) + m === l) ||
      !/[\p{L}\p{N}]/u.test(l.replace(m, ''))
    )
      return undefined;
    if (isCutBehindMarks(l, m)) return 'its end is missing';
    if (isCodeOfName(l, m) && context.unproven.every(isCodeAlone)) return undefined;
    if (l.startsWith(m)) return `it ends after ${m.length} of ${l.length} characters`;
    if (isToken(l) ? m.length >= 6 && l.endsWith(m) : l.endsWith(m)) return 'its start is missing';
    return isSubsequence(m.split(/\s+/), l.split(/\s+/)) ? 'words are missing' : undefined;
  },
});

/** One word with its small number or code beside it (3 - MEDIUM, P1 High, HIGH (3)), of which modern keeps one; more than a word may be an address. */
export function isNumbered(legacy: string, modern: string): boolean {
  const [, code, word] =
    /^\(?([A-Z]?[0-9]{1,2})(?:\) ?| ?[-–:.=] ?)(\p{L}+(?:_\p{L}+)*)$/u.exec(legacy) ??
    /^([A-Z][0-9]{1,2}) (\p{L}+)$/u.exec(legacy) ??
    /^(\p{L}+) \(([A-Z]?[0-9]{1,2})\)$/u.exec(legacy) ??
    [];
  return code !== undefined && (modern === word || modern === code);
}

/** VY60 XRT as VY60XR: the marks are left out, and with them a letter or two of the last group. */
function isCutBehindMarks(legacy: string, modern: string): boolean {
  if (modern.length > 34) return false;
  const bare = legacy.replaceAll(/[ ./-]/g, '');
  const lost = bare.length - modern.length;
  // Before the text is searched from each of its characters on.
  if (lost !== 1 && lost !== 2) return false;
  const last = /[A-Za-z0-9]+$/.exec(legacy)?.[0] ?? '';
  return (
    /^(?=.*[0-9])[A-Z0-9]{5,34}$/.test(modern) &&
    bare !== legacy &&
    lost < last.length &&
    bare.startsWith(modern)
  );
}

/** A code before what it stands for (ZRH ZURICH), in capitals and figures. */
function isCodeOfName(legacy: string, modern: string): boolean {
  return (
    /^[A-Z0-9]{2,6}$/.test(modern) &&
    legacy.startsWith(modern) &&
    /^ (?:- )?\p{L}/u.test(legacy.slice(modern.length))
  );
}

/** Whether modern has the code alone here, too, of as many letters as everywhere: a cut has no eye for words. */
function isCodeAlone({ legacy, modern }: Observed, _: number, { 0: first }: readonly Observed[]): boolean {
  const [l, m] = [legacy.text?.trim() ?? '', modern.text?.trim() ?? ''];
  return m.length === first?.modern.text?.trim().length && isCodeOfName(l, m);
}

/** A seat or house without the zeros before its number: 016E and 16E. */
function isLetteredNumber(legacy: string, modern: string): boolean {
  return /^0[0-9]{1,2}[A-Za-z]$/.test(legacy) && legacy.replace(/^0+/, '') === modern;
}

/** A unit or a name of a kind before or after a value (70 kg, urn:x:5) is left out: nothing that tells one value from another. */
function isLabel(legacy: string, modern: string): boolean {
  const rest = legacy.replace(modern, '');
  if (/^[A-Za-z][A-Za-z.+-]*(?::[A-Za-z.+-]*)*[:/=]$/.test(rest) && legacy.endsWith(modern)) return true;
  return /^[0-9.,]+$/.test(modern) && /^ ?[A-Za-zµ°%]{1,4}$/.test(rest);
}

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  if (part.length < 2 && !whole.includes(part[0] ?? '')) return false;
  let at = 0;
  for (const word of whole) if (at < part.length && word === part[at]) at += 1;
  return at === part.length && part.length < whole.length;
}
