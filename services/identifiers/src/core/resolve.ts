/** What an identifier is called in the other universe, and whether that universe spells it as a number. */
export interface Partner {
  readonly value: string;
  readonly isNumber: boolean;
}

/** An identifier that a request carries. */
export interface Want {
  readonly bijection: string;
  readonly value: string;
  /** It stands at a declared place: without a partner the request must not be sent. */
  readonly isDeclared: boolean;
}

/** Says what stands in its place; undefined: it stays as it is. */
export type Resolve = (bijection: string, value: string, isDeclared: boolean) => Partner | undefined;

/** More identifiers than this in one request are not looked for: what is left stays as it is, or the copy is dropped if it is declared. */
export const WANTS_MAX = 2_000;

/** Collects what a request carries; nothing is translated. */
export class Wanted {
  readonly #wants = new Map<string, Want>();
  /** More than {@link WANTS_MAX} at declared places. */
  overflowed = false;

  readonly resolve: Resolve = (bijection, value, isDeclared) => {
    const key = `${bijection}\0${value}`;
    const known = this.#wants.get(key);
    if (known !== undefined && (known.isDeclared || !isDeclared)) return undefined;
    if (this.#wants.size >= WANTS_MAX && known === undefined) this.overflowed ||= isDeclared;
    else this.#wants.set(key, { bijection, value, isDeclared });
    return undefined;
  };

  add(other: Wanted): void {
    for (const { bijection, value, isDeclared } of other.all) this.resolve(bijection, value, isDeclared);
    this.overflowed ||= other.overflowed;
  }

  get all(): Want[] {
    return [...this.#wants.values()];
  }
}
