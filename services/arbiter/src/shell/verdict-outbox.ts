import type { BusRecord, ReceivedRecord } from '@chronos/bus/bus.ts';

/** Header of a verdict that replaces an earlier one of the same request. */
export const REVISION_HEADER = 'chronos-revision';

export type WrittenVerdict = Pick<ReceivedRecord, 'key' | 'value' | 'headers'>;

export interface OutboxPorts {
  readonly now: () => number;
  /** Calls `onRecord` for each verdict of this partition that was written at or after `fromMs`. */
  readonly readBack: (fromMs: number, onRecord: (record: WrittenVerdict) => void) => Promise<void>;
  readonly send: (verdicts: readonly BusRecord[]) => Promise<void>;
}

/** A verdict may stand this much before the first exchange that is read again: one half came late, after the verdict. */
export const READ_BACK_MS = 60_000;

/** Verdicts on their way into the log: each is written once, also when a send fails and nobody knows how far it came. */
export class VerdictOutbox {
  readonly #ports: OutboxPorts;
  #records: BusRecord[] = [];
  /** A send failed, perhaps after it was written: what is there must be known before it is sent again. */
  #uncertainSinceMs: number | undefined;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  get size(): number {
    return this.#records.length;
  }

  add(record: BusRecord): void {
    this.#records.push(record);
  }

  /** Writes what is there; rejects when it could not. `isStopped`: nothing is begun any more. */
  async flush(isStopped: () => boolean): Promise<void> {
    if (this.#records.length === 0 || isStopped()) return;
    if (this.#uncertainSinceMs !== undefined) {
      const written = new Set<string>();
      await this.#ports.readBack(this.#uncertainSinceMs - READ_BACK_MS, (record) =>
        written.add(nameOf(record)),
      );
      this.#records = this.#records.filter((record) => !written.has(nameOf(record)));
    }
    this.#uncertainSinceMs ??= this.#ports.now();
    if (isStopped()) return;
    await this.#ports.send(this.#records);
    this.#records = [];
    this.#uncertainSinceMs = undefined;
  }
}

/** A request's verdict may be revised: each revision is a record of its own. */
function nameOf({ key, headers }: Pick<BusRecord, 'key' | 'headers'>): string {
  return `${headers?.[REVISION_HEADER] ?? '0'} ${key}`;
}
