import { once } from '../observe.ts';
import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import type { Context } from './rule.ts';
import { textPairs, textRule } from './text-pairs.ts';

const DELIMITERS = ['|', '^', '~', ';', '\t', '\n', '&', ','];
const CHARS_MAX = 4096;
const PARTS_MAX = 200;
/** What programs leave out because it is said by default. */
const SAID_BY_DEFAULT = /^(?:[^=]*=(?:0|1|false|none|"")?|\s*)$/i;

export const cellsMoved = textRule({
  name: 'cells-moved',
  shows:
    'Empty places between separators are lost or added, so that what follows stands in another place (A^B^^C as A^B^C); also the blanks between columns of fixed width.',
  spares: 'Separators at the end.',
  how({ legacy, modern }, { all }) {
    if (legacy.length > CHARS_MAX || modern.length > CHARS_MAX) return undefined;
    if (
      /\S {2,}\S/.test(legacy) &&
      singleBlanks(legacy) === modern.trim() &&
      !isProse(legacy) &&
      hasOneLength(all)
    )
      return 'the columns of fixed width stand in other places';
    for (const delimiter of DELIMITERS) {
      if (!legacy.includes(delimiter + delimiter)) continue;
      const [ours, theirs] = [cellsOf(legacy, delimiter), cellsOf(modern, delimiter)];
      const filled = (cells: readonly string[]) => cells.filter((cell) => cell !== '').join(delimiter);
      if (filled(ours) === filled(theirs) && ours.join(delimiter) !== theirs.join(delimiter))
        return 'the parts stand in other places';
    }
    return undefined;
  },
});

/** Lines of sentences that are filled up to one width: each but the last ends with its point, or goes on in small letters. */
function isProse(text: string): boolean {
  const lines = text.trim().split(/ {2,}/);
  return lines.every(
    (line, i) =>
      /\p{Ll}{2,} \p{Ll}{2,}/u.test(line) &&
      (/[.,;:!?]$/.test(line) || i === lines.length - 1 || /^\p{Ll}/u.test(lines[i + 1] ?? '')),
  );
}

function singleBlanks(text: string): string {
  return text.trim().replaceAll(/ {2,}/g, ' ');
}

/** All texts of legacy have one length, as records of fixed width have. */
function hasOneLength(all: Context['all']): boolean {
  const texts = new Set(all.flatMap(({ legacy }) => legacy.text ?? []));
  return texts.size >= 3 && new Set([...texts].map(({ length }) => length)).size === 1;
}

/** Without empty cells at the end. */
function cellsOf(text: string, delimiter: string): string[] {
  const cells = text.split(delimiter).map((cell) => cell.trim());
  while (cells.at(-1) === '') cells.pop();
  return cells;
}

