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
const ofPartsMax = 1_000;
/** Longer texts (a stack, a rejected configuration) are cut. */
const textMax = 2_000;

/**
 * The newest lines. A line belongs to where it was told, not to when: what comes late from the journal stands at its end. Lines of other
 * processes are kept apart, so that a part that logs much drives out no decision.
 */
export class Story {
  readonly #own: StoryLine[] = [];
  readonly #ofParts: StoryLine[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #first: number;
  #last: number;

  /** @param first lines are numbered above it: above all that a process before this one has told, for pages live longer than processes. */
  constructor(first = 0) {
    this.#first = first;
    this.#last = first;
  }

  /** Sequence of the newest line; before the first, what they are numbered above. */
  get last(): number {
    return this.#last;
  }

  tell(line: Telling): void {
    this.#keep(this.#own, keptMax, line);
  }

  /** Tells what another process has logged. */
  tellOfPart(line: Telling): void {
    this.#keep(this.#ofParts, ofPartsMax, line);
  }

  #keep(lines: StoryLine[], max: number, line: Telling): void {
    this.#last += 1;
    lines.push({ ...nothingElse, ...line, sequence: this.#last, text: line.text.slice(0, textMax) });
    if (lines.length > max) lines.shift();
    for (const listener of [...this.#listeners]) listener();
  }

  /** Called after each line. Returns how to stop. */
  onLine(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lines of this migration ('': of all) and of none, after this sequence, oldest first; and how many were let go of in between. */
  after(sequence: number, migration: string): { readonly lines: StoryLine[]; readonly skipped: number } {
    const kept = [...this.#own, ...this.#ofParts].filter((line) => line.sequence > sequence);
    return {
      lines: kept.filter((line) => belongs(line, migration)).sort((a, b) => a.sequence - b.sequence),
      skipped: Math.max(0, this.#last - Math.max(sequence, this.#first)) - kept.length,
    };
  }

  /** In the order of time. */
  since(atMs: number, migration: string): StoryLine[] {
    return [...this.#own, ...this.#ofParts]
      .filter((line) => line.atMs > atMs && belongs(line, migration))
      .sort((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
  }
}

function belongs(line: StoryLine, migration: string): boolean {
  return migration === '' || line.migration === '' || line.migration === migration;
}
