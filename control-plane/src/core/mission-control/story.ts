/** A line of the log, as the page shows it. */
export interface StoryLine {
  readonly sequence: number;
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  /** Part of Chronos that tells it. */
  readonly part: string;
  readonly text: string;
  /** Empty where the line belongs to no migration, or to a whole one. */
  readonly migration: string;
  readonly group: string;
  readonly requestId: string;
  readonly traceId: string;
  /** Sequence of the journal entry that it tells of; 0: none. */
  readonly decision: bigint;
}

/** A line as it is told; what is left out does not apply. */
export type Telling = Pick<StoryLine, 'atMs' | 'level' | 'part' | 'text'> &
  Partial<Omit<StoryLine, 'sequence'>>;

const nothingElse = { migration: '', group: '', requestId: '', traceId: '', decision: 0n };
const keptMax = 2_000;
/** Longer texts (a stack, a rejected configuration) are cut. */
const textMax = 2_000;

/** The newest lines. A line belongs to where it was told, not to when: what comes late from the journal stands at its end. */
export class Story {
  readonly #lines: StoryLine[] = [];
  readonly #listeners = new Set<() => void>();
  #last = 0;

  /** Sequence of the newest line; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  tell(line: Telling): void {
    this.#last += 1;
    this.#lines.push({ ...nothingElse, ...line, sequence: this.#last, text: line.text.slice(0, textMax) });
    if (this.#lines.length > keptMax) this.#lines.shift();
    for (const listener of [...this.#listeners]) listener();
  }

  /** Called after each line. Returns how to stop. */
  onLine(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lines of this migration ('': of all) and of none, after this sequence, oldest first; and how many were let go of in between. */
  after(sequence: number, migration: string): { readonly lines: StoryLine[]; readonly skipped: number } {
    const oldest = this.#lines[0]?.sequence ?? this.#last + 1;
    return {
      lines: this.#lines.filter((line) => line.sequence > sequence && belongs(line, migration)),
      skipped: Math.max(0, oldest - sequence - 1),
    };
  }

  /** In the order of time. */
  since(atMs: number, migration: string): StoryLine[] {
    return this.#lines
      .filter((line) => line.atMs > atMs && belongs(line, migration))
      .sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
  }
}

function belongs(line: StoryLine, migration: string): boolean {
  return migration === '' || line.migration === '' || line.migration === migration;
}
