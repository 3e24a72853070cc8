import { isWord, runEnd } from './chars.ts';
import { secretName } from './secret-names.ts';

/** A value in a text whose name, beside it, says that it is a secret. */
export interface NamedValue {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

const NAME_CHARS_MAX = 64;
const VALUE_CHARS_MAX = 4_096;
const BLANKS_MAX = 2;

/** A longer one before the one that it ends in. */
const QUOTES: readonly string[] = ['\\"', '"', "'", '&quot;', '&#34;', '&#39;'];

/** What is no value: nothing, yes and no, and what is masked already. */
const NO_VALUE = /^(?:null|none|nil|undefined|true|false|[*•●xX]+|⟨masked:.*)$/i;

/**
 * The value behind `=`, `:` or a quote at `at`, when a secret's name stands before it: `password=x`, `"pin": "1234"`, `token 'abc'`. Behind a colon
 * without quotes words of letters alone are prose: `Password: required`.
 */
export function namedValueAt(text: string, at: number): NamedValue | undefined {
  const sign = text[at];
  const isQuote = sign === '"' || sign === "'";
  if (sign === '=' && (text[at + 1] === '=' || text[at + 1] === '>')) return undefined;
  if (isQuote && text[at - 1] !== ' ') return undefined;
  const label = nameBefore(text, at);
  if (label === undefined) return undefined;
  let from = at + (isQuote ? 0 : 1);
  from = runEnd(text, from, isBlank, BLANKS_MAX);
  const quote = QUOTES.find((each) => text.startsWith(each, from));
  const start = from + (quote?.length ?? 0);
  const closing = quote === undefined ? -1 : text.indexOf(quote, start);
  const isClosed = closing >= 0 && closing - start <= VALUE_CHARS_MAX;
  if (isQuote && !isClosed) return undefined;
  const end = isClosed ? closing : runEnd(text, start, isValue, VALUE_CHARS_MAX);
  const value = text.slice(start, end);
  if (value === '' || NO_VALUE.test(value)) return undefined;
  if (sign !== '=' && !isClosed && /^[\p{L}.!?]*$/u.test(value)) return undefined;
  return { label, start, end };
}

/** What the name that ends before `at` says of its value; quotes and a blank may stand between. */
function nameBefore(text: string, at: number): string | undefined {
  let end = at;
  while (at - end < BLANKS_MAX && isBlank(text.charCodeAt(end - 1))) end -= 1;
  end -= QUOTES.find((each) => text.endsWith(each, end))?.length ?? 0;
  let from = end;
  while (end - from <= NAME_CHARS_MAX && isName(text.charCodeAt(from - 1))) from -= 1;
  return from === end || end - from > NAME_CHARS_MAX ? undefined : secretName(text.slice(from, end));
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
