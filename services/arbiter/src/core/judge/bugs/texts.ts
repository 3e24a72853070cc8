import { unwrapped } from '../value/bytes.ts';
import { isCode } from '../value/codes.ts';
import { readIdentifiers } from '../value/identifiers.ts';
import { isAscii, numbersIn, plainText, unescapeEntities } from '../value/text.ts';
import { commonEnds, differingPlaces, isToken } from '../value/tokens.ts';
import { readUrl } from '../value/url.ts';
import { changesAlike } from './alike.ts';
import { fillsGroups } from './filled-groups.ts';
import type { Context } from './rule.ts';
import { textPairs, textRule } from './text-pairs.ts';

export const zerosLost = textRule({
  name: 'leading-zeros-lost',
  shows: 'Zeros at the start of an identifier are lost or added.',
  spares: 'Amounts with a point, whose leading zeros are padding.',
  how: ({ legacy, modern }) =>
    /^0*[0-9A-Za-z-]+$/.test(legacy) &&
    legacy.replace(/^0+/, '') === modern.replace(/^0+/, '') &&
    legacy !== modern
      ? 'zeros at the start are not the same'
      : groupedWithoutZeros(legacy, modern)
        ? 'the groups begin after the zeros at the start'
        : undefined,
});

/** 050442778 as 5044-2778: grouped, but of fewer digits. */
function groupedWithoutZeros(legacy: string, modern: string): boolean {
  return (
    /^0[0-9]{5,}$/.test(legacy) &&
    /^[0-9]+(?:[- ./][0-9]+)+$/.test(modern) &&
    modern.replaceAll(/[^0-9]/g, '') === legacy.replace(/^0+/, '')
  );
}

export const codeRead = textRule({
  name: 'code-read-as-number',
  shows:
    'A code of digits (and letters) that went through a number: read as octal, hexadecimal or with an exponent (0456 as 302, 12E2 as 1200).',
  spares: 'Codes of which only zeros at the start are lost (leading-zeros-lost).',
  how({ legacy, modern }) {
    if (!/^[0-9.+E]{2,20}$/.test(modern)) return undefined;
    const value = Number(modern);
    if (/^[0-9]{1,4}[eE][0-9]{1,3}$/.test(legacy) && Number(legacy) === value)
      return 'it was read as a number with an exponent';
    if (/^0[0-7]{1,12}$/.test(legacy) && Number.parseInt(legacy, 8) === value)
      return 'it was read as an octal number';
    return undefined;
  },
});

export const mojibake = textRule({
  name: 'mojibake',
  shows:
    'Letters read in the wrong character set, or replaced by ?, � or their bare letters (ü as Ã¼, ?, u or ue).',
  spares: 'The same letters in another Unicode form; character references.',
  how({ legacy, modern }) {
    if (isAscii(legacy) && isAscii(modern)) return undefined;
    if (modern.includes('\ufffd') && !legacy.includes('\ufffd')) return 'letters are replaced by �';
    if (legacy.isWellFormed() && !modern.isWellFormed()) return 'half of a letter beyond 16 bits is lost';
    if (hasForeignSign(legacy, modern)) return 'signs are replaced by letters of another character set';
    if (hasForeignI(legacy, modern)) return 'the letter i is lowered or raised as in Turkish';
    if (hasForeignLetter(legacy, modern)) return 'letters are replaced by look-alikes of another script';
    if (misread(legacy) === modern || misread(modern) === legacy) return 'UTF-8 was read as Latin-1';
    if (replaced(legacy, modern)) return 'letters are replaced by ?';
    if (isFormOf(legacy, modern)) return undefined;
    if (bare(legacy) === bare(modern)) return 'letters lose or change their marks';
    if (legacy.replaceAll(/[^\x20-\x7e]/g, '') === modern) return 'letters are dropped';
    return undefined;
  },
});

/** Compatibility forms and typographic quotes: the same to a reader, perhaps not to a program (asked). */
function isFormOf(a: string, b: string): boolean {
  const form = (text: string) =>
    text.normalize('NFKC').replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/[–—]/g, '-');
  return form(a) === form(b);
}

