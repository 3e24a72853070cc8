import { JSON_DEPTH_MAX } from '@chronos/arbiter/core/compare/json.ts';
import { maskInside } from './mask-inside.ts';
import type { Masker, Reason } from './masker.ts';
import {
  COOKIE,
  columnsAt,
  cookieSecret,
  type Labels,
  type Role,
  roleOf,
  toldAt,
  toldBehind,
  toldByOption,
} from './member-names.ts';
import { type Cursor, enterField, enterIndex, isSecret, NOWHERE } from './paths.ts';

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
  nested = 0,
): MaskedJson {
  return new Walk(text, masker, place, nested).document(cursor);
}

class NoJson extends Error {
  override readonly name = 'NoJson';
}

/** One for all: a text of many texts that only begin like JSON would pay for a trace with each. */
const NO_JSON = new NoJson();

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them unescaped
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;

const PASSWORD_TYPE = /^"password"/i;

/** What an array is that its elements cannot know: a row, or the rows, of a table whose columns hold secrets. */
type Table = { readonly labels: Labels; readonly isRow: boolean } | undefined;

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

  document(cursor: Cursor): MaskedJson {
    try {
      if (this.#text[0] === '\u{feff}') this.#at = 1;
      this.#space();
      this.#value(cursor, isSecret(cursor) ? this.#masker.reasonOf('', true, undefined) : undefined, 0);
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

  #value(cursor: Cursor, reason: Reason, depth: number, table?: Table): void {
    if (depth > JSON_DEPTH_MAX) throw NO_JSON;
    const first = this.#text[this.#at];
    const why = reason === COOKIE ? undefined : reason;
    if (first === '"') this.#string(reason);
    else if (first === '[') this.#array(cursor, reason, depth, table);
    else if (first === '{') this.#object(cursor, why, depth);
    else if (first === 't') this.#word('true', true, why);
    else if (first === 'f') this.#word('false', false, why);
    else if (first === 'n') this.#word('null', undefined, why);
    else this.#number(why);
  }

  #object(cursor: Cursor, reason: Reason, depth: number): void {
    this.#at += 1;
    this.#space();
    if (this.#take('}')) return;
    let told: Reason;
    let columns: Labels | undefined;
    do {
      this.#space();
      const from = this.#at;
      const key = this.#scanString();
      // A map's keys are values, too.
      this.#replaceBy(from, jsonText(this.#masker.within(key, this.#place)));
      this.#space();
      if (!this.#take(':')) throw NO_JSON;
      this.#space();
      const below = cursor.length === 0 ? NOWHERE : enterField(cursor, key);
      const role = this.#masker.recognise ? roleOf(key) : undefined;
      if (role?.tells) told ??= toldAt(this.#text, this.#at);
      if (role?.isType && PASSWORD_TYPE.test(this.#text.slice(this.#at, this.#at + 12))) told ??= 'password';
      if (role?.areColumns) columns ??= columnsAt(this.#text, this.#at);
      const why = this.#masker.reasonOf(key, isSecret(below), this.#above(role, told, reason));
      const table = role?.areRows && columns !== undefined ? { labels: columns, isRow: false } : undefined;
      this.#value(below, why, depth + 1, table);
      this.#space();
    } while (this.#take(','));
    if (!this.#take('}')) throw NO_JSON;
  }

  /** What is known of a member's value before its key is read. */
  #above(role: Role | undefined, told: Reason, reason: Reason): Reason {
    if (role === undefined) return reason;
    if (role.isNamed) return told ?? toldBehind(this.#text, this.#at) ?? reason;
    if (role.isAtWay) return told ?? reason;
    return role.isCookie ? (reason ?? COOKIE) : reason;
  }

  #array(cursor: Cursor, reason: Reason, depth: number, given?: Table, isInArray = false): void {
    let table = given;
    this.#at += 1;
    this.#space();
    if (this.#take(']')) return;
    let index = 0;
    // A pair of a list of pairs, an option of a command line: what the element before says.
    let told: Reason;
    do {
      this.#space();
      const below = enterIndex(cursor, index);
      const first = this.#text[this.#at];
      const isCell = table?.isRow === true || (first !== '[' && first !== '{');
      const above = (isCell ? table?.labels[index] : undefined) ?? told ?? reason;
      told = this.#toldByElement(index === 0 && isInArray && table === undefined);
      const why = isSecret(below) ? this.#masker.reasonOf('', true, above) : above;
      const header = index === 0 && first === '[' && table === undefined ? this.#headerAt() : undefined;
      const row = table && !table.isRow ? { ...table, isRow: true } : undefined;
      if (first === '[' && depth < JSON_DEPTH_MAX) this.#array(below, why, depth + 1, row, true);
      else this.#value(below, why, depth + 1);
      if (header !== undefined) table = { labels: header, isRow: false };
      index += 1;
      this.#space();
    } while (this.#take(','));
    if (!this.#take(']')) throw NO_JSON;
  }

  /** The names of columns in the first of some rows; a name that comes first in it has its value behind it. */
  #headerAt(): Labels | undefined {
    const labels = this.#masker.recognise ? columnsAt(this.#text, this.#at) : undefined;
    return labels?.[0] === undefined ? labels : undefined;
  }

  #toldByElement(isPair: boolean): Reason {
    if (!this.#masker.recognise || this.#text[this.#at] !== '"') return undefined;
    return isPair ? toldAt(this.#text, this.#at) : toldByOption(this.#text, this.#at);
  }

  #string(reason: Reason): void {
    const from = this.#at;
    const value = this.#scanString();
    this.#replace(from, reason === COOKIE ? this.#cookie(value) : this.#textOf(value, reason));
  }

  #textOf(value: string, reason: Reason): string | undefined {
    const inside =
      reason === undefined ? maskInside(value, this.#masker, this.#place, this.#nested) : undefined;
    return inside ?? this.#masker.text(value, reason, this.#place);
  }

  /** Its name and attributes stay. */
  #cookie(value: string): string | undefined {
    const [from, end] = cookieSecret(value) ?? [0, 0];
    const masked = this.#masker.text(value.slice(from, end), COOKIE, this.#place);
    return masked === undefined
      ? this.#masker.within(value, this.#place)
      : value.slice(0, from) + masked + value.slice(end);
  }

  #scanString(): string {
    if (this.#text[this.#at] !== '"') throw NO_JSON;
    const from = this.#at;
    let isPlain = true;
    this.#at += 1;
    for (;;) {
      this.#match(PLAIN);
      const character = this.#text[this.#at];
      if (character === '"') break;
      if (character !== '\\') throw NO_JSON;
      isPlain = false;
      this.#at += 2;
    }
    this.#at += 1;
    return isPlain ? this.#text.slice(from + 1, this.#at - 1) : unescaped(this.#text.slice(from, this.#at));
  }

  #number(reason: Reason): void {
    const from = this.#at;
    const text = this.#match(NUMBER);
    if (text === '') throw NO_JSON;
    this.#replace(from, this.#masker.number(text, reason, this.#place));
  }

  /** null is no value: that it is there tells nothing. */
  #word(word: string, value: boolean | undefined, reason: Reason): void {
    if (!this.#text.startsWith(word, this.#at)) throw NO_JSON;
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
    throw NO_JSON;
  }
}
