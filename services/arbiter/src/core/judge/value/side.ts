import { parseJson } from '../../compare/json.ts';
import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { type Decimal, parseDecimal } from './decimal.ts';

/** Longer raw texts are not read: what differs in them is not proven equal, only shown. */
export const RAW_CHARS_MAX = 64 * 1024;

/** How deep texts within texts (JSON in a string) and elements within elements are followed. */
export const NESTING_MAX = 12;

/**
 * One raw JSON text, read at most once. `undefined` is a missing field. What is no JSON (or too long) has neither value nor text:
 * nothing is ever proven of it.
 */
export class Side {
  #memo: Map<object, unknown> | undefined;
  #held: Map<object, { readonly other: Side; readonly result: unknown }> | undefined;
  readonly raw: string | undefined;
  readonly value: Value | undefined;
  #number: Decimal | undefined | null = null;

  constructor(raw: string | undefined) {
    this.raw = raw;
    this.value = raw === undefined ? undefined : readRaw(raw);
  }

  get absent(): boolean {
    return this.raw === undefined;
  }

  /** What a reader makes of this side, read once. */
  read<T>(reader: (side: Side) => T): T {
    this.#memo ??= new Map();
    const known = this.#memo.get(reader);
    if (known !== undefined || this.#memo.has(reader)) return known as T;
    const found = reader(this);
    this.#memo.set(reader, found);
    return found;
  }

  /** What a reader makes of this side held against another, read once while the other is the same. */
  against<T>(other: Side, reader: (ours: Side, theirs: Side) => T): T {
    this.#held ??= new Map();
    const known = this.#held.get(reader);
    if (known?.other === other) return known.result as T;
    const result = reader(this, other);
    this.#held.set(reader, { other, result });
    return result;
  }

  /** The field is there but cannot be read. */
  get unreadable(): boolean {
    return this.raw !== undefined && this.value === undefined;
  }

  /** The string, when it is one. */
  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get isNumber(): boolean {
    return this.value instanceof NumberText;
  }

  /** The JSON number, when it is one of a size that is a quantity. */
  get number(): Decimal | undefined {
    if (this.#number === null)
      this.#number = this.value instanceof NumberText ? parseDecimal(this.value.text) : undefined;
    return this.#number;
  }

  get items(): readonly Value[] | undefined {
    return this.value !== undefined && isArray(this.value) ? this.value : undefined;
  }

  get fields(): ReadonlyMap<string, Value> | undefined {
    return this.value !== undefined && isObject(this.value) ? this.value : undefined;
  }
}

const SIMPLE_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

function readRaw(raw: string): Value | undefined {
  if (raw.length > RAW_CHARS_MAX) return undefined;
  const first = raw.charCodeAt(0);
  // A string without escapes, and a plain number, are most of what is ever compared.
  if (first === 0x22 && raw.length >= 2 && raw.indexOf('"', 1) === raw.length - 1 && !raw.includes('\\'))
    return raw.slice(1, -1);
  if (first !== 0x22 && first !== 0x7b && first !== 0x5b && SIMPLE_NUMBER.test(raw))
    return new NumberText(raw);
  const parsed = parseJson(raw);
  return parsed.ok ? parsed.value : undefined;
}

/** The raw JSON text of a value: what a part of a structure is judged by. */
export function rawOf(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof NumberText) return value.text;
  if (value instanceof Uint8Array) return JSON.stringify([...value]);
  if (isArray(value)) return `[${value.map(rawOf).join(',')}]`;
  return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${rawOf(item)}`).join(',')}}`;
}
