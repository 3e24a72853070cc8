import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** Longest piece of new text that is looked at; what a part wrote before it since the last look is skipped. */
const windowBytes = 64 * 1024;

/**
 * The complete lines that were appended to a log since the last call. The log may be cut short under us (its size is bounded): then it is
 * read from its start.
 */
export class LogFollower {
  readonly #path: string;
  #offset = 0;
  #rest = '';

  constructor(path: string) {
    this.#path = path;
  }

  newLines(): string[] {
    if (!existsSync(this.#path)) return [];
    const file = openSync(this.#path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size < this.#offset) this.#restartAt(0);
      if (size - this.#offset > windowBytes) this.#restartAt(size - windowBytes);
      const buffer = Buffer.alloc(size - this.#offset);
      const read = readSync(file, buffer, 0, buffer.length, this.#offset);
      this.#offset += read;
      const lines = (this.#rest + buffer.toString('utf8', 0, read)).split('\n');
      this.#rest = (lines.pop() ?? '').slice(-windowBytes);
      return lines;
    } finally {
      closeSync(file);
    }
  }

  #restartAt(offset: number): void {
    this.#offset = offset;
    this.#rest = '';
  }
}
