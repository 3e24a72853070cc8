import type { ClockReading } from '../../core/change/clock-watch.ts';
import { encodeHeartbeat } from '../../core/change/heartbeat.ts';
import { clockColumn, readingOf } from './clock-column.ts';
import type { SerialSql } from './serial-sql.ts';

/** While the database is at work, and while it is quiet. */
const busyMs = 100;
const quietMs = 1_000;
/** So long after its last transaction a database counts as at work. */
const busyForMs = 5_000;
const queryTimeoutMs = 5_000;

export interface HeartbeatsOptions {
  readonly sql: Pick<SerialSql, 'query'>;
  readonly capture: string;
  readonly prefix: string;
  readonly version: number;
  readonly nowUs: () => bigint;
  /** Told by each heartbeat what the database's clock says; what it throws is a failure. */
  readonly onClock: (reading: ClockReading) => void;
  readonly onFailure: (error: Error) => void;
}

/** Writes a message into the WAL every so often, outside of any transaction: no row, no lock, no transaction id. */
export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  readonly #sql: string;
  #sequence = 0;
  #busyUntilMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: HeartbeatsOptions) {
    this.#options = options;
    // From 17 on it can be flushed at once; before, the WAL writer does so within wal_writer_delay (200 ms).
    this.#sql =
      options.version >= 170_000
        ? `SELECT pg_logical_emit_message(false, $1, $2, true), ${clockColumn}`
        : `SELECT pg_logical_emit_message(false, $1, $2), ${clockColumn}`;
    void this.#beat();
  }

  /** A transaction was seen. */
  busy(): void {
    const wasQuiet = performance.now() > this.#busyUntilMs;
    this.#busyUntilMs = performance.now() + busyForMs;
    if (!wasQuiet || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#beat();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #beat(): Promise<void> {
    const { sql, capture, prefix, nowUs, onClock, onFailure } = this.#options;
    this.#timer = undefined;
    this.#sequence += 1;
    try {
      const sentUs = nowUs();
      const content = encodeHeartbeat({ capture, sequence: this.#sequence, atUs: sentUs });
      const query = { text: this.#sql, values: [prefix, content], query_timeout: queryTimeoutMs };
      const { rows } = await sql.query(query);
      onClock(readingOf(sentUs, rows, nowUs()));
    } catch (error) {
      if (!this.#stopped) onFailure(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => void this.#beat(),
      performance.now() < this.#busyUntilMs ? busyMs : quietMs,
    );
  }
}
