import { retainedLimitBytes } from '../../core/change/declared.ts';
import { mib, slotStanding } from '../../core/change/slot-watch.ts';
import { oldestTransaction } from '../cdc/oldest-transaction.ts';
import type { SerialSql } from '../cdc/serial-sql.ts';
import { measureSlot, type SlotMeasure } from '../cdc/slot.ts';
import { Stopped } from '../cdc/stopped.ts';
import type { CaptureOptions } from './capture-options.ts';
import { LastingWarning } from './lasting-warning.ts';
import { tooMuchWal } from './session-problems.ts';
import type { CaptureStatus } from './status.ts';

const walAlarm = 'the database keeps much WAL for Chronos: ';

/** Watches how much WAL a database keeps for a slot. */
export class RetainedWal {
  readonly #slot: string;
  readonly #limit: number;
  readonly #status: CaptureStatus;
  readonly #alarm: LastingWarning;

  constructor(
    slot: string,
    entanglement: CaptureOptions['entanglement'],
    status: CaptureStatus,
    log: (line: string) => void,
  ) {
    this.#slot = slot;
    this.#limit = retainedLimitBytes(entanglement);
    this.#status = status;
    this.#alarm = new LastingWarning(status, walAlarm, (line) => log(`${slot}: ${line}`));
  }

  /** @throws Stopped beyond the limit */
  async measure(sql: SerialSql): Promise<void> {
    const measure = await measureSlot(sql, this.#slot);
    if (measure === undefined) return;
    this.#status.retainedBytes = measure.retainedBytes;
    const isAlarm = slotStanding(measure.retainedBytes, this.#limit) === 'alarm';
    const size = `${mib(measure.retainedBytes)} of the ${mib(this.#limit)} at which its slot is dropped`;
    this.#alarm.set(isAlarm ? size : undefined);
    this.#status.walAlarm = isAlarm
      ? `slot ${this.#slot} keeps ${size}; ${await this.#holder(sql, measure)}`
      : '';
    if (slotStanding(measure.retainedBytes, this.#limit) === 'too-much')
      throw new Stopped([tooMuchWal(this.#slot, measure.retainedBytes, this.#limit)]);
  }

  /** What keeps it: changes that were not acknowledged yet, else a transaction from whose beginning on WAL has to be read again. */
  async #holder(sql: SerialSql, { retainedBytes, behindBytes }: SlotMeasure): Promise<string> {
    if (behindBytes * 2 >= retainedBytes)
      return `${mib(behindBytes)} of it are changes that the broker has not taken yet → see that Kafka takes them`;
    const oldest = await oldestTransaction(sql).catch(
      (error: unknown) => `who holds it, was not told: ${String(error)}`,
    );
    return oldest ?? 'no transaction holds it any more: it is let go of within a minute';
  }
}
