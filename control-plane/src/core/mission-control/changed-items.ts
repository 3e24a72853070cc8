/** Ids of items that are gone; beyond it a reader from before begins anew. */
const removedMax = 1_000;

/** What changed in a list since some version of it; with `reset` the whole list, and nothing from before holds. */
export interface ItemChanges<T> {
  readonly reset: boolean;
  readonly items: readonly T[];
  readonly removed: readonly string[];
}

interface Kept<T> {
  readonly value: T;
  readonly version: number;
}

/** A list whose readers are told only what changed. */
export class ChangedItems<T> {
  readonly #equal: (a: T, b: T) => boolean;
  #items: ReadonlyMap<string, Kept<T>> = new Map();
  #removed: { readonly id: string; readonly version: number }[] = [];
  /** Removals up to this version are forgotten. */
  #forgottenTo = 0;
  #version = 0;

  constructor(equal: (a: T, b: T) => boolean) {
    this.#equal = equal;
  }

  get version(): number {
    return this.#version;
  }

  /** Takes the list as it is now, in its order. Returns whether anything changed. */
  update(list: ReadonlyMap<string, T>): boolean {
    const version = this.#version + 1;
    const removed = [...this.#items.keys()].filter((id) => !list.has(id)).map((id) => ({ id, version }));
    let changed = removed.length > 0;
    const items = new Map<string, Kept<T>>();
    for (const [id, value] of list) {
      const before = this.#items.get(id);
      const same = before !== undefined && this.#equal(before.value, value);
      items.set(id, same ? before : { value, version });
      changed ||= !same;
    }
    // The order may have changed without any item.
    this.#items = items;
    if (!changed) return false;
    this.#version = version;
    this.#removed.push(...removed);
    const forgotten = this.#removed.splice(0, Math.max(0, this.#removed.length - removedMax));
    this.#forgottenTo = forgotten.at(-1)?.version ?? this.#forgottenTo;
    return true;
  }

  /** @param version what the reader knows; undefined: nothing yet */
  after(version: number | undefined): ItemChanges<T> {
    const values = [...this.#items.values()];
    if (version === undefined || version < this.#forgottenTo) {
      return { reset: true, items: values.map(({ value }) => value), removed: [] };
    }
    const removed = this.#removed.filter((gone) => gone.version > version && !this.#items.has(gone.id));
    return {
      reset: false,
      items: values.filter((item) => item.version > version).map(({ value }) => value),
      removed: [...new Set(removed.map(({ id }) => id))],
    };
  }
}
