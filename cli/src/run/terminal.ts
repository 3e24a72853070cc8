import { eventLine, noteEvent, type StoryEvent } from '../core/run/story-event.ts';
import { wrap } from '../core/text/cells.ts';
import { type Palette, palette } from '../core/text/palette.ts';
import type { Io } from '../io.ts';

/** Shortest time between two drawings of the block. */
const redrawMs = 250;
/** As wide as the time in front of a line. */
const indent = ' '.repeat('hh:mm:ss'.length);
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

/**
 * Lines that stay and, on a terminal, a block below them that is drawn anew; elsewhere every line carries its time. With `json` every line
 * is an event as JSON, whatever reads it.
 */
export class Terminal {
  readonly colors: Palette;
  readonly isLive: boolean;
  readonly isJson: boolean;
  readonly #io: Io;
  #block: ((width: number, rows: number) => readonly string[]) | undefined;
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #restoreCursor = () => this.#io.out(showCursor);

  constructor(io: Io, isJson = false) {
    this.#io = io;
    this.isJson = isJson;
    this.colors = palette(io.color && !isJson);
    this.isLive = io.isTerminal && !isJson;
  }

  /** Only with JSON: what people learn otherwise. */
  event(text: string, event: StoryEvent): void {
    if (this.isJson) this.#write(eventLine(new Date().toISOString(), text, event));
  }

  /** A line of the story, with its time (UTC). */
  line(text: string, event: StoryEvent = noteEvent): void {
    if (this.isJson) {
      this.event(text, event);
      return;
    }
    const time = this.colors.dim(new Date().toISOString().slice(11, 19));
    this.#put(
      text
        .split('\n')
        .flatMap((part) => this.#wrapped(part))
        .map((part, index) => `${index === 0 || !this.isLive ? time : indent}  ${part}\n`)
        .join(''),
    );
  }

  /** Files and pipes get each line whole. */
  #wrapped(text: string): string[] {
    return this.isLive ? wrap(text, this.#io.columns - indent.length - 3) : [text];
  }

  /** A line of the preparations: a terminal's reader watches them and needs no times. */
  note(text: string, event: StoryEvent = noteEvent): void {
    if (this.isLive) this.#put(`${text}\n`);
    else this.line(text, event);
  }

  /** Shows a block from now on; on no terminal, nothing. */
  showBlock(block: (width: number, rows: number) => readonly string[]): void {
    if (!this.isLive) return;
    this.#block = block;
    process.once('exit', this.#restoreCursor);
    this.#write(hideCursor);
    this.#timer = setInterval(() => this.#write(this.#erase() + this.#draw()), redrawMs);
  }

  /** Draws the block a last time and leaves it standing. */
  close(): void {
    if (this.#block === undefined) return;
    clearInterval(this.#timer);
    this.#write(this.#erase() + this.#draw() + showCursor);
    process.off('exit', this.#restoreCursor);
    this.#block = undefined;
    this.#drawn = 0;
  }

  #put(text: string): void {
    this.#write(`${this.#erase()}${text}${this.#draw()}`);
  }

  #erase(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}F\u001b[J`;
  }

  #draw(): string {
    if (this.#block === undefined) return '';
    // The last row is left free: a line feed in it would scroll the block away from under the cursor.
    const lines = this.#block(this.#io.columns - 1, this.#io.rows - 1);
    this.#drawn = lines.length;
    return lines.map((text) => `${text}\n`).join('');
  }

  #write(text: string): void {
    if (text !== '') this.#io.out(text);
  }
}
