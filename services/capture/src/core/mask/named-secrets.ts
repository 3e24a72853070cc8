import { isBlank, isName, isToken68, runEnd } from './chars.ts';
import { roleOf } from './member-names.ts';
import { NAMING, secretName } from './secret-names.ts';
import { shownAt } from './tagged-secrets.ts';
import { blockAt } from './text-blocks.ts';

/** A value in a text whose name, beside it, says that it is a secret. */
export interface NamedValue {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export const NAME_CHARS_MAX = 64;
export const VALUE_CHARS_MAX = 4_096;
const BLANKS_MAX = 2;
/** Behind the sign, where YAML lines values up. */
export const INDENT_MAX = 32;

/** A longer one before the one that it ends in. */
export const QUOTES: readonly string[] = ['"""', "'''", '\\"', '"', "'", '&quot;', '&#34;', '&#39;'];

/** What is no value: nothing, yes and no, types, what stands for a value, and what is masked already. */
const NO_VALUE =
  /^(?:null|none|nil|undefined|true|false|(?:string|number|integer|int|boolean|text|(?:var)?char(?:\(\d*)?)[!?[]*|[*•●xX]+|(?:\$\{|\{\{|⟨masked:).*)$/i;

export function isNoValue(value: string): boolean {
  // `$password`: a variable.
  return (
    value === '' ||
    NO_VALUE.test(value) ||
    (value.startsWith('$') && secretName(value.slice(1)) !== undefined)
  );
}

/**
 * The value behind `=`, `:`, `=>` or a quote at `at`, when a secret's name stands before it: `password=x`, `"pin": "1234"`, `token 'abc'`. Behind a colon
 * without quotes one word is a value, several are prose: `Password: required here`.
 */
export function namedValueAt(text: string, at: number): NamedValue | undefined {
  const sign = signAt(text, at);
  if (sign === undefined) return undefined;
  const name = nameBefore(text, sign.from);
  const label = secretName(name) ?? toldBeside(text, name, sign.from);
  if (label === undefined) return undefined;
  const from = sign.isQuote ? at : anchorEnd(text, runEnd(text, sign.end, isBlank, INDENT_MAX));
  const quote = QUOTES.find((each) => text.startsWith(each, from));
  const start = from + (quote?.length ?? 0);
  const closing = quote === undefined ? -1 : text.indexOf(quote, start);
  const isClosed = closing >= 0 && closing - start <= VALUE_CHARS_MAX;
  if ((sign.isQuote || sign.isArrow) && !isClosed) return undefined;
  if (isClosed) return isNoValue(text.slice(start, closing)) ? undefined : { label, start, end: closing };
  const isColon = text[at] === ':';
  if (text[from] === '<') {
    const shown = shownAt(text, from);
    return shown && { label, ...shown };
  }
  const block = isColon ? blockAt(text, at, from) : undefined;
  if (block) return isNoValue(text.slice(block.start, block.end)) ? undefined : { label, ...block };
  const end = runEnd(text, start, isValue, VALUE_CHARS_MAX);
  const value = text.slice(start, end);
  if (isNoValue(value)) return undefined;
  const credentials = credentialsBehind(text, name, value, end);
  if (credentials) return { label: value.toLowerCase() === 'bearer' ? 'bearer' : label, ...credentials };
  if (isColon && isProse(text, value, end)) return undefined;
  return { label, start, end: beginsLine(text, sign.from, name) ? restOfLine(text, end) : end };
}

const ANCHOR = /&[\w-]{1,64}[ \t]{1,8}/y;

/** YAML's `&name` before a value. */
function anchorEnd(text: string, at: number): number {
  ANCHOR.lastIndex = at;
  return text[at] === '&' && ANCHOR.test(text) ? ANCHOR.lastIndex : at;
}

interface Sign {
  /** Where the name before it ends, and what is behind it begins. */
  readonly from: number;
  readonly end: number;
  readonly isQuote: boolean;
  /** `=>`, behind which a value stands in quotes: in a program it makes a function. */
  readonly isArrow: boolean;
}

function signAt(text: string, at: number): Sign | undefined {
  const next = text[at + 1];
  const plain = { from: at, end: at + 1, isQuote: false, isArrow: false };
  switch (text[at]) {
    case '=':
      if (next === '=') return undefined;
      if (next === '>') return { ...plain, end: at + 2, isArrow: true };
      return text[at - 1] === ':' ? { ...plain, from: at - 1 } : plain;
    case ':':
      if (next === '=') return undefined;
      // LDIF has two before base64; in programs they stand between names.
      if (next !== ':') return plain;
      return isBlank(text.charCodeAt(at + 2)) ? { ...plain, end: at + 2 } : undefined;
    default:
      return text[at - 1] === ' ' ? { ...plain, isQuote: true } : undefined;
  }
}

const TOLD_CHARS_MAX = 160;
/** `- name: DB_PASSWORD`, and `value` on the next line or behind it. */
const TOLD = new RegExp(
  `(?:^|[\\s{(,;'"])(?:${NAMING})["']?\\s{0,4}(?:[:=]|=>)\\s{0,4}["']?([\\w.-]{1,64})["']?[\\s,;]{1,40}["':]{0,2}$`,
  'i',
);
/** `your new password is: hunter2` */
const SAID = /(?:^|[^\p{L}\p{N}])((?:[\p{L}-]{1,20} ){0,2}[\p{L}-]{1,20}) $/u;
const SAYING = /^(?:is|ist|lautet|est|es)$/i;
const SAYING_CHARS_MAX = 6;

/** What is said before a `value`, or before `is`. */
function toldBeside(text: string, name: string, at: number): string | undefined {
  const isWord = name.length <= SAYING_CHARS_MAX && SAYING.test(name);
  if (!isWord && !roleOf(name)?.isNamed) return undefined;
  const nameAt = text.lastIndexOf(name, at);
  const before = text.slice(Math.max(0, nameAt - TOLD_CHARS_MAX), nameAt);
  return isWord ? saidBefore(before) : secretName(TOLD.exec(before)?.[1] ?? '');
}

/** The secret that the last words of a text name: `Your one-time code `. */
export function saidBefore(text: string): string | undefined {
  const words = SAID.exec(text)?.[1]?.split(' ') ?? [];
  for (let first = 0; first < words.length; first += 1) {
    const label = secretName(words.slice(first).join(' '));
    if (label !== undefined) return label;
  }
  return undefined;
}

/** A word as a sentence has it; `hunterTwo` is none. */
const PROSE_WORD = /^(?:\p{Lu}?\p{Ll}*|\p{Lu}+)[.!?]*$/u;

/** A word of a sentence, with another one behind it on its line that is not itself a name with a sign, nor an option. */
export function isProse(text: string, word: string, end: number): boolean {
  if (!PROSE_WORD.test(word)) return false;
  const next = runEnd(text, end, isBlank, INDENT_MAX);
  if (next === end || next >= text.length || text.charCodeAt(next) < 0x20) return false;
  if (text[next] === '#' || text[next] === '-') return false;
  const sign = text[runEnd(text, next, isName, NAME_CHARS_MAX)];
  return /[.!?]$/.test(word) || !(sign === ':' || sign === '=');
}

/** Whether nothing but blanks stands before the name, as in files of settings. */
function beginsLine(text: string, signAt: number, name: string): boolean {
  let at = text.lastIndexOf(name, signAt) - 1;
  const first = Math.max(-1, at - INDENT_MAX);
  while (at > first && isBlank(text.charCodeAt(at))) at -= 1;
  return at < 0 || text[at] === '\n';
}

/** Behind it other names have values, or a comment stands. */
const NO_REST = /[ \t][\w.-]{1,64}[ \t]{0,2}[=:]|[ \t][#;]|[ \t]\/\//;

/** In a file of settings a value may have blanks in it. */
function restOfLine(text: string, end: number): number {
  if (!isBlank(text.charCodeAt(end))) return end;
  const rest = text.slice(end, runEnd(text, end, isPrintable, VALUE_CHARS_MAX));
  return end + (NO_REST.exec(rest)?.index ?? rest.trimEnd().length);
}

const TOKEN_SCHEME = /^(?:basic|bearer)$/i;

/** RFC 9110, section 11.4: behind `Authorization:` the credentials, the word of the scheme before them staying. */
function credentialsBehind(
  text: string,
  name: string,
  scheme: string,
  schemeEnd: number,
): Omit<NamedValue, 'label'> | undefined {
  if (!/authorization$/i.test(name) || !/^[a-z][a-z0-9-]{0,31}$/i.test(scheme)) return undefined;
  const start = runEnd(text, schemeEnd, isBlank, BLANKS_MAX);
  const end = runEnd(text, start, isToken68, VALUE_CHARS_MAX);
  if (start === schemeEnd || start === end || isProse(text, text.slice(start, end), end)) return undefined;
  // Of other schemes they may be a list: `Digest username="ann", response="…"`.
  const isList = !TOKEN_SCHEME.test(scheme) && text.slice(start, end).includes('=');
  return { start, end: isList ? runEnd(text, start, isListed, VALUE_CHARS_MAX) : end };
}

/** The name that ends before `at`, quotes and a blank between; empty: none. */
export function nameBefore(text: string, at: number): string {
  let end = at;
  while (at - end < BLANKS_MAX && isBlank(text.charCodeAt(end - 1))) end -= 1;
  end -= QUOTES.find((each) => text.endsWith(each, end))?.length ?? 0;
  let from = end;
  while (end - from <= NAME_CHARS_MAX && isName(text.charCodeAt(from - 1))) from -= 1;
  return end - from > NAME_CHARS_MAX ? '' : text.slice(from, end);
}

/** No blank, and none of `"&'),;<>]}|`. */
function isValue(code: number): boolean {
  return code > 0x20 && !'"&\'),;<>]}|'.includes(String.fromCharCode(code));
}

function isPrintable(code: number): boolean {
  return code >= 0x20 || code === 0x09;
}

function isListed(code: number): boolean {
  return isPrintable(code) && code !== 0x27;
}
