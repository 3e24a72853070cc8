import { setTimeout as delay } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import type { BusProducer, BusRecord } from '@chronos/bus/bus.ts';
import type { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution, StateUpdateSchema, type Watermark } from '@chronos/proto/events/v1/state_update_pb.js';
import { keyOf, type TransactionRecord } from '../../core/change/assemble.ts';
import { within } from '../within.ts';
import { encodeTransaction } from './encode-update.ts';

export type Outgoing =
  | TransactionRecord
  | { readonly kind: 'watermark'; readonly watermark: Watermark }
  | { readonly kind: 'position'; readonly position: bigint };

export interface PublisherOptions {
  readonly migration: string;
  readonly universe: Universe;
  readonly producer: BusProducer;
  readonly topic: string;
  readonly partitions: number;
  /** The request of a trace, waited for until that time of `performance.now()`; undefined when nobody knows. */
  readonly requestOf: (traceparent: string, untilMs: number) => Promise<string | undefined>;
  /** Called when everything up to a position is acknowledged. */
  readonly onAcknowledged: (position: bigint) => void;
  readonly onSent: (records: readonly TransactionRecord[]) => void;
  readonly log: (what: string, detail: string) => void;
}

/** Changes that wait for the broker, at most; beyond it the database waits. */
const waitingMax = 4_000;
const batchRecordsMax = 500;
const batchChangesMax = 2_000;
/** How long a transaction waits for the request of its SQL comment's trace. The exchange is told when it is over. */
const traceWaitMs = 1_000;
const retryMs = 500;
/** How long what is under way may take once it is closed: a broker that hangs never answers. */
const closeWithinMs = 2_000;

interface Item {
  readonly outgoing: Outgoing;
  readonly atMs: number;
}

const weight = ({ outgoing }: Item) => (outgoing.kind === 'transaction' ? 1 + outgoing.changes : 1);

/**
 * To the broker, in order, one request after the other; a position is acknowledged once everything before it stands in every in-sync
 * replica. What fails is sent again until it succeeds: nothing overtakes it, and the database waits.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #stopped = new AbortController();
  /** Nobody hears any more what becomes of what is under way. */
  #isLeft = false;
  #waiting: Item[] = [];
  #weight = 0;
  #arrived = Promise.withResolvers<void>();
  #room = Promise.withResolvers<void>();
  /** The request of the transaction of which parts are still to come: all parts go the same way. */
  #resolved: { readonly commitLsn: bigint; readonly requestId: string } | undefined;
  readonly #running: Promise<void>;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Resolves when there is room for more. */
  async push(outgoing: readonly Outgoing[]): Promise<void> {
    const atMs = performance.now();
    for (const one of outgoing) {
      const item = { outgoing: one, atMs };
      this.#waiting.push(item);
      this.#weight += weight(item);
    }
    this.#arrived.resolve();
    while (this.#weight > waitingMax && !this.#stopped.signal.aborted) {
      this.#room = Promise.withResolvers<void>();
      await this.#room.promise;
    }
  }

  /** What has not been acknowledged comes again from the database. Ends within {@link closeWithinMs}, whatever the broker does. */
  async close(): Promise<void> {
    this.#stopped.abort();
    this.#arrived.resolve();
    this.#room.resolve();
    if (!(await within(closeWithinMs, this.#running))) this.#isLeft = true;
  }

  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      if (this.#waiting.length === 0) {
        this.#arrived = Promise.withResolvers<void>();
        await this.#arrived.promise;
        continue;
      }
      const batch = this.#take();
      const records: BusRecord[] = [];
      const transactions: TransactionRecord[] = [];
      let position: bigint | undefined;
      for (const item of batch) {
        const { outgoing } = item;
        if (outgoing.kind === 'position') position = outgoing.position;
        else if (outgoing.kind === 'watermark') records.push(...this.#everywhere(outgoing.watermark));
        else {
          const resolved = await this.#resolve(outgoing, item.atMs);
          transactions.push(resolved);
          records.push(recordOf(resolved));
        }
      }
      if (!(await this.#send(records)) || this.#isLeft) return;
      this.#weight -= batch.reduce((sum, item) => sum + weight(item), 0);
      this.#room.resolve();
      if (transactions.length > 0) this.#options.onSent(transactions);
      if (position !== undefined) this.#options.onAcknowledged(position);
    }
  }

  #take(): Item[] {
    let changes = 0;
    let count = 0;
    for (const item of this.#waiting) {
      if (count > 0 && (count === batchRecordsMax || changes > batchChangesMax)) break;
      count += 1;
      changes += weight(item);
    }
    return this.#waiting.splice(0, count);
  }

  /** False when it was stopped meanwhile. */
  async #send(records: readonly BusRecord[]): Promise<boolean> {
    while (!this.#stopped.signal.aborted) {
      try {
        if (records.length > 0) await this.#options.producer.send(this.#options.topic, records);
        return true;
      } catch (error) {
        this.#options.log('the broker does not take state updates; they are sent again', String(error));
        await delay(retryMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      }
    }
    return false;
  }

  async #resolve(record: TransactionRecord, atMs: number): Promise<TransactionRecord> {
    if (record.cause.attribution !== Attribution.COMMENT || record.update.what.case !== 'transaction')
      return record;
    const { commitLsn } = record;
    if (this.#resolved?.commitLsn !== commitLsn) {
      const requestId = await this.#options.requestOf(record.cause.traceparent, atMs + traceWaitMs);
      this.#resolved = { commitLsn, requestId: requestId ?? '' };
    }
    const { requestId } = this.#resolved;
    const value = { ...record.update.what.value, requestId };
    return {
      ...record,
      key: keyOf(this.#options.migration, this.#options.universe, Number(value.xid), requestId),
      cause: { ...record.cause, requestId },
      update: { ...record.update, what: { case: 'transaction', value } },
    };
  }

  #everywhere(watermark: Watermark): BusRecord[] {
    const { migration, universe, partitions } = this.#options;
    const value = toBinary(
      StateUpdateSchema,
      create(StateUpdateSchema, { migration, universe, what: { case: 'watermark', value: watermark } }),
    );
    const key = `watermark:${migration}:${universe}`;
    return Array.from({ length: partitions }, (_, partition) => ({ key, value, partition }));
  }
}

function recordOf({ key, update, cause }: TransactionRecord): BusRecord {
  const value =
    update.what.case === 'transaction'
      ? encodeTransaction(update, update.what.value)
      : toBinary(StateUpdateSchema, update);
  return cause.traceparent === ''
    ? { key, value }
    : { key, value, headers: { traceparent: cause.traceparent } };
}
