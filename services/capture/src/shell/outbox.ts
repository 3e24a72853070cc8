import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

export interface OutboxRecord {
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** Where records go; the part of a Kafka producer that is needed here. */
export interface Sink {
  send(records: readonly OutboxRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface OutboxOptions {
  /** Called until it succeeds; then what it returned is used for good. */
  readonly connect: () => Promise<Sink>;
  readonly bytesMax: number;
  readonly recordsMax: number;
  /** Waits this long for more records before each send: a send costs some 300 µs, whatever is in it. */
  readonly lingerMs: number;
  /** Makes a record smaller that the broker refuses as too large; undefined: it cannot be made smaller. */
  readonly shrink: (record: OutboxRecord) => OutboxRecord | undefined;
  readonly isTooLarge: (error: unknown) => boolean;
  readonly onSent: (records: number) => void;
  readonly onDropped: (reason: Dropped, records: number) => void;
  readonly onTrouble: (error: unknown) => void;
}

export type Dropped =
  /** Kafka was away for longer than the bounds hold. */
  | 'queue-full'
  /** The broker refuses even the headers alone. */
  | 'too-large'
  /** Not yet sent when the process had to end. */
  | 'shutdown'
  /** Nobody told what is secret in it. */
  | 'rules-unknown'
  /** A fault of masking. */
  | 'masking-failed';

// A batch of one partition must fit into the broker's default message.max.bytes (1 MiB) whatever partitions its records go to.
const batchBytesMax = 768 * 1024;
const backoffMs = { first: 100, max: 2_000 };

/**
 * Holds records for Kafka, within bounds, for as long as Kafka is away. Full, it refuses the newest: the older ones are whole pairs of
 * exchanges, and throwing one of a pair away would lose its other half, too. Order is kept; at least once (a failed send is repeated).
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #queue: OutboxRecord[] = [];
  #held = { records: 0, bytes: 0 };
  #sink: Sink | undefined;
  #wake = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  readonly #givenUp = new AbortController();
  readonly #running: Promise<void>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** What is held, the batch being sent included. */
  get held(): Readonly<{ records: number; bytes: number }> {
    return this.#held;
  }

  offer(record: OutboxRecord): void {
    const { recordsMax, bytesMax, onDropped } = this.#options;
    const bytes = sizeOf(record);
    const full = this.#held.records + 1 > recordsMax || this.#held.bytes + bytes > bytesMax;
    if (full || this.#closing.signal.aborted) {
      onDropped(full ? 'queue-full' : 'shutdown', 1);
      return;
    }
    this.#queue.push(record);
    this.#held.records += 1;
    this.#held.bytes += bytes;
    this.#wake.resolve();
  }

  /** Sends what is held, for at most `withinMs`; the rest is dropped and counted. */
  async close(withinMs: number): Promise<void> {
    this.#closing.abort();
    this.#wake.resolve();
    const deadline = setTimeout(() => this.#givenUp.abort(), withinMs);
    await Promise.race([this.#running, once(this.#givenUp.signal, 'abort')]);
    clearTimeout(deadline);
    if (this.#held.records > 0) this.#options.onDropped('shutdown', this.#held.records);
  }

  async #run(): Promise<void> {
    while (!this.#givenUp.signal.aborted) {
      if (this.#queue.length > 0) {
        await this.#pause(this.#options.lingerMs, this.#closing.signal);
        await this.#sendAll(this.#takeBatch());
      } else if (this.#closing.signal.aborted) {
        break;
      } else {
        await this.#wake.promise;
        this.#wake = Promise.withResolvers<void>();
      }
    }
    await this.#sink?.close().catch(this.#options.onTrouble);
  }

  #takeBatch(): OutboxRecord[] {
    let bytes = 0;
    const end = this.#queue.findIndex((record, at) => {
      bytes += sizeOf(record);
      return at > 0 && bytes > batchBytesMax;
    });
    return this.#queue.splice(0, end < 0 ? this.#queue.length : end);
  }

  /** Until Kafka has the batch, or there is no time left. */
  async #sendAll(batch: readonly OutboxRecord[]): Promise<void> {
    for (
      let pauseMs = backoffMs.first;
      !this.#givenUp.signal.aborted;
      pauseMs = Math.min(pauseMs * 2, backoffMs.max)
    ) {
      try {
        this.#sink ??= await this.#options.connect();
        await this.#sink.send(batch);
        return this.#done(batch, this.#options.onSent);
      } catch (error) {
        if (this.#options.isTooLarge(error)) return this.#sendSmaller(batch);
        this.#options.onTrouble(error);
        await this.#pause(pauseMs, this.#givenUp.signal);
      }
    }
  }

  async #sendSmaller(batch: readonly OutboxRecord[]): Promise<void> {
    if (batch.length > 1) {
      for (const record of batch) await this.#sendAll([record]);
      return;
    }
    const [record] = batch as [OutboxRecord];
    const smaller = this.#options.shrink(record);
    if (!smaller) return this.#done(batch, (records) => this.#options.onDropped('too-large', records));
    this.#held.bytes += sizeOf(smaller) - sizeOf(record);
    await this.#sendAll([smaller]);
  }

  #done(batch: readonly OutboxRecord[], report: (records: number) => void): void {
    this.#held.records -= batch.length;
    for (const record of batch) this.#held.bytes -= sizeOf(record);
    report(batch.length);
  }

  async #pause(ms: number, until: AbortSignal): Promise<void> {
    await delay(ms, undefined, { signal: until }).catch(() => {});
  }
}

/** With some room for the record's own frame and headers. */
function sizeOf(record: OutboxRecord): number {
  return record.value.length + record.key.length + 128;
}
