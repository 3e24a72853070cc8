import { JSON_DEPTH_MAX } from '@chronos/arbiter/core/compare/json.ts';
import type { Masker, Reason } from './masker.ts';
import { type Cursor, enterField, enterIndex, isSecret, NOWHERE } from './paths.ts';
import { isNamed, isNaming, secretName } from './secret-names.ts';

/** A text that holds JSON may hold a text that holds JSON; deeper ones are texts. */
const NESTED_MAX = 4;

/**
 * JSON with its secrets masked, everything else as it was spelt: white space, numbers, the order of keys, keys that stand twice.
 * `text` undefined: nothing to mask. Not ok: no JSON.
 */
export type MaskedJson = { readonly ok: true; readonly text: string | undefined } | { readonly ok: false };

export function maskJson(
  text: string,
  cursor: Cursor,
  masker: Masker,
  place: string,
  reason?: Reason,
): MaskedJson {
  return new Walk(text, masker, place, 0).document(cursor, reason);
}

class NoJson extends Error {
  override readonly name = 'NoJson';
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them unescaped
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;

/** A name as JSON, and a plain value with the member behind it. */
const TELLING = /"([^"\\]{1,64})"/y;
const BEHIND =
  /(?:"(?:[^"\\]|\\.){0,4096}"|[^\s"[\]{},]{1,64})\s{0,16},\s{0,16}"([a-zA-Z]{1,12})"\s{0,16}:\s{0,16}"([^"\\]{1,64})"/y;

class Walk {
  readonly #text: string;
  readonly #masker: Masker;
  readonly #place: string;
  readonly #nested: number;
  #at = 0;
  /** What was written so far stands for the text up to #copied. */
  #written = '';
  #copied = 0;

  constructor(text: string, masker: Masker, place: string, nested: number) {
    this.#text = text;
    this.#masker = masker;
    this.#place = place;
    this.#nested = nested;
  }

  document(cursor: Cursor, reason: Reason): MaskedJson {
    try {
      if (this.#text[0] === '\u{feff}') this.#at = 1;
      this.#space();
      this.#value(cursor, isSecret(cursor) ? this.#masker.reasonOf('', true, reason) : reason, 0);
      this.#space();
      if (this.#at < this.#text.length) return { ok: false };
    } catch (error) {
      if (error instanceof NoJson) return { ok: false };
      throw error;
    }
    return {
      ok: true,
      text: this.#copied === 0 ? undefined : this.#written + this.#text.slice(this.#copied),
    };
  }

  #value(cursor: Cursor, reason: Reason, depth: number): void {
    if (depth > JSON_DEPTH_MAX) throw new NoJson();
    const first = this.#text[this.#at];
    if (first === '{') this.#object(cursor, reason, depth);
    else if (first === '[') this.#array(cursor, reason, depth);
    else if (first === '"') this.#string(reason);
    else if (first === 't') this.#word('true', true, reason);
    else if (first === 'f') this.#word('false', false, reason);
    else if (first === 'n') this.#word('null', undefined, reason);
    else this.#number(reason);
  }

  #object(cursor: Cursor, reason: Reason, depth: number): void {
    this.#at += 1;
    this.#space();
    if (this.#take('}')) return;
    let told: Reason;
    do {
      this.#space();
      const from = this.#at;
      const key = this.#scanString();
      // A map's keys are values, too.
      this.#replaceBy(from, jsonText(this.#masker.within(key, this.#place)));
      this.#space();
      if (!this.#take(':')) throw new NoJson();
      this.#space();
      const below = cursor.length === 0 ? NOWHERE : enterField(cursor, key);
      if (this.#masker.recognise && isNaming(key)) told ??= this.#toldBy(this.#at);
      const above = isNamed(key) ? (told ?? this.#toldBehind() ?? reason) : reason;
      this.#value(below, this.#masker.reasonOf(key, isSecret(below), above), depth + 1);
      this.#space();
    } while (this.#take(','));
    if (!this.#take('}')) throw new NoJson();
  }

  /** What the name that stands at `at` as a text says of the value beside it: `{"name":"password","value":"x"}`. */
  #toldBy(at: number): Reason {
    TELLING.lastIndex = at;
    const name = TELLING.exec(this.#text)?.[1];
    return name === undefined ? undefined : secretName(name);
  }

  /** The same where the name comes right behind the value. */
  #toldBehind(): Reason {
    if (!this.#masker.recognise) return undefined;
    BEHIND.lastIndex = this.#at;
    const [, key, name] = BEHIND.exec(this.#text) ?? [];
    return key !== undefined && name !== undefined && isNaming(key) ? secretName(name) : undefined;
  }

  #array(cursor: Cursor, reason: Reason, depth: number): void {
    this.#at += 1;
    this.#space();
    if (this.#take(']')) return;
    let index = 0;
    do {
      this.#space();
      const below = enterIndex(cursor, index);
      this.#value(below, isSecret(below) ? this.#masker.reasonOf('', true, reason) : reason, depth + 1);
      index += 1;
      this.#space();
    } while (this.#take(','));
    if (!this.#take(']')) throw new NoJson();
  }

  #string(reason: Reason): void {
    const from = this.#at;
    const value = this.#scanString();
    this.#replace(
      from,
      (reason === undefined ? this.#inside(value) : undefined) ??
        this.#masker.text(value, reason, this.#place),
    );
  }

  /** A text that is JSON itself, masked like the JSON around it; declared paths end at the text. */
  #inside(value: string): string | undefined {
    if (this.#nested === NESTED_MAX || !/^\s*[{[]/.test(value)) return undefined;
    const masked = new Walk(value, this.#masker, this.#place, this.#nested + 1).document(NOWHERE, undefined);
    return masked.ok ? masked.text : undefined;
  }

  #scanString(): string {
    if (this.#text[this.#at] !== '"') throw new NoJson();
    const from = this.#at;
    let isPlain = true;
    this.#at += 1;
    for (;;) {
      this.#match(PLAIN);
      const character = this.#text[this.#at];
      if (character === '"') break;
      if (character !== '\\') throw new NoJson();
      isPlain = false;
      this.#at += 2;
    }
    this.#at += 1;
    return isPlain ? this.#text.slice(from + 1, this.#at - 1) : unescaped(this.#text.slice(from, this.#at));
  }

  #number(reason: Reason): void {
    const from = this.#at;
    const text = this.#match(NUMBER);
    if (text === '') throw new NoJson();
    this.#replace(from, this.#masker.number(text, reason, this.#place));
  }

  /** null is no value: that it is there tells nothing. */
  #word(word: string, value: boolean | undefined, reason: Reason): void {
    if (!this.#text.startsWith(word, this.#at)) throw new NoJson();
    const from = this.#at;
    this.#at += word.length;
    if (value !== undefined && reason !== undefined)
      this.#replace(from, this.#masker.boolean(value, reason, this.#place));
  }

  /** The value between `from` and here becomes this one. */
  #replace(from: number, masked: string | undefined): void {
    this.#replaceBy(from, masked === undefined ? undefined : this.#masker.json(masked));
  }

  /** What stands between `from` and here becomes this JSON. */
  #replaceBy(from: number, json: string | undefined): void {
    if (json === undefined) return;
    this.#written += this.#text.slice(this.#copied, from) + json;
    this.#copied = this.#at;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) this.#match(SPACE);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

function jsonText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text);
}

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new NoJson();
  }
}
