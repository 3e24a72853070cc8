/** Lines of a log that would come again and again for one cause: told once, later with how often it came meanwhile. */

const againAfterMs = 60_000;
/** Causes that are known apart; the oldest is told anew. */
const causesMax = 200;

interface Told {
  readonly line: string;
  readonly atMs: number;
  readonly count: number;
}

export class RepeatedLines {
  readonly #log: (line: string) => void;
  readonly #told = new Map<string, Told>();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** A line whose cause is {@link causeOf} it. */
  say(line: string, nowMs: number): void {
    const cause = causeOf(line);
    const told = this.#told.get(cause);
    if (told !== undefined) {
      this.#told.set(cause, { ...told, line, count: told.count + 1 });
      this.flush(nowMs);
      return;
    }
    this.#log(line);
    this.#told.set(cause, { line, atMs: nowMs, count: 0 });
    const [oldest] = this.#told.keys();
    if (this.#told.size > causesMax && oldest !== undefined) this.#told.delete(oldest);
  }

  /** Tells what came again, a minute after it was told last; what did not is forgotten. To be called now and then. */
  flush(nowMs: number): void {
    for (const [cause, { line, atMs, count }] of this.#told) {
      if (nowMs - atMs < againAfterMs) continue;
      if (count === 0) this.#told.delete(cause);
      else {
        this.#log(
          `${line} (${count.toLocaleString('en')} more of this kind in ${Math.round((nowMs - atMs) / 1_000)} s)`,
        );
        this.#told.set(cause, { line, atMs: nowMs, count: 0 });
      }
    }
  }
}

/** The same for lines that differ only in which row and value they are about: keys, as `["1"]`, and quoted values. */
export function causeOf(line: string): string {
  return line
    .replaceAll(/\[(?:"(?:[^"\\]|\\.)*",?)+\]/g, '[…]')
    .replaceAll(/value "(?:[^"\\]|\\.)*"/g, 'value …');
}
