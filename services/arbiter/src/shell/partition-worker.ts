import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Batch, BusRecord, ReceivedRecord } from '@chronos/bus/bus.ts';
import { recordSpan } from '@chronos/observability/tracing.ts';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Pairs } from '../core/entangled/pairs.ts';
import { Join, type Settled } from '../core/join/join.ts';
import type { RouteLabels } from '../core/verdict/route.ts';
import { answering, verdictOf } from '../core/verdict/verdict.ts';
import { codecs } from './codecs.ts';
import type { RulesTable } from './rules-table.ts';

/** What a worker needs of the world. */
export interface PartitionPorts {
  readonly rules: RulesTable;
  readonly routes: RouteLabels;
  /** Ids of either universe that belong together. */
  readonly pairs?: Pairs;
  readonly now: () => number;
  /** Calls `onId` for each verdict of this partition that was written at or after `fromMs`. */
  readonly readBack: (fromMs: number, onId: (requestId: string) => void) => Promise<void>;
  readonly send: (verdicts: readonly BusRecord[]) => Promise<void>;
  readonly commit: (nextOffset: bigint) => Promise<void>;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onUnreadable: (record: ReceivedRecord, error: unknown) => void;
}

/** A verdict may stand this much before the first exchange that is read again: one half came late, after the verdict. */
const READ_BACK_MS = 60_000;

/** When the log is read to its end, records younger than this may still be on their way from the broker. */
const FETCH_SLACK_MS = 1_000;

/** Verdicts written at once. */
const SEND_MAX = 200;

/**
 * One assigned partition: exchanges in, verdicts out, and the commit that follows them. All its work runs one after the other.
 *
 * What makes a verdict appear exactly once: an offset is committed only when everything below it has its verdict in the log, and before the
 * first exchange is read the verdicts already there are read back. So a crash between a verdict and its commit repeats the reading, never the
 * verdict.
 */
export class PartitionWorker {
  readonly #ports: PartitionPorts;
  readonly #join = new Join();
  #queue: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #prepared = false;
  #nextOffset = 0n;
  #committed = -1n;
  /** Time as the log tells it: it stands still while the reader lags, so that lag never looks like a missing half. */
  #logMs = 0;
  #caughtUp = false;
  #outbox: BusRecord[] = [];
  /** A send failed, perhaps after it was written: what is there must be known before it is sent again. */
  #uncertainSinceMs: number | undefined;

  constructor(ports: PartitionPorts) {
    this.#ports = ports;
  }

  get pending(): number {
    return this.#join.pending;
  }

  get ignored(): number {
    return this.#join.ignored;
  }

  /** Resolves when the batch's verdicts are written; rejects when they could not be (the partition is then to be read again). */
  batch(batch: Batch): Promise<void> {
    return this.#inTurn(() => this.#read(batch));
  }

  /** Judges what is due though nothing arrives, sends again what could not be sent, commits. To be called every so often. */
  tick(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#prepared) return;
      if (this.#caughtUp) {
        const clock = Math.max(this.#logMs, this.#ports.now() - FETCH_SLACK_MS);
        this.#judge(this.#join.advance(clock));
      }
      await this.#flush();
      await this.#commit();
    });
  }

  /** Nothing new is begun after this: the partition belongs to someone else. Resolves once what was begun has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#queue;
  }

  async #read(batch: Batch): Promise<void> {
    await this.#prepare(batch);
    // The topic was made anew: its offsets begin again.
    if (batch.highWatermark < this.#nextOffset) this.#nextOffset = 0n;
    for (const record of batch.records) {
      // After a rebalance the group reads again from the commit what this worker has in memory.
      if (record.offset < this.#nextOffset) continue;
      const exchange = this.#decode(record);
      if (exchange) {
        await this.#ports.rules.ready(exchange.migration);
        this.#observe(exchange, record);
      }
      this.#logMs = Math.max(this.#logMs, record.timestampMs);
      this.#judge(this.#join.advance(this.#logMs));
      this.#nextOffset = record.offset + 1n;
      if (this.#outbox.length >= SEND_MAX) await this.#flush();
    }
    this.#caughtUp = this.#nextOffset >= batch.highWatermark;
    await this.#flush();
  }

  async #prepare(batch: Batch): Promise<void> {
    const first = batch.records[0];
    if (this.#prepared || !first) return;
    await this.#ports.readBack(first.timestampMs - READ_BACK_MS, (id) => this.#join.markFinished(id));
    this.#prepared = true;
  }

  #decode(record: ReceivedRecord): Exchange | undefined {
    try {
      const exchange = fromBinary(ExchangeSchema, record.value);
      // The verdict goes to the partition of its key; under another key it would not be found again there.
      if (exchange.requestId === '' || exchange.requestId !== record.key)
        throw new Error('the key is not the request id');
      // The record's is capture's span, of the same trace: what follows belongs below it.
      exchange.traceparent = record.headers.traceparent ?? exchange.traceparent;
      return exchange;
    } catch (error) {
      this.#ports.onUnreadable(record, error);
      return undefined;
    }
  }

  #observe(exchange: Exchange, record: ReceivedRecord): void {
    const deadlineMs = this.#ports.rules.get(exchange.migration)?.joinDeadlineMs ?? 0;
    this.#judge(
      this.#join.observe(exchange, { offset: record.offset, timestampMs: record.timestampMs, deadlineMs }),
    );
  }

  #judge(settled: readonly Settled[]): void {
    for (const one of settled) {
      const seen = answering(one.outcome);
      const nowMs = this.#ports.now();
      const rules = seen && this.#ports.rules.get(seen.migration);
      const { routes, pairs } = this.#ports;
      const verdict = verdictOf(one, { rules, routes, codecs, nowMs, ...(pairs && { pairs }) });
      verdict.traceparent = recordSpan('arbiter.judge', {
        traceparent: verdict.traceparent,
        links: [verdict.legacy?.traceparent ?? '', verdict.modern?.traceparent ?? ''],
        attributes: {
          'chronos.request_id': verdict.requestId,
          'chronos.migration': verdict.migration,
          'chronos.group': verdict.group,
          'chronos.verdict': Kind[verdict.kind] ?? '',
        },
        startTimeMs: nowMs,
        endTimeMs: this.#ports.now(),
      });
      this.#ports.onVerdict(verdict);
      const { requestId, traceparent } = verdict;
      const value = toBinary(VerdictSchema, verdict);
      this.#outbox.push({ key: requestId, value, headers: traceparent ? { traceparent } : {} });
    }
  }

  async #flush(): Promise<void> {
    if (this.#outbox.length === 0 || this.#stopped) return;
    if (this.#uncertainSinceMs !== undefined) {
      const written = new Set<string>();
      await this.#ports.readBack(this.#uncertainSinceMs - READ_BACK_MS, (id) => written.add(id));
      this.#outbox = this.#outbox.filter(({ key }) => !written.has(key));
    }
    this.#uncertainSinceMs ??= this.#ports.now();
    if (this.#stopped) return;
    await this.#ports.send(this.#outbox);
    this.#outbox = [];
    this.#uncertainSinceMs = undefined;
  }

  async #commit(): Promise<void> {
    const next = this.#join.oldestOffset ?? this.#nextOffset;
    if (this.#stopped || this.#outbox.length > 0 || next <= this.#committed) return;
    await this.#ports.commit(next);
    this.#committed = next;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const run = this.#queue.then(async () => {
      if (!this.#stopped) await work();
    });
    this.#queue = run.catch(() => {});
    return run;
  }
}
