import type { CaptureStatus } from './status.ts';

/** A warning that stands among others for as long as its cause does: said once each time that it begins. */
export class LastingWarning {
  readonly #status: CaptureStatus;
  readonly #about: string;
  readonly #log: (line: string) => void;

  /** @param about how its text begins, by which it is known again */
  constructor(status: CaptureStatus, about: string, log: (line: string) => void) {
    this.#status = status;
    this.#about = about;
    this.#log = log;
  }

  /** `detail`: undefined once the cause is gone. */
  set(detail: string | undefined): void {
    const others = this.#status.warnings.filter((text) => !text.startsWith(this.#about));
    const isNews = others.length === this.#status.warnings.length;
    const text = detail === undefined ? [] : [`${this.#about}${detail}`];
    this.#status.warnings = [...others, ...text];
    if (isNews) for (const line of text) this.#log(line);
  }
}
