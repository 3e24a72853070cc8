import { isToken68, isWord, runEnd } from './chars.ts';
import { isNaming, secretName } from './secret-names.ts';

/** A value in a text whose name, beside it, says that it is a secret. */
export interface NamedValue {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const NAME_CHARS_MAX = 64;
const VALUE_CHARS_MAX = 4_096;
const BLANKS_MAX = 2;
/** Behind the sign, where YAML lines values up. */
const INDENT_MAX = 32;

/** A longer one before the one that it ends in. */
const QUOTES: readonly string[] = ['\\"', '"', "'", '&quot;', '&#34;', '&#39;'];

/** What is no value: nothing, yes and no, and what is masked already. */
const NO_VALUE = /^(?:null|none|nil|undefined|true|false|[*•●xX]+|⟨masked:.*)$/i;

/**
 * The value behind `=`, `:` or a quote at `at`, when a secret's name stands before it: `password=x`, `"pin": "1234"`, `token 'abc'`. Behind a colon
 * without quotes one word is a value, several are prose: `Password: required here`.
 */
export function namedValueAt(text: string, at: number): NamedValue | undefined {
  const sign = text[at];
  const isQuote = sign === '"' || sign === "'";
  if (sign === '=' && (text[at + 1] === '=' || text[at + 1] === '>')) return undefined;
  if (isQuote && text[at - 1] !== ' ') return undefined;
  const name = nameBefore(text, at);
  const label = secretName(name);
  if (label === undefined) return undefined;
  const from = isQuote ? at : runEnd(text, at + 1, isBlank, INDENT_MAX);
  const quote = QUOTES.find((each) => text.startsWith(each, from));
  const start = from + (quote?.length ?? 0);
  const closing = quote === undefined ? -1 : text.indexOf(quote, start);
  const isClosed = closing >= 0 && closing - start <= VALUE_CHARS_MAX;
  if (isQuote && !isClosed) return undefined;
  const end = isClosed ? closing : runEnd(text, start, isValue, VALUE_CHARS_MAX);
  const value = text.slice(start, end);
  if (value === '' || NO_VALUE.test(value)) return undefined;
  const credentials = isClosed ? undefined : credentialsBehind(text, name, value, end);
  if (credentials) return { label: value.toLowerCase() === 'bearer' ? 'bearer' : label, ...credentials };
  if (sign !== '=' && !isClosed && isProse(text, value, end)) return undefined;
  return { label, start, end };
}

/** A word as a sentence has it; `hunterTwo` is none. */
const PROSE_WORD = /^(?:\p{Lu}?\p{Ll}*|\p{Lu}+)[.!?]*$/u;

/** A word of a sentence, with another one behind it on its line that is not itself a name with a sign. */
function isProse(text: string, word: string, end: number): boolean {
  if (!PROSE_WORD.test(word)) return false;
  const next = runEnd(text, end, isBlank, INDENT_MAX);
  if (next === end || next >= text.length || text[next] === '#' || text.charCodeAt(next) < 0x20) return false;
  const sign = text[runEnd(text, next, isName, NAME_CHARS_MAX)];
  return /[.!?]$/.test(word) || !(sign === ':' || sign === '=');
}

/** RFC 9110, section 11.4: behind `Authorization:` the credentials, the word of the scheme before them staying. */
function credentialsBehind(
  text: string,
  name: string,
  scheme: string,
  schemeEnd: number,
): Omit<NamedValue, 'label'> | undefined {
  if (!/authorization$/i.test(name) || !/^[a-z]{1,32}$/i.test(scheme)) return undefined;
  const start = runEnd(text, schemeEnd, isBlank, BLANKS_MAX);
  const end = runEnd(text, start, isToken68, VALUE_CHARS_MAX);
  if (start === schemeEnd || start === end) return undefined;
  return isProse(text, text.slice(start, end), end) ? undefined : { start, end };
}

/** The name that ends before `at`, quotes and a blank between; empty: none. */
function nameBefore(text: string, at: number): string {
  let end = at;
  while (at - end < BLANKS_MAX && isBlank(text.charCodeAt(end - 1))) end -= 1;
  end -= QUOTES.find((each) => text.endsWith(each, end))?.length ?? 0;
  let from = end;
  while (end - from <= NAME_CHARS_MAX && isName(text.charCodeAt(from - 1))) from -= 1;
  return end - from > NAME_CHARS_MAX ? '' : text.slice(from, end);
}

/** The password in `scheme://user:password@host` (RFC 3986, section 3.2.1), the colon after the scheme standing at `at`. */
export function urlPasswordAt(text: string, at: number): NamedValue | undefined {
  if (!text.startsWith('://', at)) return undefined;
  const from = at + 3;
  const end = runEnd(text, from, isAuthority, USERINFO_CHARS_MAX);
  const authority = text.slice(from, end);
  const colon = authority.indexOf(':');
  const sign = authority.lastIndexOf('@');
  if (colon < 0 || sign <= colon + 1) return undefined;
  return { label: 'password', start: from + colon + 1, end: from + sign };
}

const USERINFO_CHARS_MAX = 512;

const ELEMENT = /^<(?:input|meta|param|button|option)[\s/]/i;
const ATTRIBUTE =
  /(?<=[\s"'/])([a-zA-Z-]{1,40})[ \t\r\n]{0,4}=[ \t\r\n]{0,4}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/dg;
const TAG_CHARS_MAX = 2_048;

/** The value of a field in HTML (`<input name="pin" value="1234">`) whose name or type says that it is a secret, the tag beginning at `at`. */
export function fieldValueAt(text: string, at: number): NamedValue | undefined {
  if (!ELEMENT.test(text.slice(at, at + 8))) return undefined;
  const tag = text.slice(at, runEnd(text, at + 1, isTag, TAG_CHARS_MAX));
  let label: string | undefined;
  let value: readonly [number, number] | undefined;
  for (const found of tag.matchAll(ATTRIBUTE)) {
    const name = found[1]?.toLowerCase();
    const spelt = found[2] ?? found[3] ?? found[4] ?? '';
    if (name === 'name' || name === 'id') label ??= secretName(spelt);
    else if (name === 'type' && spelt.toLowerCase() === 'password') label ??= 'password';
    else if (name === 'value' || name === 'content')
      value = found.indices?.[2] ?? found.indices?.[3] ?? found.indices?.[4];
  }
  if (label === undefined || value === undefined || value[0] === value[1]) return undefined;
  return { label, start: at + value[0], end: at + value[1] };
}

/** Elements of pages that hold no value of theirs, whatever they are called. */
const NO_HOLDER = /^<(?:a|input|meta|button|option|label)\s/i;

/** The text of an element whose name, or attribute `name`, says that it is a secret (`<password>x</password>`), its tag ending at `at`. */
export function contentAt(text: string, at: number): NamedValue | undefined {
  let open = at - 1;
  while (at - open <= TAG_CHARS_MAX && open >= 0 && isTag(text.charCodeAt(open))) open -= 1;
  if (text[open] !== '<' || text[at - 1] === '/') return undefined;
  const nameEnd = runEnd(text, open + 1, isElementName, NAME_CHARS_MAX);
  if (nameEnd === open + 1) return undefined;
  const name = text.slice(open + 1, nameEnd);
  const label = secretName(name.slice(name.indexOf(':') + 1)) ?? toldBy(text.slice(open, at));
  if (label === undefined) return undefined;
  const isSection = text.startsWith(SECTION, at + 1);
  const from = at + 1 + (isSection ? SECTION.length : 0);
  const end = isSection ? sectionEnd(text, from) : runEnd(text, from, isNoTag, VALUE_CHARS_MAX);
  // With another element in it, it has no text of its own.
  if (!text.startsWith(isSection ? ']]>' : '</', end)) return undefined;
  const value = text.slice(from, end).trim();
  if (value === '' || NO_VALUE.test(value)) return undefined;
  const start = text.indexOf(value, from);
  return { label, start, end: start + value.length };
}

const SECTION = '<![CDATA[';

function sectionEnd(text: string, from: number): number {
  return from + text.slice(from, from + VALUE_CHARS_MAX).indexOf(']]>');
}

function isNoTag(code: number): boolean {
  return code !== 0x3c;
}

/** What `<Param name="password"` says of its text. */
function toldBy(tag: string): string | undefined {
  if (!tag.includes('=') || NO_HOLDER.test(tag)) return undefined;
  for (const [, name = '', ...values] of tag.matchAll(ATTRIBUTE)) {
    const label = isNaming(name) ? secretName(values.find((each) => each !== undefined) ?? '') : undefined;
    if (label !== undefined) return label;
  }
  return undefined;
}

/** A cookie's value behind `Set-Cookie:`, all of them behind `Cookie:`, the colon standing at `at`. */
export function cookieAt(text: string, at: number): NamedValue | undefined {
  const name = nameBefore(text, at).toLowerCase();
  if (name !== 'set-cookie' && name !== 'cookie') return undefined;
  const blanks = runEnd(text, at + 1, isBlank, INDENT_MAX);
  const from = blanks + (QUOTES.find((each) => text.startsWith(each, blanks))?.length ?? 0);
  const equals = runEnd(text, from, isName, NAME_CHARS_MAX);
  if (equals === from || text[equals] !== '=') return undefined;
  const start = name === 'cookie' ? from : equals + 1;
  const end = runEnd(text, start, name === 'cookie' ? isCookies : isCookie, VALUE_CHARS_MAX);
  return start === end ? undefined : { label: 'cookie', start, end };
}

/** No control character, and none of `"'<\`. */
function isCookies(code: number): boolean {
  return code >= 0x20 && !'"\'<\\'.includes(String.fromCharCode(code));
}

function isCookie(code: number): boolean {
  return isCookies(code) && code !== 0x20 && code !== 0x3b;
}

function isElementName(code: number): boolean {
  return isName(code) || code === 0x3a;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Letters, digits, `_`, `-` and `.`. */
function isName(code: number): boolean {
  return isWord(code) || code === 0x5f || code === 0x2d || code === 0x2e;
}

/** No blank, and none of `"&'),;<>]}|`. */
function isValue(code: number): boolean {
  return code > 0x20 && !'"&\'),;<>]}|'.includes(String.fromCharCode(code));
}

/** No blank, and none of `"'/?#<>`. */
function isAuthority(code: number): boolean {
  return code > 0x20 && !'"\'/?#<>'.includes(String.fromCharCode(code));
}

function isTag(code: number): boolean {
  return code !== 0x3c && code !== 0x3e;
}
