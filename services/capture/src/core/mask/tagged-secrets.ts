import { isName, runEnd } from './chars.ts';
import { isNoValue, NAME_CHARS_MAX, type NamedValue, VALUE_CHARS_MAX } from './named-secrets.ts';
import { isNaming, secretName } from './secret-names.ts';

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
  if (label === undefined) return TITLE.test(name) ? titledAt(text, at + 1) : undefined;
  const isSection = text.startsWith(SECTION, at + 1);
  const from = at + 1 + (isSection ? SECTION.length : 0);
  const end = isSection ? sectionEnd(text, from) : runEnd(text, from, isNoTag, VALUE_CHARS_MAX);
  // With another element in it, it has no text of its own.
  const isEnded = text.startsWith(isSection ? ']]>' : '</', end);
  const value = text.slice(from, end).trim();
  // SGML closes no tag, but the line ends behind the value.
  if (!isEnded && !(LONE.test(text.slice(from, end)) && !isSection)) return undefined;
  if (isNoValue(value)) return undefined;
  const start = text.indexOf(value, from);
  return { label, start, end: start + value.length };
}

const LONE = /^[^\s]{1,256}[ \t]{0,8}\r?\n/;

const TITLE = /^(?:th|td|dt|label|b|strong|span)$/i;
const TITLE_CHARS_MAX = 40;
/** Tags, and one word behind them. */
const SHOWN = /(?:<[^<>]{1,200}>\s{0,64}){1,4}([^<>\s]{1,256})\s{0,64}(?=<|$)/y;
const SENTENCE_WORD = /^\p{L}+[.,:;!?]*$/u;

/** The word that a page shows behind tags which begin at `at` (`PIN: <b>1234</b>`); words as sentences have them are none. */
export function shownAt(
  text: string,
  at: number,
): { readonly start: number; readonly end: number } | undefined {
  SHOWN.lastIndex = at;
  const [whole = '', word = ''] = SHOWN.exec(text) ?? [];
  if (isNoValue(word) || SENTENCE_WORD.test(word)) return undefined;
  const start = at + whole.trimEnd().length - word.length;
  return { start, end: start + word.length };
}

/** What stands beside a title that names a secret: `<th>Password</th><td>x</td>`, the title beginning at `from`. */
function titledAt(text: string, from: number): NamedValue | undefined {
  const end = runEnd(text, from, isNoTag, TITLE_CHARS_MAX);
  if (!text.startsWith('</', end)) return undefined;
  const label = secretName(text.slice(from, end).trim().replace(/\s?:$/, ''));
  const shown = label === undefined ? undefined : shownAt(text, end);
  return label === undefined || shown === undefined ? undefined : { label, ...shown };
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

function isElementName(code: number): boolean {
  return isName(code) || code === 0x3a;
}

function isTag(code: number): boolean {
  return code !== 0x3c && code !== 0x3e;
}
