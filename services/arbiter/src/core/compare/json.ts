import { NumberText, type Value } from './value.ts';

/** Deeper values are compared as text: what reads the answer would hardly take them either, and recursion stays bounded. */
export const JSON_DEPTH_MAX = 100;

export type JsonResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/**
 * Strict JSON (RFC 8259) into a {@link Value}. Unlike `JSON.parse` it keeps the text of numbers and refuses duplicate keys, of which every
 * reader picks its own; the reason names line and column.
 */
export function parseJson(text: string): JsonResult {
  const parser = new Parser(text);
  try {
    return { ok: true, value: parser.document() };
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, reason: error.message };
    throw error;
  }
}

class JsonError extends Error {
  override readonly name = 'JsonError';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Codes of the characters that structure JSON. Regular expressions instead cost several times as much. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACE = 0x20;

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Value {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail('more text after the value');
    return value;
  }

  #value(depth: number): Value {
    if (depth > JSON_DEPTH_MAX) this.#fail(`nested deeper than ${JSON_DEPTH_MAX}`);
    switch (this.#text.charCodeAt(this.#at)) {
      case OPEN_OBJECT:
        return this.#object(depth);
      case OPEN_ARRAY:
        return this.#array(depth);
      case QUOTE:
        return this.#string();
      case 0x74:
        return this.#word('true', true);
      case 0x66:
        return this.#word('false', false);
      case 0x6e:
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): Value {
    const fields = new Map<string, Value>();
    this.#at += 1;
    this.#space();
    if (this.#take(CLOSE_OBJECT)) return fields;
    for (;;) {
      if (this.#text.charCodeAt(this.#at) !== QUOTE) this.#fail('a key in double quotes is expected');
      const keyAt = this.#at;
      const key = this.#string();
      if (fields.has(key)) {
        this.#at = keyAt;
        this.#fail('duplicate key');
      }
      this.#space();
      if (!this.#take(COLON)) this.#fail('":" is expected');
      this.#space();
      fields.set(key, this.#value(depth + 1));
      this.#space();
      if (this.#take(CLOSE_OBJECT)) return fields;
      if (!this.#take(COMMA)) this.#fail('"," or "}" is expected');
      this.#space();
    }
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#at += 1;
    this.#space();
    if (this.#take(CLOSE_ARRAY)) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      if (this.#take(CLOSE_ARRAY)) return items;
      if (!this.#take(COMMA)) this.#fail('"," or "]" is expected');
      this.#space();
    }
  }

  #string(): string {
    const text = this.#text;
    let from = this.#at + 1;
    let at = from;
    let value = '';
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return from === at ? value : value + text.slice(from, at);
      }
      if (code === BACKSLASH) {
        value += text.slice(from, at);
        this.#at = at;
        value += this.#escape();
        at = this.#at;
        from = at;
      } else if (code >= SPACE) {
        at += 1;
      } else {
        this.#at = at;
        this.#fail(at < text.length ? 'a control character in a string' : 'a string without end');
      }
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at + 1] ?? '';
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail('an unknown escape');
    this.#at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? */
  #number(): Value {
    const text = this.#text;
    const from = this.#at;
    const first = text.charCodeAt(from) === MINUS ? from + 1 : from;
    let at = text.charCodeAt(first) === ZERO ? first + 1 : this.#digits(first);
    if (at === first) this.#fail(from < text.length ? 'a value is expected' : 'the text ends too early');
    if (text.charCodeAt(at) === POINT) {
      const end = this.#digits(at + 1);
      if (end > at + 1) at = end;
    }
    const letter = text.charCodeAt(at);
    if (letter === 0x65 || letter === 0x45) {
      const sign = text.charCodeAt(at + 1);
      const digits = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
      const end = this.#digits(digits);
      if (end > digits) at = end;
    }
    this.#at = at;
    return new NumberText(text.slice(from, at));
  }

  /** Where the digits that begin at `from` end. */
  #digits(from: number): number {
    let at = from;
    for (;;) {
      const code = this.#text.charCodeAt(at);
      if (!(code >= ZERO && code <= NINE)) return at;
      at += 1;
    }
  }

  #word<T extends Value>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('a value is expected');
    this.#at += word.length;
    return value;
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== SPACE && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #fail(what: string): never {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    throw new JsonError(`${what} at line ${line}, column ${this.#at - before.lastIndexOf('\n')}`);
  }
}
