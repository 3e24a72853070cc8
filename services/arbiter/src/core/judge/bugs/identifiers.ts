import { once, type Reading } from '../observe.ts';
import { isCode } from '../value/codes.ts';
import { readIdentifiers } from '../value/identifiers.ts';
import { isCompressedAnew, isDialled, isPercentDecoded } from '../value/renotations.ts';
import { sumOfSigns } from '../value/text.ts';
import { commonEnds, differingPlaces, isToken } from '../value/tokens.ts';
import { readUrl } from '../value/url.ts';
import { changesAlike } from './alike.ts';
import { fillsGroups } from './filled-groups.ts';
import type { Context } from './rule.ts';
import { textPairs, textRule } from './text-pairs.ts';

export const caseLost = textRule({
  name: 'identifier-case',
  shows: 'An identifier in another letter case: two identifiers of legacy may become one.',
  spares:
    'Codes of a small vocabulary; notations in which case says nothing (UUID, hexadecimal); three different ones or more of which all are in one case on each side (asked); e-mail addresses and free text (asked).',
  how({ legacy, modern }, context) {
    if (legacy.toLowerCase() !== modern.toLowerCase() || /\s/.test(legacy) || EMAIL.test(legacy))
      return undefined;
    if (once(context, isOneCase)) return undefined;
    if (isCode(legacy) && !isToken(legacy) && context.profile.data.legacy.vocabulary.length <= 12)
      return undefined;
    return isToken(legacy) ? 'only the letter case differs' : undefined;
  },
});

/** All of legacy's, three at least, are in one case and all of modern's in the other: no two of them become one. */
function isOneCase({ all }: Reading): boolean {
  const texts = (key: 'legacy' | 'modern') => all.map((at) => at[key].text ?? '');
  const [ours, theirs] = [texts('legacy'), texts('modern')];
  const isLow = (text: string) => /[a-z]/.test(text) && text === text.toLowerCase();
  const isHigh = (text: string) => /[A-Z]/.test(text) && text === text.toUpperCase();
  if (new Set(ours).size < 3) return false;
  return (ours.every(isLow) && theirs.every(isHigh)) || (ours.every(isHigh) && theirs.every(isLow));
}

export const charactersChanged = textRule({
  name: 'characters-changed',
  shows:
    'A few characters of an identifier are others, or the same ones stand in another order: it is the same identifier, damaged.',
  spares: 'A number at the end that counts (asked), identifiers that are wholly other (asked).',
  how({ legacy, modern }, context) {
    if (context.keyLike || !isToken(legacy) || legacy.length < 8 || readUrl(legacy) !== undefined)
      return undefined;
    if (/[=&]/.test(legacy) && sameRuns(legacy, modern)) return undefined;
    if (isPercentDecoded(legacy, modern) || isCompressedAnew(legacy, modern)) return undefined;
    if (changesAlike(context)) return undefined;
    if (isPermuted(legacy, modern)) return 'characters have changed places';
    if (legacy.length !== modern.length)
      return compact(legacy) === compact(modern)
        ? undefined
        : (damagedBehindMarks(legacy, modern) ?? lostCharacters(legacy, modern));
    const count = differingPlaces(legacy, modern);
    const isNear = count * 10 <= legacy.length * 3;
    if ((count > 4 && !isNear) || withoutScheme(legacy) === withoutScheme(modern)) return undefined;
    if (legacy.toLowerCase() === modern.toLowerCase() || isOtherwiseDivided(legacy, modern)) return undefined;
    if (countsAtEnd(legacy, modern) || hasOnePrefixReplaced(context, { legacy, modern })) return undefined;
    if (count <= 4 && sameLetters(legacy, modern)) return 'characters have changed places';
    return isNear ? `${count} of ${legacy.length} characters differ` : undefined;
  },
});

/** KV-2026/058438 as KV2025058438, S72001A as S72.001: without its marks or with them, shorter, and with another letter or digit that is not among the last of a count. */
function damagedBehindMarks(legacy: string, modern: string): string | undefined {
  const [l, m] = [compact(legacy), compact(modern)];
  const lost = l.length - m.length;
  const isBare = l === legacy && m !== modern && /[0-9]/.test(m) && l.length >= 6;
  if (isBare && (lost === 1 || lost === 2) && l.startsWith(m) && !/^0+$/.test(l.slice(m.length)))
    return `${lost} of ${l.length} characters are lost at the end`;
  if (l.length < 10 || l.length !== m.length || /[^A-Za-z0-9]/.test(modern) || countsAtEnd(l, m))
    return undefined;
  const count = differingPlaces(l.toLowerCase(), m.toLowerCase());
  return count > 0 && count <= 2 && l.slice(-4) === m.slice(-4)
    ? `${count} of ${l.length} characters differ`
    : undefined;
}

