import { decimalsEqual } from './decimal.ts';
import { isArray, isObject, NumberText, sameBytes, type Value } from './value.ts';

/** Whether two values are the same to the last character of each number; the order of keys means nothing. */
export function sameValue(a: Value, b: Value): boolean {
  return new Sameness((x, y) => x === y).of(a, b);
}

/**
 * Compares parts of two answers and remembers what it found, so that arrays in arrays cost their size once and not once for each array they
 * lie in.
 */
export class Sameness {
  readonly #sameNumber: (a: string, b: string) => boolean;
  /** What each part was last compared with. */
  readonly #known = new Map<Value, { readonly other: Value; readonly same: boolean }>();

  constructor(sameNumber: (a: string, b: string) => boolean) {
    this.#sameNumber = sameNumber;
  }

  of(a: Value, b: Value): boolean {
    if (a === b) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (a instanceof NumberText) return b instanceof NumberText && this.#sameNumber(a.text, b.text);
    if (a instanceof Uint8Array) return b instanceof Uint8Array && sameBytes(a, b);
    const known = this.#known.get(a);
    if (known?.other === b) return known.same;
    const same = isArray(a) ? isArray(b) && this.#lists(a, b) : isObject(b) && this.#objects(a, b);
    this.#known.set(a, { other: b, same });
    return same;
  }

  #lists(a: readonly Value[], b: readonly Value[]): boolean {
    return a.length === b.length && a.every((item, i) => this.of(item, b[i] ?? null));
  }

  #objects(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
    if (a.size !== b.size) return false;
    for (const [key, item] of a) {
      const other = b.get(key);
      if (other === undefined || !this.of(item, other)) return false;
    }
    return true;
  }
}

/** What is known of the parts of two answers: strictly the same, and the same with numbers read as decimals. */
export function knownParts(): { readonly strictly: Sameness; readonly byMeaning: Sameness } {
  return { strictly: new Sameness((a, b) => a === b), byMeaning: new Sameness(decimalsEqual) };
}
