import {
  type ClockReading,
  clockOffsetMs,
  clockProblem,
  clockStanding,
  clockWarning,
} from '../../core/change/clock-watch.ts';
import { clockColumn, readingOf } from '../cdc/clock-column.ts';
import { Stopped } from '../cdc/stopped.ts';
import { LastingWarning } from './lasting-warning.ts';
import type { CaptureStatus } from './status.ts';

/** Watches how far a database's clock is from ours. */
export class DatabaseClock {
  readonly #skewMs: number;
  readonly #warning: LastingWarning;

  /** @param skewMs how far it may be, as declared */
  constructor(skewMs: number, status: CaptureStatus, log: (line: string) => void) {
    this.#skewMs = skewMs;
    this.#warning = new LastingWarning(status, "the database's clock is ", log);
  }

  /** @throws Stopped when it is so far that nothing can be told by time */
  take(reading: ClockReading): void {
    const offsetMs = clockOffsetMs(reading);
    const standing = clockStanding(offsetMs, this.#skewMs);
    this.#warning.set(standing === 'alarm' ? clockWarning(offsetMs, this.#skewMs) : undefined);
    if (standing === 'too-far') throw new Stopped([clockProblem(offsetMs, this.#skewMs)]);
  }

  /** Before the first heartbeat. @throws Stopped as {@link take} */
  async ask(
    sql: { query(text: string): Promise<{ rows: readonly unknown[] }> },
    nowUs: () => bigint,
  ): Promise<void> {
    const sentUs = nowUs();
    const { rows } = await sql.query(`SELECT ${clockColumn}`);
    this.take(readingOf(sentUs, rows, nowUs()));
  }
}
