/**
 * Canonical JSON: as Postgres writes `jsonb`. Members by length of their name in UTF-8, then by its bytes, the last of equal ones counts;
 * numbers as `numeric` (no exponent, zeros of the fraction kept); one space after `:` and `,`. (Postgres' jsonb_util.c: lengthCompareJsonbStringValue, and
 * escape_json.)
 */

/** A number as written. */
class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Json = null | boolean | string | JsonNumber | Json[] | Map<string, Json>;

const utf8 = new TextEncoder();
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const BLANKS = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
/** Deeper than any row's, far from the end of the stack. */
const DEPTH_MAX = 1_000;

/** Undefined when the text is no JSON, or one that `jsonb` does not hold: see {@link isHeldByJsonb}. */
export function canonicalJson(text: string): string | undefined {
  const reader = { text, at: 0 };
  const value = read(reader, 0);
  skip(BLANKS, reader);
  return value === undefined || reader.at !== text.length ? undefined : write(value);
}

/** `["a", null]` of texts, as the canonical form of an array. */
export function jsonList(texts: readonly (string | null)[]): string {
  return `[${texts.map((text) => (text === null ? 'null' : quote(text))).join(', ')}]`;
}

/** An object of texts and numbers in canonical form; names must be distinct. */
export function jsonObject(members: readonly (readonly [string, string, 'text' | 'number'])[]): string {
  const object = new Map(
    members.map(([name, text, type]) => [name, type === 'number' ? new JsonNumber(text) : text]),
  );
  return write(object) ?? '{}';
}

interface Reader {
  readonly text: string;
  at: number;
}

function skip(pattern: RegExp, reader: Reader): string | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match === null) return undefined;
  reader.at += match[0].length;
  return match[0];
}

function read(reader: Reader, depth: number): Json | undefined {
  if (depth > DEPTH_MAX) return undefined;
  skip(BLANKS, reader);
  const first = reader.text[reader.at];
  if (first === '"') return readString(reader);
  if (first === '[' || first === '{') {
    reader.at += 1;
    return first === '[' ? readList(reader, depth) : readObject(reader, depth);
  }
  for (const [word, value] of [
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const) {
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
  }
  const number = skip(NUMBER, reader);
  return number === undefined ? undefined : new JsonNumber(number);
}

function readString(reader: Reader): string | undefined {
  const quoted = skip(STRING, reader);
  if (quoted === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' && isHeldByJsonb(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A zero byte and half a surrogate pair, which `json` keeps as their escapes, are no text to Postgres. */
function isHeldByJsonb(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

function readList(reader: Reader, depth: number): Json[] | undefined {
  const list: Json[] = [];
  if (closes(reader, ']')) return list;
  for (;;) {
    const value = read(reader, depth + 1);
    if (value === undefined) return undefined;
    list.push(value);
    if (closes(reader, ']')) return list;
    if (!closes(reader, ',')) return undefined;
  }
}

function readObject(reader: Reader, depth: number): Map<string, Json> | undefined {
  const members = new Map<string, Json>();
  if (closes(reader, '}')) return members;
  for (;;) {
    skip(BLANKS, reader);
    const name = readString(reader);
    if (name === undefined || !closes(reader, ':')) return undefined;
    const value = read(reader, depth + 1);
    if (value === undefined) return undefined;
    members.set(name, value);
    if (closes(reader, '}')) return members;
    if (!closes(reader, ',')) return undefined;
  }
}

function closes(reader: Reader, mark: string): boolean {
  skip(BLANKS, reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at += 1;
  return true;
}

function write(value: Json): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote(value);
  if (value instanceof JsonNumber) return asNumeric(value.text);
  const parts: string[] = [];
  const items = Array.isArray(value) ? value.map((item) => ['', item] as const) : sorted(value);
  for (const [name, item] of items) {
    const text = write(item);
    if (text === undefined) return undefined;
    parts.push(Array.isArray(value) ? text : `${quote(name)}: ${text}`);
  }
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}

function sorted(members: Map<string, Json>): (readonly [string, Json])[] {
  return [...members]
    .map(([name, value]) => ({ name, value, bytes: utf8.encode(name) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || compareBytes(a.bytes, b.bytes))
    .map(({ name, value }) => [name, value] as const);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

function quote(text: string): string {
  return `"${text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON escapes them
    /["\\\u0000-\u001f]/g,
    (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`;
}

/**
 * Numbers that nobody means, some of which Postgres' `numeric` does not hold: as many characters as this (without the sign), as many before an exponent, or
 * an exponent of more digits.
 */
export const NUMBER_MAX = 16_000;
export const MANTISSA_MAX = 200;
export const EXPONENT_DIGITS_MAX = 4;

/** As numeric_in and numeric_out turn it: the scale is that of the digits written, less the exponent, never negative; no negative zero. */
function asNumeric(text: string): string | undefined {
  const [mantissa = '', exponentText] = text.toLowerCase().split('e');
  const exponent = Number(exponentText ?? '0');
  const negative = mantissa.startsWith('-');
  const unsigned = mantissa.replace('-', '');
  if (unsigned.length >= (exponentText === undefined ? NUMBER_MAX : MANTISSA_MAX)) return undefined;
  if (Math.abs(exponent) >= 10 ** EXPONENT_DIGITS_MAX) return undefined;
  const [whole = '', fraction = ''] = unsigned.split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const left = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const right = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const plain = left.replace(/^0+(?=[0-9])/, '') + (right === '' ? '' : `.${right}`);
  return negative && /[1-9]/.test(plain) ? `-${plain}` : plain;
}