/** The same eight letters and digits or more in another order, and not because whole parts change places. */
function isPermuted(legacy: string, modern: string): boolean {
  if (sumOfSigns(legacy) !== sumOfSigns(modern)) return false;
  const [l, m] = [compact(legacy).toLowerCase(), compact(modern).toLowerCase()];
  if (l.length < 8 || l.length !== m.length || l === m || !sameLetters(l, m)) return false;
  return !sameRuns(legacy, modern) || !/[^A-Za-z0-9]/.test(legacy);
}

/** The same names and numbers, in whatever order. */
function sameRuns(legacy: string, modern: string): boolean {
  const runs = (text: string) => (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).sort().join(' ');
  return runs(legacy) === runs(modern);
}

/** Without the name of the algorithm in front ($2y$, {SHA}), of which there are synonyms. */
function withoutScheme(text: string): string {
  return text.replace(/^(?:\$[0-9a-z]{1,8}\$|\{[A-Z0-9-]{1,12}\})/, '');
}

function compact(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '');
}

function sorted(text: string): string {
  return [...text].sort().join('');
}

function sameLetters(a: string, b: string): boolean {
  return sumOfSigns(a) === sumOfSigns(b) && sorted(a) === sorted(b);
}

function lostCharacters(legacy: string, modern: string): string | undefined {
  // A mark at one end without digits (W/ of a weak ETag) tells no two values apart.
  if (/^[^0-9]{1,3}$/.test(legacy.replace(modern, ''))) return undefined;
  const { start, end } = commonEnds(legacy, modern);
  const shared = start + end;
  const longer = Math.max(legacy.length, modern.length);
  return shared * 10 >= longer * 8 && modern.length < legacy.length
    ? `${legacy.length - modern.length} characters are lost`
    : undefined;
}

/** All that differs stands in the last run of digits: the next number of a series, as likely as a slip. */
function hasOnePrefixReplaced(context: Context, pair: { legacy: string; modern: string }): boolean {
  const replaced = (legacy: string, modern: string) => {
    const { start, end } = commonEnds(legacy, modern);
    return start > 0 && end === 0
      ? undefined
      : `${legacy.slice(0, legacy.length - end)}>${modern.slice(0, modern.length - end)}`;
  };
  const prefix = replaced(pair.legacy, pair.modern);
  if (prefix === undefined || !/^[A-Za-z]/.test(prefix)) return false;
  return (
    textPairs(context).every(({ legacy, modern }) => replaced(legacy, modern) === prefix) &&
    /^[^0-9]*>[^0-9]*$/.test(prefix)
  );
}

function countsAtEnd(legacy: string, modern: string): boolean {
  // Digits after letters after digits …: hexadecimal, of which the end counts nothing.
  if ((legacy.match(/[0-9][A-Za-z]/g)?.length ?? 0) > 1) return false;
  const { start } = commonEnds(legacy, modern);
  return (
    /^[0-9]+$/.test(legacy.slice(start)) &&
    /^[0-9]+$/.test(modern.slice(start)) &&
    legacy.slice(start).length <= 8
  );
}

export const identifierChanged = textRule({
  name: 'identifier-changed',
  shows:
    'Another account number, e-mail address, telephone or card number, language, currency or country than legacy’s.',
  spares:
    'The same one in another notation; groups filled with zeros to fixed widths, a telephone number with a country’s code in place of its 0, identifiers that a system may hand out itself (asked).',
  how({ legacy, modern }, context) {
    if (legacy.toLowerCase() === modern.toLowerCase()) return undefined;
    if (EMAIL.test(legacy) && EMAIL.test(modern)) return 'it is another e-mail address';
    if (EMAIL.test(legacy) && modern.includes('@') && /\S\s\S/.test(modern) && !/[<>"(,;]/.test(modern))
      return 'it is no e-mail address any more';
    if (isDialled(legacy, modern) || isDialled(modern, legacy)) return undefined;
    const theirs = readIdentifiers(modern);
    const ours = readIdentifiers(legacy);
    if (ours.some((l) => theirs.some((m) => m.kind === l.kind && m.key === l.key))) return undefined;
    for (const l of ours) {
      const other = theirs.find(({ kind }) => kind === 'UUID' && l.kind === 'UUID');
      if (other !== undefined && sameLetters(l.key, other.key))
        return 'bytes of the UUID have changed places';
      const m = theirs.find(({ kind }) => kind === l.kind);
      if (m === undefined || m.key === l.key) continue;
      const groups = l.kind === 'digits in groups' && !(l.bare && m.bare);
      if (CLOSED.has(l.kind) || (groups && !fillsGroups(context))) return `it is another ${l.kind}`;
    }
    return undefined;
  },
});

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,200}\.[A-Za-z]{2,24}$/;
const CLOSED: ReadonlySet<string> = new Set([
  'account number',
  'locale',
  'article number',
  'MAC address',
  'IPv6 address',
]);

/** The same signs at the same places are others, one for one, where neither letter nor digit is: 2026/06721 and 2026-06721. */
function isOtherwiseDivided(legacy: string, modern: string): boolean {
  return legacy.replaceAll(/[/_. -]/g, '-') === modern.replaceAll(/[/_. -]/g, '-');
}
