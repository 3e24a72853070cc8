import { historyStep } from './location.ts';

/** The newest so many steps are kept: each may be a list of thousands. */
const stepsMax = 4;

/**
 * What a page had when it was left, so that the browser's back button finds it again: one value a step of the history. A link to the same
 * address is another step and begins anew, and so does another `key` on the same step. Lasts as long as the document.
 */
export class Kept<Value> {
  readonly #steps = new Map<string, { readonly key: string; readonly value: Value }>();

  /** Of the step that is shown. */
  get(key: string): Value | undefined {
    const kept = this.#steps.get(historyStep());
    return kept?.key === key ? kept.value : undefined;
  }

  set(key: string, value: Value): void {
    this.#steps.delete(historyStep());
    this.#steps.set(historyStep(), { key, value });
    const [oldest] = this.#steps.keys();
    if (this.#steps.size > stepsMax && oldest !== undefined) this.#steps.delete(oldest);
  }
}