export const quotingLost = textRule({
  name: 'quoting-lost',
  shows:
    'A separator that legacy quotes or escapes stands bare in modern ("A; B";1 as A; B;1, ?\' as \'): the text falls into other parts.',
  spares: 'Quotes around parts that contain no separator.',
  how({ legacy, modern }) {
    if (
      legacy.length > CHARS_MAX ||
      modern.length > CHARS_MAX ||
      legacy.length <= modern.replaceAll(/\s/g, '').length
    )
      return undefined;
    if (legacy.includes('"') && bare(legacy, '"') === bare(modern, '"')) {
      for (const delimiter of [';', ',', '|', '\t']) {
        const quoted = splitQuoted(legacy, delimiter);
        if (
          legacy.split(delimiter).length > quoted.length &&
          splitQuoted(modern, delimiter).length !== quoted.length
        )
          return 'quotes that keep a separator are lost';
      }
    }
    for (const sign of ['\\', '?']) {
      const at = legacy.indexOf(sign);
      const escaped = at < 0 ? '' : (legacy[at + 1] ?? '');
      if (!/^[^\p{L}\p{N}\s"]$/u.test(escaped) || modern.includes(sign + escaped)) continue;
      const elsewhere = legacy.replaceAll(sign + escaped, '').includes(escaped);
      if (elsewhere && bare(legacy, sign) === bare(modern, sign)) return 'a separator is no longer escaped';
    }
    return undefined;
  },
});

function bare(text: string, sign: string): string {
  return text.replaceAll(sign, '').replaceAll(/\s/g, '');
}

/** RFC 4180: a separator between quotes separates nothing. */
function splitQuoted(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let inside = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') inside = !inside;
    else if (text[i] === delimiter && !inside) {
      cells.push(text.slice(start, i));
      start = i + 1;
    }
  }
  cells.push(text.slice(start));
  return cells;
}

export const partsLost = textRule({
  name: 'parts-lost',
  shows:
    'Of the parts between separators, in whatever order, some are missing, new, or hold another number (Secure; HttpOnly without Secure; a scope more).',
  spares:
    'Parts that say a default (=0, =1, =false), parts told twice, texts of which fewer than half of the parts are found again; words, unless they change their order from request to request.',
  how({ legacy, modern }, context) {
    if (legacy.length > CHARS_MAX || modern.length > CHARS_MAX) return undefined;
    const delimiter = [';', '|', '&', ',', '\n'].find(
      (sign) => legacy.includes(sign) && modern.includes(sign),
    );
    if (delimiter !== undefined) return comparedParts(legacy, modern, delimiter);
    return legacy.includes(' ') && isSetOfWords(context) ? comparedParts(legacy, modern, /\s+/) : undefined;
  },
});

function comparedParts(legacy: string, modern: string, delimiter: string | RegExp): string | undefined {
  const split = (text: string) =>
    text
      .split(delimiter)
      .map((part) => part.trim().replaceAll('"', '').toLowerCase())
      .filter((part) => !SAID_BY_DEFAULT.test(part));
  const ours = split(legacy);
  const theirs = split(modern);
  if (ours.length < 2 || ours.length > PARTS_MAX || theirs.length > PARTS_MAX) return undefined;
  const lost = ours.filter((part) => !theirs.includes(part));
  const added = theirs.filter((part) => !ours.includes(part));
  if ((ours.length - lost.length) * 2 < ours.length) return undefined;
  const changed = changedNumber(lost, added);
  if (changed !== undefined) return changed;
  if (lost.length > 0 && added.length === 0) return `${JSON.stringify(lost[0])} is missing`;
  return added.length > 0 && lost.length === 0 ? `${JSON.stringify(added[0])} is new` : undefined;
}

/** One name with another number after it. */
function changedNumber(lost: readonly string[], added: readonly string[]): string | undefined {
  for (const part of lost) {
    const [, name, number] = /^([^=]{1,40})=([0-9][0-9.]*)$/.exec(part) ?? [];
    if (name === undefined || number === undefined) continue;
    const other = added.find((candidate) => candidate.startsWith(`${name}=`))?.slice(name.length + 1);
    if (other === undefined || !/^[0-9][0-9.]*$/.test(other)) continue;
    if (provePair(number, other, UNKNOWN_FIELD) === undefined) return `${name} ${number} became ${other}`;
  }
  return undefined;
}

/** Two words of the field stand now in this order, now in that, and each text has a word once: a set, and no sentence. */
function isSetOfWords(context: Context): boolean {
  return once(context, findSet);
}

function findSet(context: Context): boolean {
  const before = new Set<string>();
  let turned = false;
  for (const { legacy, modern } of textPairs(context)) {
    for (const text of [legacy, modern]) {
      const words = text.split(/\s+/);
      if (words.length > 16 || new Set(words).size !== words.length) return false;
      if (!words.every((word) => /^[A-Za-z][A-Za-z0-9:._/-]{1,39}$/.test(word))) return false;
      for (let i = 0; i < words.length; i++) {
        for (let j = i + 1; j < words.length; j++) {
          before.add(`${words[i]} ${words[j]}`);
          turned ||= before.has(`${words[j]} ${words[i]}`);
        }
      }
    }
  }
  return turned;
}
