import { NumberText, type Value } from '../../compare/value.ts';
import { readBytes } from '../value/bytes.ts';

const CHARS_MAX = 16 * 1024;
const DEPTH_MAX = 12;

/** What stands at a place of a text; undefined where the text is of another grammar. */
type Told = readonly [value: Value, end: number] | undefined;

/** A value as Python prints it (repr): 'single quotes', True, None, tuples, Decimal('1.10'). */
export function readPython(text: string): Value | undefined {
  if (text.length > CHARS_MAX || !/^(?:[[({]|Decimal\('|UUID\(')/.test(text)) return undefined;
  const told = pythonAt(text, 0, 0);
  return told?.[1] === text.length ? told[0] : undefined;
}

const PYTHON_WORD = /(?:(True)|(False)|(None)|(-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?))(?![\w.])/y;
const PYTHON_CALL = /(Decimal|UUID)\('([^'\\]{1,64})'\)/y;

function pythonAt(text: string, at: number, depth: number): Told {
  const sign = text[at];
  if (sign === "'" || sign === '"') return pythonText(text, at);
  if (sign === '[' || sign === '(') return depth > DEPTH_MAX ? undefined : pythonList(text, at, depth);
  if (sign === '{') return depth > DEPTH_MAX ? undefined : pythonDict(text, at, depth);
  PYTHON_WORD.lastIndex = at;
  const word = PYTHON_WORD.exec(text);
  if (word !== null) {
    const [, yes, no, none, number] = word;
    const value =
      number === undefined ? (none === undefined ? (yes ?? no) === 'True' : null) : new NumberText(number);
    return [value, PYTHON_WORD.lastIndex];
  }
  PYTHON_CALL.lastIndex = at;
  const call = PYTHON_CALL.exec(text);
  if (call === null) return undefined;
  const [, kind, told = ''] = call;
  const isNumber = /^-?[0-9]+(?:\.[0-9]+)?$/.test(told);
  if (kind === 'Decimal' && !isNumber) return undefined;
  return [kind === 'Decimal' ? new NumberText(told) : told, PYTHON_CALL.lastIndex];
}

function pythonList(text: string, start: number, depth: number): Told {
  const end = text[start] === '[' ? ']' : ')';
  const items: Value[] = [];
  let at = start + 1;
  while (text[at] !== end) {
    const item = pythonAt(text, at, depth + 1);
    if (item === undefined) return undefined;
    items.push(item[0]);
    at = item[1];
    if (text.startsWith(', ', at)) at += 2;
    else if (text[at] === ',' && text[at + 1] === end) at += 1;
    else if (text[at] !== end) return undefined;
  }
  return [items, at + 1];
}

function pythonDict(text: string, start: number, depth: number): Told {
  const members = new Map<string, Value>();
  let at = start + 1;
  while (text[at] !== '}') {
    const key = pythonAt(text, at, depth + 1);
    if (key === undefined || typeof key[0] !== 'string' || members.has(key[0])) return undefined;
    if (!text.startsWith(': ', key[1])) return undefined;
    const value = pythonAt(text, key[1] + 2, depth + 1);
    if (value === undefined) return undefined;
    members.set(key[0], value[0]);
    at = value[1];
    if (text.startsWith(', ', at)) at += 2;
    else if (text[at] !== '}') return undefined;
  }
  return [members, at + 1];
}

const PYTHON_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function pythonText(text: string, start: number): Told {
  const quote = text[start];
  let told = '';
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === quote) return [told, at + 1];
    if (sign !== '\\') {
      told += sign;
      continue;
    }
    const [, hex] =
      /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/.exec(text.slice(at, at + 6))?.filter(Boolean) ?? [];
    const plain = PYTHON_ESCAPES[text[at + 1] ?? ''];
    if (hex === undefined && plain === undefined) return undefined;
    told += hex === undefined ? plain : String.fromCharCode(Number.parseInt(hex, 16));
    at += hex === undefined ? 1 : hex.length + 1;
  }
  return undefined;
}

/** An array as PostgreSQL prints it: {a,"b, c",NULL}, {{1,2},{3,4}}. */
export function readPostgresArray(text: string): Value | undefined {
  if (text.length > CHARS_MAX || !text.startsWith('{') || !text.endsWith('}')) return undefined;
  const told = arrayAt(text, 0, 0);
  return told?.[1] === text.length ? told[0] : undefined;
}

const BARE = /[^\s{},"\\](?:[^{},"\\]*[^\s{},"\\])?/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;

function arrayAt(text: string, start: number, depth: number): Told {
  const items: Value[] = [];
  let at = start + 1;
  if (text[at] === '}') return [items, at + 1];
  for (;;) {
    const item =
      text[at] === '{' ? (depth > 5 ? undefined : arrayAt(text, at, depth + 1)) : elementAt(text, at);
    if (item === undefined) return undefined;
    items.push(item[0]);
    at = item[1];
    if (text[at] === '}') return [items, at + 1];
    if (text[at] !== ',') return undefined;
    at += 1;
  }
}

function elementAt(text: string, at: number): Told {
  const isQuoted = text[at] === '"';
  const form = isQuoted ? QUOTED : BARE;
  form.lastIndex = at;
  const found = form.exec(text);
  if (found === null) return undefined;
  const told = isQuoted ? (found[1] ?? '').replaceAll(/\\(.)/gs, '$1') : found[0];
  return [!isQuoted && told === 'NULL' ? null : told, form.lastIndex];
}

/** Keys and values as PostgreSQL prints them (hstore): "a"=>"1", "b"=>NULL. */
export function readHstore(text: string): Value | undefined {
  if (text.length > CHARS_MAX || !text.startsWith('"') || !text.includes('=>')) return undefined;
  const members = new Map<string, Value>();
  for (let at = 0; at < text.length; ) {
    const key = elementAt(text, at);
    if (key === undefined || !text.startsWith('=>', key[1]) || members.has(String(key[0]))) return undefined;
    const value = elementAt(text, key[1] + 2);
    if (value === undefined) return undefined;
    members.set(String(key[0]), value[0]);
    at = value[1];
    if (at === text.length) return members;
    if (!text.startsWith(', ', at)) return undefined;
    at += 2;
  }
  return undefined;
}

/** A text in UTF-8 behind base64, of three words’ length or more and of signs that are shown. */
export function readEncodedText(text: string): string | undefined {
  if (text.length < 12 || text.length > CHARS_MAX || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  const hex = readBytes(text).find(({ notation }) => notation !== 'hexadecimal')?.hex;
  if (hex === undefined) return undefined;
  try {
    const bytes = new Uint8Array((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
    const told = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\r\n\t]/u.test(told) ? undefined : told;
  } catch {
    return undefined;
  }
}

/** JSON that is escaped as in a URL. */
export function readEscapedJson(text: string): string | undefined {
  if (text.length > CHARS_MAX || !/^%(?:7B|5B)/i.test(text) || /[{}[\]"]/.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
