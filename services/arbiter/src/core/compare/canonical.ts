import { normalDecimal } from './decimal.ts';
import {
  approvedHere,
  enterField,
  enterIndex,
  ignoredBy,
  type RuleCursor,
  unorderedBy,
} from './path-rules.ts';
import { hex } from './show.ts';
import { isArray, NumberText, type Value } from './value.ts';

/**
 * A text that two values share exactly when they mean the same: keys sorted, numbers in one spelling, what the rules ignore left out,
 * arrays without order sorted.
 */
export function canonical(value: Value, rules: RuleCursor): string {
  return write(value, rules, undefined);
}

/**
 * The same for all arrays of two answers, by which their elements are matched. A part is gone through once, however many arrays it lies in,
 * and what is long is numbered: without that, arrays nested a hundred deep would cost a hundred times their size. Keys of different
 * instances have nothing to do with each other.
 */
export class Meanings {
  readonly #keys = new Map<Value, string>();
  readonly #numbers = new Map<string, string>();

  key(value: Value, rules: RuleCursor): string {
    return write(value, rules, this);
  }

  known(value: Value): string | undefined {
    return this.#keys.get(value);
  }

  remember(value: Value, text: string): string {
    const key = text.length <= LONG_CHARS ? text : this.#numberOf(text);
    this.#keys.set(value, key);
    return key;
  }

  /** No other text begins with `#`. */
  #numberOf(text: string): string {
    const number = this.#numbers.get(text) ?? `#${this.#numbers.size}`;
    this.#numbers.set(text, number);
    return number;
  }
}

const LONG_CHARS = 64;

function write(value: Value, rules: RuleCursor, meanings: Meanings | undefined): string {
  // What an approved correction changes does not tell elements apart; the pairs are then compared in full.
  if (rules.length > 0 && (ignoredBy(rules) !== undefined || approvedHere(rules).length > 0)) return '_';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `${value.length}"${value}`;
  if (value instanceof NumberText) return normalDecimal(value.text);
  if (value instanceof Uint8Array) return `0x${hex(value, value.length)}`;
  const known = meanings?.known(value);
  if (known !== undefined) return known;
  const text = isArray(value) ? list(value, rules, meanings) : object(value, rules, meanings);
  return meanings ? meanings.remember(value, text) : text;
}

function list(value: readonly Value[], rules: RuleCursor, meanings: Meanings | undefined): string {
  const items = value.map((item, i) => write(item, enterIndex(rules, i), meanings));
  if (unorderedBy(rules) !== undefined) items.sort();
  return `[${items.join(',')}]`;
}

function object(
  value: ReadonlyMap<string, Value>,
  rules: RuleCursor,
  meanings: Meanings | undefined,
): string {
  const fields: string[] = [];
  for (const [key, item] of value) {
    const below = enterField(rules, key);
    if (ignoredBy(below) === undefined) fields.push(`${key.length}"${key}:${write(item, below, meanings)}`);
  }
  return `{${fields.sort().join(',')}}`;
}
