import { fromBinary } from '@bufbuild/protobuf';
import type { Bus, Following, ReceivedRecord } from '@chronos/bus/bus.ts';
import { StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { type LastingFields, StateWindow } from '../core/effects/state-window.ts';
import type { Transaction } from '../core/effects/transaction.ts';
import type { LateChange } from './late-changes.ts';
import { DB_STATE_UPDATES, TOPICS } from './topics.ts';

/** How far before the first request that is judged changes are read: what rows were before it. */
const LOOK_BACK_MS = 60_000;
/** What a request needs at least before its beginning. */
const NEEDED_MS = 10_000;
/** Requests that are told of late changes, a partition; more than that is no lateness but a new beginning. */
const LATE_MAX = 20_000;

/**
 * Reads the changes of all databases into one window: every partition, since a race is a matter between requests of different ones. No offsets
 * are committed: whoever starts reads again from a minute before what it judges.
 */
export class StateReader {
  readonly window: StateWindow;
  readonly #bus: Bus;
  readonly #onUnreadable: (record: ReceivedRecord, error: unknown) => void;
  readonly #behind = new Map<number, { readonly records: bigint; readonly lastMs: number }>();
  /** By partition: requests whose changes came lately, and when the newest of them was committed. */
  readonly #late = new Map<number, Map<string, LateChange>>();
  #turn: Promise<void> = Promise.resolve();
  #following: Following | undefined;
  #wantedFromMs = Number.POSITIVE_INFINITY;

  constructor(
    bus: Bus,
    lasting: LastingFields,
    onUnreadable: (record: ReceivedRecord, error: unknown) => void,
  ) {
    this.#bus = bus;
    this.#onUnreadable = onUnreadable;
    const declared = TOPICS.find(({ topic }) => topic === DB_STATE_UPDATES)?.partitions ?? 1;
    this.window = new StateWindow(declared, undefined, lasting);
    this.window.sinceMs = Number.POSITIVE_INFINITY;
  }

  /** Resolves once the changes around a request of that time are read, as far as they are there. */
  cover(requestMs: number): Promise<void> {
    if (this.window.sinceMs <= requestMs - NEEDED_MS) return this.#turn;
    this.#wantedFromMs = Math.min(this.#wantedFromMs, requestMs - LOOK_BACK_MS);
    return this.keepReading();
  }

  /** Begins again where the broker failed it; requests that are held wait for it. */
  keepReading(): Promise<void> {
    if (this.window.sinceMs > this.#wantedFromMs)
      this.#turn = this.#turn.catch(() => {}).then(() => this.#readFrom(this.#wantedFromMs));
    return this.#turn;
  }

  /** The time up to which silence means that nothing happened: the reader's lag is never taken for a stream that stands still. */
  clockMs(nowMs: number): number {
    const lagging = [...this.#behind.values()].filter(({ records }) => records > 0n);
    return Math.min(nowMs, ...lagging.map(({ lastMs }) => lastMs));
  }

  /** Takes out the requests of a partition of which all that came late has been passed by both streams. */
  takeLate(partition: number, isPassed: (committedMs: number) => boolean): LateChange[] {
    const late = this.#late.get(partition);
    const taken = [...(late?.values() ?? [])].filter(({ committedMs }) => isPassed(committedMs));
    for (const { requestId } of taken) late?.delete(requestId);
    return taken;
  }

  isJudged(partition: number, requestId: string): void {
    this.#late.get(partition)?.delete(requestId);
  }

  async close(): Promise<void> {
    await this.#turn.catch(() => {});
    await this.#following?.close();
  }

  async #readFrom(fromMs: number): Promise<void> {
    if (this.window.sinceMs <= fromMs) return;
    await this.#following?.close();
    this.#following = undefined;
    try {
      this.#following = await this.#bus.readAll({
        topic: DB_STATE_UPDATES,
        fromTimestampMs: fromMs,
        onRecord: (record) => this.#accept(record),
        onProgress: (partition, records) =>
          this.#behind.set(partition, { records, lastMs: this.#behind.get(partition)?.lastMs ?? 0 }),
      });
    } catch (error) {
      // Nothing is read now: nothing may be judged by it.
      this.window.sinceMs = Number.POSITIVE_INFINITY;
      throw error;
    }
    this.window.partitions = this.#following.partitions;
    this.window.sinceMs = fromMs;
  }

  #accept(record: ReceivedRecord): void {
    const { partition, timestampMs: lastMs } = record;
    this.#behind.set(partition, { records: this.#behind.get(partition)?.records ?? 0n, lastMs });
    try {
      const transaction = this.window.observe(fromBinary(StateUpdateSchema, record.value), partition, lastMs);
      if (transaction !== undefined && transaction.requestId !== '') this.#came(transaction);
    } catch (error) {
      this.#onUnreadable(record, error);
    }
  }

  #came({ partition, migration, requestId, committedMs: ms }: Transaction): void {
    const late = this.#late.get(partition) ?? new Map<string, LateChange>();
    this.#late.set(partition, late);
    if (late.size >= LATE_MAX && !late.has(requestId)) return;
    const committedMs = Math.max(ms, late.get(requestId)?.committedMs ?? 0);
    late.set(requestId, { requestId, migration, committedMs });
  }
}
