import type { UniverseName } from '../../core/change/declared.ts';

/** A row that a transaction changed: its entity and its canonical key as JSON array text. */
export interface ChangedRow {
  readonly entity: string;
  readonly key: string;
}

export type TakeChanges = (changes: readonly ChangedRow[]) => void;

/** What the captures of this process read, in the order of the commits, for jobs of this process that keep up with a database. */
export class ChangeFeed {
  readonly #followers = new Map<string, Set<TakeChanges>>();

  /** Told as it is read: before the watermark that promises it. */
  readonly tell = (migration: string, universe: UniverseName, changes: readonly ChangedRow[]): void => {
    for (const take of this.#followers.get(`${migration} ${universe}`) ?? []) take(changes);
  };

  /** From now on; ends by calling what is returned. */
  follow(migration: string, universe: UniverseName, take: TakeChanges): () => void {
    const name = `${migration} ${universe}`;
    const followers = this.#followers.get(name) ?? new Set();
    followers.add(take);
    this.#followers.set(name, followers);
    return () => {
      followers.delete(take);
    };
  }
}
