import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Batch, ReceivedRecord } from '@chronos/bus/bus.ts';
import { recordSpan } from '@chronos/observability/tracing.ts';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { Join, type Settled } from '../core/join/join.ts';
import { type DeskPorts, EffectsDesk, type Ended, WRITE_SLACK_MS } from './effects-desk.ts';
import { type OutboxPorts, READ_BACK_MS, REVISION_HEADER, VerdictOutbox } from './verdict-outbox.ts';

/** What a worker needs of the world. */
export interface PartitionPorts extends OutboxPorts, DeskPorts {
  readonly commit: (nextOffset: bigint) => Promise<void>;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onUnreadable: (record: ReceivedRecord, error: unknown) => void;
}

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
  readonly #effects: EffectsDesk;
  readonly #outbox: VerdictOutbox;
  #queue: Promise<unknown> = Promise.resolve();
  #stopped = false;
  #prepared = false;
  #nextOffset = 0n;
  #committed = -1n;
  /** Time as the log tells it: it stands still while the reader lags, so that lag never looks like a missing half. */
  #logMs = 0;
  #caughtUp = false;

  constructor(ports: PartitionPorts) {
    this.#ports = ports;
    this.#outbox = new VerdictOutbox(ports);
    this.#effects = new EffectsDesk(ports);
  }

  /** Requests that wait for their other half, or for what the databases did. */
  get pending(): number {
    return this.#join.pending + this.#effects.held;
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
        const readToMs = Math.min(this.#ports.now(), this.#ports.readToMs());
        const clock = Math.max(this.#logMs, readToMs - WRITE_SLACK_MS);
        this.#settled(this.#join.advance(clock));
        this.#judge(this.#effects.due(clock));
        this.#write(this.#effects.revised((requestId) => this.#join.isFinished(requestId)));
      }
      await this.#flush();
      await this.#commit();
      if (this.#caughtUp && !this.#stopped) this.#write(await this.#effects.recalled());
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
        const rules = this.#ports.rules.get(exchange.migration);
        if (rules?.effects !== undefined) {
          await this.#ports.changes.cover(record.timestampMs);
          if (!this.#join.isFinished(exchange.requestId)) this.#effects.saw(exchange);
        }
        this.#observe(exchange, record, rules?.joinDeadlineMs ?? 0);
      }
      this.#logMs = Math.max(this.#logMs, record.timestampMs);
      this.#settled(this.#join.advance(this.#logMs));
      this.#nextOffset = record.offset + 1n;
      if (this.#outbox.size >= SEND_MAX) await this.#flush();
    }
    this.#judge(this.#effects.due(this.#logMs));
    this.#caughtUp = this.#nextOffset >= batch.highWatermark;
    await this.#flush();
  }

  async #prepare(batch: Batch): Promise<void> {
    const first = batch.records[0];
    if (this.#prepared || !first) return;
    await this.#ports.readBack(first.timestampMs - READ_BACK_MS, ({ key, value }) => {
      this.#join.markFinished(key);
      this.#effects.wasReadBack(key, value);
    });
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

  #observe(exchange: Exchange, { offset, timestampMs }: ReceivedRecord, deadlineMs: number): void {
    this.#settled(this.#join.observe(exchange, { offset, timestampMs, deadlineMs }));
  }

  /** What the databases did is waited for where it is to be compared. */
  #settled(settled: readonly Settled[]): void {
    for (const one of settled) this.#judge(this.#effects.take(one));
  }

  #judge(ended: readonly Ended[]): void {
    for (const one of ended) {
      const startTimeMs = this.#ports.now();
      const judgement = this.#effects.judge(one, startTimeMs);
      if (judgement === undefined) continue;
      const { verdict } = judgement;
      verdict.traceparent = recordSpan('arbiter.judge', {
        traceparent: verdict.traceparent,
        links: [verdict.legacy?.traceparent ?? '', verdict.modern?.traceparent ?? ''],
        attributes: {
          'chronos.request_id': verdict.requestId,
          'chronos.migration': verdict.migration,
          'chronos.group': verdict.group,
          'chronos.verdict': Kind[verdict.kind] ?? '',
        },
        startTimeMs,
        endTimeMs: this.#ports.now(),
      });
      this.#write([verdict]);
    }
  }

  #write(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) {
      this.#ports.onVerdict(verdict);
      const { requestId, traceparent, revision } = verdict;
      const value = toBinary(VerdictSchema, verdict);
      this.#effects.wasWritten(requestId, value);
      const headers = {
        ...(traceparent && { traceparent }),
        ...(revision > 0 && { [REVISION_HEADER]: String(revision) }),
      };
      this.#outbox.add({ key: requestId, value, headers });
    }
  }

  #flush(): Promise<void> {
    return this.#outbox.flush(() => this.#stopped);
  }

  async #commit(): Promise<void> {
    let next = this.#nextOffset;
    for (const needed of [this.#join.oldestOffset, this.#effects.oldestOffset]) {
      if (needed !== undefined && needed < next) next = needed;
    }
    if (this.#stopped || this.#outbox.size > 0 || next <= this.#committed) return;
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
