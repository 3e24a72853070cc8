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

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// A run without quotes, escapes and control characters, which is most of most strings.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them unescaped
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;
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
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): Value {
    const fields = new Map<string, Value>();
    this.#at += 1;
    this.#space();
    if (this.#take('}')) return fields;
    for (;;) {
      if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes is expected');
      const keyAt = this.#at;
      const key = this.#string();
      if (fields.has(key)) {
        this.#at = keyAt;
        this.#fail('duplicate key');
      }
      this.#space();
      if (!this.#take(':')) this.#fail('":" is expected');
      this.#space();
      fields.set(key, this.#value(depth + 1));
      this.#space();
      if (this.#take('}')) return fields;
      if (!this.#take(',')) this.#fail('"," or "}" is expected');
      this.#space();
    }
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#at += 1;
    this.#space();
    if (this.#take(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      if (this.#take(']')) return items;
      if (!this.#take(',')) this.#fail('"," or "]" is expected');
      this.#space();
    }
  }

  #string(): string {
    this.#at += 1;
    let value = '';
    for (;;) {
      value += this.#match(PLAIN);
      const character = this.#text[this.#at];
      if (character === '"') {
        this.#at += 1;
        return value;
      }
      if (character !== '\\')
        this.#fail(character === undefined ? 'a string without end' : 'a control character in a string');
      value += this.#escape();
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

  #number(): Value {
    const text = this.#match(NUMBER);
    if (text === '')
      this.#fail(this.#at < this.#text.length ? 'a value is expected' : 'the text ends too early');
    return new NumberText(text);
  }

  #word<T extends Value>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('a value is expected');
    this.#at += word.length;
    return value;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fail(what: string): never {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    throw new JsonError(`${what} at line ${line}, column ${this.#at - before.lastIndexOf('\n')}`);
  }
}