/** Signs of ASCII became letters beyond it, each at its place, while all letters and digits stay: [ as Ý or Ä. */
function hasForeignSign(legacy: string, modern: string): boolean {
  if (legacy.length !== modern.length || legacy === modern) return false;
  let letters = 0;
  for (let i = 0; i < legacy.length; i++) {
    const [l = '', m = ''] = [legacy[i], modern[i]];
    if (l === m) continue;
    if (!/^[!-/:-@[-`{-~]$/.test(l) || isAscii(m)) return false;
    if (/^\p{L}$/u.test(m)) letters += 1;
  }
  return letters > 0;
}

/** I of ASCII became ı, or i became İ: letter case by the rules of Turkish, which makes other words of codes. */
function hasForeignI(legacy: string, modern: string): boolean {
  const plain = (text: string) =>
    text
      .replaceAll('ı', 'i')
      .replaceAll(/İ|i\u0307/g, 'i')
      .toLowerCase();
  return /[ıİ]/.test(modern) && !/[ıİ]/.test(legacy) && plain(legacy) === plain(modern);
}

/** Latin letters became Greek or Cyrillic ones at their place, while others stay. */
function hasForeignLetter(legacy: string, modern: string): boolean {
  const [ours, theirs] = [legacy.normalize('NFKC'), modern.normalize('NFKC')];
  if (ours.length !== theirs.length || ours === theirs) return false;
  let changed = 0;
  for (let i = 0; i < ours.length; i++) {
    if (ours[i] === theirs[i]) continue;
    if (
      !/\p{Script=Latin}/u.test(ours[i] ?? '') ||
      !/[\p{Script=Greek}\p{Script=Cyrillic}]/u.test(theirs[i] ?? '')
    )
      return false;
    changed += 1;
  }
  return changed < ours.length;
}

/** UTF-8 bytes as Latin-1 characters. */
function misread(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join('');
}

function replaced(legacy: string, modern: string): boolean {
  if (!modern.includes('?')) return false;
  return (
    plainText(legacy).replaceAll(/[^\x20-\x7e]/gu, '?') === modern ||
    plainText(legacy).replaceAll(/[^\x20-\x7e]/g, '?') === modern ||
    plainText(legacy).replaceAll(/[^\x20-\x7e]/g, '??') === modern ||
    legacy.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '?') === modern
  );
}

/** Without accents, with the usual replacements of letters that have none. */
function bare(text: string): string {
  return text
    .replaceAll('ä', 'a')
    .replaceAll('ö', 'o')
    .replaceAll('ü', 'u')
    .replaceAll(/[äÄ]|ae|AE|Ae/g, 'a')
    .replaceAll(/oe|OE|Oe/g, 'o')
    .replaceAll(/ue|UE|Ue/g, 'u')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'a')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[–—]/g, '-');
}

export const escapedTwice = textRule({
  name: 'escaped-twice',
  shows: 'Escapes that are left in the text, or written twice: &amp;amp;, \\n or \\u00fc as letters, %2520.',
  spares: 'Character references that modern adds to a text that has none (asked).',
  how({ legacy, modern }) {
    const resolved = unescapeEntities(legacy);
    if (unescapeEntities(modern) === legacy && resolved !== undefined)
      return 'character references are escaped twice';
    if (resolved === modern) return 'what was escaped is markup now';
    if (modern.includes('\\') && unescapeJson(modern) === legacy)
      return 'escapes of strings are left in the text';
    if (modern.replaceAll("''", "'") === legacy || modern.replaceAll(/\\(['"])/g, '$1') === legacy)
      return 'quotes are escaped in the text';
    if (
      modern.replaceAll('+', ' ') === legacy ||
      legacy.replaceAll('+', ' ') === modern ||
      (legacy.includes('+') && legacy.replaceAll('+', ' ').replace(/=+$/, '') === modern)
    )
      return 'blanks and plus signs are confused';
    if (
      modern.includes('%') &&
      [legacy, legacy.replaceAll('+', '%20')].includes(unescapePercent(modern) ?? '')
    )
      return 'percent escapes are left in the text';
    return undefined;
  },
});

function unescapeJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(
      text.startsWith('"') ? text : `"${text.replaceAll(/(?<!\\)"/g, '\\"')}"`,
    );
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function unescapePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export const textCut = textRule({
  name: 'text-cut',
  shows: 'A text of which the end, the start or some words are missing.',
  spares:
    'Blanks; a text that is longer than legacy’s; the number of a word in a list (3 - MEDIUM as MEDIUM), or the word of such a number (asked); the host of a link.',
  how({ legacy, modern }, context) {
    if (!/\s/.test(legacy) && changesAlike(context)) return undefined;
    const l = plainText(legacy).trim();
    const m = plainText(modern)
      .trim()
      .replace(/(?:\.\.\.|…)$/, '');
    if (m.length === 0 || m.length >= l.length) return undefined;
    if (unwrapped(legacy) === unwrapped(modern) || isNumbered(l, m)) return undefined;
    if (legacy.includes('\n') && l.replaceAll('\n', ' ') !== m && l.replaceAll(/\n+/g, '') === m)
      return 'line ends are lost';
    if (
      isLabel(l, m) ||
      (m.startsWith('/') && originOf(l) + m === l) ||
      !/[\p{L}\p{N}]/u.test(l.replace(m, ''))
    )
      return undefined;
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

export const caseLost = textRule({
  name: 'identifier-case',
  shows: 'An identifier in another letter case: two identifiers of legacy may become one.',
  spares:
    'Codes of a small vocabulary; notations in which case says nothing (UUID, hexadecimal); free text (asked).',
  how({ legacy, modern }, { profile }) {
    if (legacy.toLowerCase() !== modern.toLowerCase() || /\s/.test(legacy)) return undefined;
    if (isCode(legacy) && !isToken(legacy) && profile.data.legacy.vocabulary.length <= 12) return undefined;
    return isToken(legacy) ? 'only the letter case differs' : undefined;
  },
});

export const charactersChanged = textRule({
  name: 'characters-changed',
  shows:
    'A few characters of an identifier are others, or the same ones stand in another order: it is the same identifier, damaged.',
  spares: 'A number at the end that counts (asked), identifiers that are wholly other (asked).',
  how({ legacy, modern }, context) {
    if (context.keyLike || !isToken(legacy) || legacy.length < 8 || readUrl(legacy) !== undefined)
      return undefined;
    if (/[=&]/.test(legacy) && sameRuns(legacy, modern)) return undefined;
    if (changesAlike(context)) return undefined;
    if (isPermuted(legacy, modern)) return 'characters have changed places';
    if (legacy.length !== modern.length)
      return compact(legacy) === compact(modern)
        ? undefined
        : (damagedBehindMarks(legacy, modern) ?? lostCharacters(legacy, modern));
    if (withoutScheme(legacy) === withoutScheme(modern)) return undefined;
    const count = differingPlaces(legacy, modern);
    if (legacy.toLowerCase() === modern.toLowerCase()) return undefined;
    if (countsAtEnd(legacy, modern) || hasOnePrefixReplaced(context, { legacy, modern })) return undefined;
    if (sorted(legacy) === sorted(modern) && count <= 4) return 'characters have changed places';
    return count * 10 <= legacy.length * 3 ? `${count} of ${legacy.length} characters differ` : undefined;
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
  return count <= 2 && l.slice(-4) === m.slice(-4) ? `${count} of ${l.length} characters differ` : undefined;
}

/** The same eight letters and digits or more in another order, and not because whole parts change places. */
function isPermuted(legacy: string, modern: string): boolean {
  const [l, m] = [compact(legacy).toLowerCase(), compact(modern).toLowerCase()];
  if (l.length < 8 || l.length !== m.length || l === m || sorted(l) !== sorted(m)) return false;
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

export const numberInText = textRule({
  name: 'number-in-text',
  shows:
    'A number within a text is another one, or stands in another place, whether or not the words around it are the same.',
  spares: 'Other words around the same numbers (asked); identifiers and versions.',
  how({ legacy, modern }, { clockLike }) {
    if (numberInPath(legacy, modern)) return 'a number in the path is another';
    if (clockLike || ((isToken(legacy) || !/\s/.test(legacy)) && !/^-?[0-9.]+[,;] ?-?[0-9.]+$/.test(legacy)))
      return undefined;
    const ours = numbersIn(legacy);
    const theirs = numbersIn(modern);
    if (ours.length === 0 || ours.length !== theirs.length) return undefined;
    const same = (a: readonly string[], b: readonly string[]) =>
      a.every((text, i) => digitsOf(text) === digitsOf(b[i] ?? ''));
    if (same(ours, theirs)) return undefined;
    const template = (text: string) => text.replaceAll(/[0-9]+(?:[.,'][0-9]+)*/g, '#');
    if (template(legacy) === template(modern)) return `${ours.join(', ')} became ${theirs.join(', ')}`;
    // Other words around other numbers: only in sentences; in short texts the words may be units.
    if (legacy.split(/\s+/).length < 4 || modern.split(/\s+/).length < 4) return undefined;
    return same([...ours].sort(), [...theirs].sort())
      ? undefined
      : `${ours.join(', ')} became ${theirs.join(', ')} among other words`;
  },
});

/** items[4].iban and /items/5/iban: the same names in another notation of paths, and other places. */
function numberInPath(legacy: string, modern: string): boolean {
  if (/\s/.test(legacy + modern) || !/[[\]./]/.test(legacy) || !/[[\]./]/.test(modern)) return false;
  const [ours, theirs] = [legacy, modern].map((text) => text.match(/[A-Za-z_]+|[0-9]+/g) ?? []);
  const template = (parts: readonly string[] = []) =>
    parts.map((part) => (/^[0-9]/.test(part) ? '#' : part)).join(' ');
  const numbers = ours?.filter((part) => /^[0-9]{1,4}$/.test(part)).length ?? 0;
  const marks = (text: string) => text.replaceAll(/[A-Za-z0-9_]/g, '');
  return (
    numbers === 1 &&
    (ours?.length ?? 0) >= 3 &&
    marks(legacy) !== marks(modern) &&
    template(ours) === template(theirs) &&
    ours?.join(' ') !== theirs?.join(' ')
  );
}

function digitsOf(number: string): string {
  return number
    .replaceAll(/[.,'](?=[0-9]{3}\b)/g, '')
    .replace(',', '.')
    .replace(/(\.[0-9]*?)0+$/, '$1')
    .replace(/\.$/, '');
}

export const identifierChanged = textRule({
  name: 'identifier-changed',
  shows:
    'Another account number, e-mail address, telephone or card number, language, currency or country than legacy’s.',
  spares:
    'The same one in another notation; groups filled with zeros to fixed widths, identifiers that a system may hand out itself (asked).',
  how({ legacy, modern }, context) {
    if (legacy.toLowerCase() === modern.toLowerCase()) return undefined;
    if (EMAIL.test(legacy) && EMAIL.test(modern)) return 'it is another e-mail address';
    if (EMAIL.test(legacy) && modern.includes('@') && /\S\s\S/.test(modern) && !/[<>"(,;]/.test(modern))
      return 'it is no e-mail address any more';
    const theirs = readIdentifiers(modern);
    const ours = readIdentifiers(legacy);
    if (ours.some((l) => theirs.some((m) => m.kind === l.kind && m.key === l.key))) return undefined;
    for (const l of ours) {
      const other = theirs.find(({ kind }) => kind === 'UUID' && l.kind === 'UUID');
      if (other !== undefined && sorted(l.key) === sorted(other.key))
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

export const secretRevealed = textRule({
  name: 'secret-revealed',
  shows: 'Modern shows what legacy masks with asterisks.',
  spares: 'Another masking sign.',
  how({ legacy, modern }) {
    const mask = /[*•●]{2,}|X{4,}/.exec(legacy);
    if (mask === null) return undefined;
    return /[*•●]{2,}|X{4,}/.test(modern) ? undefined : 'what legacy masks is readable';
  },
});

/** The scheme and authority of a URL; empty for other texts. */
function originOf(text: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]+/.exec(text)?.[0] ?? '';
}

export const urlChanged = textRule({
  name: 'url-changed',
  shows:
    'A link that leads elsewhere on the same host (also when modern leaves the host out), to a host of another kind, or without encryption.',
  spares: 'A link to the service’s own address (own-address); another host alone (asked).',
  how({ legacy, modern }) {
    const l = readUrl(legacy);
    const m =
      l === undefined ? undefined : readUrl(modern.startsWith('/') ? originOf(legacy) + modern : modern);
    if (l === undefined || m === undefined) return parameterLost(legacy, modern);
    if (l.scheme === 'https' && m.scheme === 'http') return 'the link is no longer encrypted';
    if (l.host !== m.host) return undefined;
    if (l.query !== m.query) return 'the parameters are not the same';
    if (l.path.replace(/\/$/, '') === m.path.replace(/\/$/, '') && l.fragment === m.fragment)
      return undefined;
    return l.path !== m.path || l.fragment !== m.fragment ? 'the path is not the same' : undefined;
  },
});

/** A relative link that keeps its path and its other parameters. */
function parameterLost(legacy: string, modern: string): string | undefined {
  const [l, m] = [legacy, modern].map((text) =>
    /^(?:\/[^?#\s]*)?\?[^#\s]*$/.test(text) ? readUrl(`https://relative${text}`) : undefined,
  );
  if (l === undefined || m === undefined || l.path !== m.path) return undefined;
  const [ours, theirs] = [l, m].map(({ query }) => query.split('&'));
  const lost = ours?.filter((part) => !theirs?.includes(part)) ?? [];
  const come = theirs?.filter((part) => !ours?.includes(part)) ?? [];
  const [gone = ''] = lost;
  const kept = (ours?.length ?? 0) - lost.length;
  if (lost.length > 0 && come.length === 0) return `the parameter ${gone} is lost`;
  const isOther = come[0]?.startsWith(`${gone.split('=', 1)[0]}=`) === true && /=[0-9]+$/.test(gone);
  return lost.length === 1 && come.length === 1 && kept > 0 && isOther
    ? `the parameter ${gone} became ${come[0]}`
    : undefined;
}
