import { isBlank, isName, runEnd } from './chars.ts';
import {
  INDENT_MAX,
  isNoValue,
  isProse,
  NAME_CHARS_MAX,
  type NamedValue,
  nameBefore,
  QUOTES,
  saidBefore,
  VALUE_CHARS_MAX,
} from './named-secrets.ts';
import { secretName } from './secret-names.ts';

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

/** No blank, and none of `"'/?#<>`. */
function isAuthority(code: number): boolean {
  return code > 0x20 && !'"\'/?#<>'.includes(String.fromCharCode(code));
}

const ORACLE = /:(?:thin|oci8?):([^\s/@:]{1,64})\/([^\s@]{1,256})@/y;

/** The password in `jdbc:oracle:thin:user/password@…`, the colon before `thin` standing at `at`. */
export function oraclePasswordAt(text: string, at: number): NamedValue | undefined {
  if (text[at + 1] !== 't' && text[at + 1] !== 'o') return undefined;
  ORACLE.lastIndex = at;
  const [, user, password] = ORACLE.exec(text) ?? [];
  if (user === undefined || password === undefined) return undefined;
  const end = ORACLE.lastIndex - 1;
  return { label: 'password', start: end - password.length, end };
}

/** FIX 4.0 to 5.0 SP2: Password, NewPassword, EncryptedPassword, EncryptedNewPassword. */
const FIX_TAGS: ReadonlySet<string> = new Set(['554', '925', '1402', '1404']);

/** The value of a FIX field that is a password, its `=` standing at `at`; fields are set apart by SOH, in logs by `|`. */
export function fixPasswordAt(text: string, at: number): NamedValue | undefined {
  const tag = nameBefore(text, at);
  const before = text.charCodeAt(at - tag.length - 1);
  if (!FIX_TAGS.has(tag) || (before !== 0x01 && before !== 0x7c)) return undefined;
  const end = runEnd(text, at + 1, (code) => code !== before && code >= 0x20, VALUE_CHARS_MAX);
  return end === at + 1 ? undefined : { label: 'password', start: at + 1, end };
}

/** Whose `-u` is a user. */
const CURL = /\bcurl\b/;
const USER_OPTION = /^(?:u|user|proxy-user)$/;

/** The value behind an option of a command line, its first dash standing at `at`: `--password x`, `--user ann:x`, `-u ann:x`. */
export function optionAt(text: string, at: number): NamedValue | undefined {
  const nameAt = text[at + 1] === '-' ? at + 2 : at + 1;
  if (text[at - 1] === '-' || (nameAt === at + 1 && !text.startsWith('u ', nameAt))) return undefined;
  if (nameAt === at + 1 && !CURL.test(text.slice(Math.max(0, at - BEFORE_CHARS_MAX), at))) return undefined;
  const nameEnd = runEnd(text, nameAt, isName, NAME_CHARS_MAX);
  const start = runEnd(text, nameEnd, isBlank, INDENT_MAX);
  if (nameEnd === nameAt || start === nameEnd || text[start] === '-') return undefined;
  const name = text.slice(nameAt, nameEnd);
  const quote = QUOTES.find((each) => text.startsWith(each, start));
  // In quotes it is found by them.
  if (quote !== undefined) return undefined;
  const end = runEnd(text, start, isArgument, VALUE_CHARS_MAX);
  const value = text.slice(start, end);
  if (USER_OPTION.test(name)) {
    const colon = value.indexOf(':');
    if (colon < 1 || colon === value.length - 1 || /^\d+:\d+$/.test(value)) return undefined;
    return { label: 'password', start: start + colon + 1, end };
  }
  const label = secretName(name);
  if (label === undefined || isNoValue(value) || isProse(text, value, end)) return undefined;
  return { label, start, end };
}

const SAYING = /(?:is|ist|lautet) ([^\s"'<>]{4,64})/iy;

/** `Your PIN is 1234`: what a sentence says, its verb standing at `at`; only what has digits in it. */
export function saidAt(text: string, at: number): NamedValue | undefined {
  SAYING.lastIndex = at;
  const word = SAYING.exec(text)?.[1]?.replace(/[.,;:!?)]+$/, '') ?? '';
  if (word.length < 4 || !/\d/.test(word) || /^\d+-\p{L}/u.test(word)) return undefined;
  const label = saidBefore(text.slice(Math.max(0, at - SAID_CHARS_MAX), at));
  const start = text.indexOf(' ', at) + 1;
  return label === undefined ? undefined : { label, start, end: start + word.length };
}

const SAID_CHARS_MAX = 64;
const SAID_OF =
  /(?:is|ist) (?:your|ihre?|deine?|the|der|die|das) ((?:[\p{L}-]{1,20} ){0,2}[\p{L}-]{1,20})/iuy;

/** `1234 is your PIN`: digits that stand from `start` to `end`. */
export function saidOfDigits(text: string, start: number, end: number): NamedValue | undefined {
  if (end - start < 4 || end - start > 10 || !text.startsWith(' is', end)) return undefined;
  SAID_OF.lastIndex = end + 1;
  const words = SAID_OF.exec(text)?.[1]?.split(' ') ?? [];
  for (let last = words.length; last > 0; last -= 1) {
    const label = secretName(words.slice(0, last).join(' '));
    if (label !== undefined) return { label, start, end };
  }
  return undefined;
}

const IDENTIFIED = /\bidentified\s{1,4}by\s{1,4}$/i;
const LOGIN = /\b(?:login|user|username)\s{1,4}[\w.@-]{1,64}\s{1,4}$/i;
const BEFORE_CHARS_MAX = 96;

/** SQL's `IDENTIFIED BY 'x'`, its quote standing at `at`. */
export function identifiedBy(text: string, at: number): NamedValue | undefined {
  const isBlankBefore = isBlank(text.charCodeAt(at - 1));
  if (!isBlankBefore || !IDENTIFIED.test(text.slice(Math.max(0, at - 24), at))) return undefined;
  const end = text.slice(at + 1, at + 1 + VALUE_CHARS_MAX).indexOf(text.charAt(at)) + at + 1;
  return end <= at + 1 ? undefined : { label: 'password', start: at + 1, end };
}

const PASSWORD = /(?:password|passwd)[ \t]{1,4}(?:\d [ \t]{0,3})?(?=[^\s=:"'|])/iy;

/** `login ann password x`, as netrc and routers have it, the word `password` standing at `at`. */
export function loginAt(text: string, at: number): NamedValue | undefined {
  PASSWORD.lastIndex = at;
  if (!PASSWORD.test(text) || !LOGIN.test(text.slice(Math.max(0, at - BEFORE_CHARS_MAX), at)))
    return undefined;
  const start = PASSWORD.lastIndex;
  const end = runEnd(text, start, isArgument, VALUE_CHARS_MAX);
  const value = text.slice(start, end);
  return isNoValue(value) || isProse(text, value, end) ? undefined : { label: 'password', start, end };
}

/** No blank, no quote. */
function isArgument(code: number): boolean {
  return code > 0x20 && code !== 0x22 && code !== 0x27 && code !== 0x3c;
}
