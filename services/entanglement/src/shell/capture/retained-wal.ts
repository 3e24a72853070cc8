import { retainedLimitBytes } from '../../core/change/declared.ts';
import { mib, slotStanding } from '../../core/change/slot-watch.ts';
import type { SerialSql } from '../cdc/serial-sql.ts';
import { measureSlot } from '../cdc/slot.ts';
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
    this.#alarm.set(
      isAlarm
        ? `${mib(measure.retainedBytes)} of the ${mib(this.#limit)} at which its slot is dropped`
        : undefined,
    );
    if (slotStanding(measure.retainedBytes, this.#limit) === 'too-much')
      throw new Stopped([tooMuchWal(this.#slot, measure.retainedBytes, this.#limit)]);
  }
}
