import { isBlank, runEnd } from './chars.ts';

const BLOCK_CHARS_MAX = 4_096;
const LINE_CHARS_MAX = 256;
/** YAML 1.2, section 8.1: a literal or folded text begins on the next line. */
const INDICATOR = /[|>][+-]?[1-9]?[+-]?[ \t]{0,8}(?:#[^\n]{0,200})?\r?\n/y;
const NOTHING = /[ \t]{0,8}\r?\n/y;
/** One word, which is no name, list or tag of its own. */
const LONE_WORD = /([ \t]{0,64})([^\s:={}[\]<>|#-][^\s:={}[\]<>|]{0,255})[ \t]{0,8}\r?(?:\n|$)/y;

/** Plain items. */
const LIST =
  /(?:[ \t]{0,64}- [^\n:{}[\]]{1,256}(?:\n(?=[ \t]{0,64}- [^\n:{}[\]]{1,256}(?:\n|$))|$|(?=\n))){1,64}/y;

/**
 * What stands on the lines below a name, whose colon is at `at`, with nothing behind it: a block of YAML (`password: |`), or one word further in than the
 * name. `from`: behind the colon and its blanks.
 */
export function blockAt(
  text: string,
  at: number,
  from: number,
): { readonly start: number; readonly end: number } | undefined {
  const lineAt =
    text.slice(Math.max(0, at - LINE_CHARS_MAX), at).lastIndexOf('\n') + 1 + Math.max(0, at - LINE_CHARS_MAX);
  const indent = runEnd(text, lineAt, isBlank, LINE_CHARS_MAX) - lineAt;
  INDICATOR.lastIndex = from;
  if (INDICATOR.test(text)) return indentedFrom(text, INDICATOR.lastIndex, indent);
  NOTHING.lastIndex = from;
  if (!NOTHING.test(text)) return undefined;
  LIST.lastIndex = NOTHING.lastIndex;
  const list = LIST.exec(text);
  if (list) return { start: LIST.lastIndex - list[0].trimStart().length, end: LIST.lastIndex };
  LONE_WORD.lastIndex = NOTHING.lastIndex;
  const [, before = '', word = ''] = LONE_WORD.exec(text) ?? [];
  if (word === '' || before.length <= indent) return undefined;
  const start = NOTHING.lastIndex + before.length;
  return { start, end: start + word.length };
}

/** The lines that are further in, or empty. */
function indentedFrom(text: string, from: number, indent: number) {
  const start = runEnd(text, from, isSpace, BLOCK_CHARS_MAX);
  let end = start;
  for (let at = from; at < text.length && at - from < BLOCK_CHARS_MAX; ) {
    const lineEnd = runEnd(text, at, isNoLineEnd, BLOCK_CHARS_MAX);
    const line = text.slice(at, lineEnd);
    const depth = line.length - line.trimStart().length;
    if (line.trim() !== '' && depth <= indent) break;
    if (line.trim() !== '') end = at + line.trimEnd().length;
    at = lineEnd + 1;
  }
  return end > start ? { start, end } : undefined;
}

function isSpace(code: number): boolean {
  return isBlank(code) || code === 0x0a || code === 0x0d;
}

function isNoLineEnd(code: number): boolean {
  return code !== 0x0a;
}
