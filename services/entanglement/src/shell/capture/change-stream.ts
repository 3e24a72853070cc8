/** A database's changes on their way to the broker. */
import { randomUUID } from 'node:crypto';
import { Assembler, type TransactionRecord } from '../../core/change/assemble.ts';
import { entityMapper } from '../../core/change/entity-mapper.ts';
import { generatedProblems } from '../../core/change/generated-identity.ts';
import { decodeHeartbeat, watermarkOf } from '../../core/change/heartbeat.ts';
import { type SourceEvent, tableText } from '../../core/change/source-event.ts';
import { prefixesOf, tagPrefixDefault } from '../../core/change/tags.ts';
import type { ChangeSource } from '../cdc/change-source.ts';
import { readFacts } from '../cdc/database-facts.ts';
import { Heartbeats } from '../cdc/heartbeats.ts';
import { LookupRows } from '../cdc/lookup-rows.ts';
import { PartitionWatch } from '../cdc/partition-watch.ts';
import type { SerialSql } from '../cdc/serial-sql.ts';
import { Stopped } from '../cdc/stopped.ts';
import { type Outgoing, Publisher } from '../publish/publisher.ts';
import { within } from '../within.ts';
import { type CaptureDeps, type CaptureOptions, universeNumbers } from './capture-options.ts';
import { ColumnBaseline } from './column-baseline.ts';
import type { DatabaseClock } from './database-clock.ts';
import { RetainedWal } from './retained-wal.ts';
import { digest, explained } from './session-problems.ts';
import type { StandingWarnings } from './standing-warnings.ts';
import type { CaptureStatus } from './status.ts';

const measureMs = 1_000;
const watchMs = 5_000;
const closeWithinMs = 2_000;

export interface StreamParts {
  readonly source: ChangeSource;
  readonly sql: SerialSql;
  readonly sides: Awaited<ReturnType<CaptureOptions['sides']>>;
  readonly traces: Awaited<ReturnType<CaptureDeps['traces']>> | undefined;
  readonly completeSinceUs: bigint;
  /** Once the broker has everything before it, another slot is to be read; undefined: never. */
  readonly untilLsn: bigint | undefined;
  readonly version: number;
  readonly standing: Pick<StandingWarnings, 'set'>;
  readonly clock: Pick<DatabaseClock, 'take'>;
  readonly onChanges: CaptureDeps['onChanges'];
  readonly log: (line: string) => void;
}

/** One stretch of them, until `signal` or trouble ends it. */
export class ChangeStream {
  readonly #options: CaptureOptions;
  readonly #status: CaptureStatus;
  readonly #parts: StreamParts;
  readonly #assembler: Assembler;
  readonly #lookups: LookupRows;
  readonly #publisher: Publisher;
  readonly #heartbeats: Heartbeats;
  readonly #partitions: PartitionWatch;
  readonly #retained: RetainedWal;
  /** Tells this stretch's heartbeats from those of earlier ones. */
  readonly #capture: string;
  readonly #baseline: ColumnBaseline;
  #commitLsn = 0n;
  /** The broker has everything before it; the slot, or the topic of others, does not know yet. */
  #acknowledged: bigint | undefined;
  readonly #isReadByOthers: boolean;
  #isReadOut = false;
  #failure: Error | undefined;

  constructor(options: CaptureOptions, deps: CaptureDeps, status: CaptureStatus, parts: StreamParts) {
    const { wanted, entanglement, universe } = options;
    const tagPrefix = entanglement.tagPrefix || tagPrefixDefault;
    this.#options = options;
    this.#isReadByOthers = deps.isReadByOthers;
    this.#status = status;
    this.#parts = parts;
    this.#capture = `${wanted.slot}/${randomUUID()}`;
    this.#lookups = new LookupRows(
      parts.sql,
      parts.sides.map(({ table, lookups }) => ({ table: tableText(table), lookups })),
    );
    const number = universeNumbers[universe];
    this.#assembler = new Assembler({
      migration: wanted.migration,
      universe: number,
      tagPrefix,
      mapper: entityMapper(parts.sides, this.#lookups.find, digest),
    });
    this.#publisher = new Publisher({
      migration: wanted.migration,
      universe: number,
      producer: deps.producer,
      topic: deps.topic,
      partitions: deps.partitions,
      requestOf: async (traceparent, untilMs) => parts.traces?.requestOf(traceparent, untilMs),
      onAcknowledged: (position) => this.#isAcknowledged(position),
      onSent: (records) => {
        for (const { cause, update } of records)
          if (update.what.case === 'transaction' && update.what.value.last)
            deps.metrics.stateUpdate(wanted.migration, universe, cause.attribution);
      },
      log: (what, detail) => deps.log(`${wanted.slot}: ${what} (${detail})`),
    });
    this.#baseline = new ColumnBaseline(wanted, options.store);
    this.#retained = new RetainedWal(wanted.slot, entanglement, status, deps.log);
    this.#partitions = new PartitionWatch({
      sql: parts.sql,
      tables: wanted.tables,
      store: options.store,
      prefix: prefixesOf(tagPrefix).emptied,
      log: (line) => deps.log(`${wanted.slot}: ${line}`),
      status,
      nowMs: () => Number(deps.nowUs() / 1_000n),
    });
    this.#heartbeats = new Heartbeats({
      sql: parts.sql,
      capture: this.#capture,
      prefix: prefixesOf(tagPrefix).heartbeat,
      version: parts.version,
      nowUs: deps.nowUs,
      onClock: (reading) => parts.clock.take(reading),
      onFailure: this.#failed,
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    const onAbort = () => {
      // What waits for room at a broker that hangs ends, too.
      void this.#publisher.close();
      void this.#parts.source.close();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const measuring = setInterval(() => {
      this.#retained.measure(this.#parts.sql).catch(this.#failed);
      void this.#confirm();
    }, measureMs);
    let watching: NodeJS.Timeout | undefined;
    try {
      await this.#baseline.read(this.#parts.sql);
      await this.#partitions.look();
      watching = setInterval(() => this.#watch().catch(this.#failed), watchMs);
      this.#status.completeSinceUs = this.#parts.completeSinceUs;
      for await (const events of this.#parts.source.events()) {
        if (signal.aborted || this.#isReadOut || this.#failure !== undefined) break;
        await this.#take(events);
      }
      if (this.#failure !== undefined) throw this.#failure;
    } catch (error) {
      if (!signal.aborted && !this.#isReadOut)
        throw this.#failure ?? explained(error, this.#options.wanted.migration);
    } finally {
      clearInterval(measuring);
      clearInterval(watching);
      signal.removeEventListener('abort', onAbort);
      this.#heartbeats.stop();
      await this.#publisher.close();
      await this.#confirm();
      // Debezium's is a consumer of the broker.
      await within(closeWithinMs, this.#parts.source.close());
    }
  }

  /** @throws Stopped where a table refuses its own writes by being published: preparing the next stretch takes it out. */
  async #watch(): Promise<void> {
    const { sql, standing } = this.#parts;
    const { wanted } = this.#options;
    await this.#partitions.look();
    const facts = await readFacts(sql, wanted);
    standing.set(facts);
    const refusing = generatedProblems(facts, wanted);
    if (refusing.length > 0) throw new Stopped(refusing);
  }

  #isAcknowledged(position: bigint): void {
    this.#acknowledged = position;
    const { untilLsn, source } = this.#parts;
    if (untilLsn === undefined || position < untilLsn || this.#isReadOut) return;
    this.#isReadOut = true;
    void this.#confirm().then(() => source.close());
  }

  /** The store first: a slot that stands further than what we remember was then moved by somebody else. While the store is away the slot waits. */
  async #confirm(): Promise<void> {
    const { store } = this.#options;
    const position = this.#acknowledged;
    if (position === undefined) return;
    this.#acknowledged = undefined;
    try {
      await (this.#isReadByOthers ? store.acknowledgeOffset(position) : store.acknowledge(position));
      this.#parts.source.confirm(position);
    } catch {
      this.#acknowledged ??= position;
    }
  }

  async #take(events: readonly SourceEvent[]): Promise<void> {
    await this.#lookups.fetch(events);
    const outgoing: Outgoing[] = [];
    for (const event of events) {
      if (event.kind === 'begin') this.#commitLsn = event.commitLsn;
      if (event.kind === 'relation') this.#baseline.check(event, this.#commitLsn);
      for (const assembled of this.#assembler.take(event)) {
        if (assembled.kind !== 'heartbeat') {
          outgoing.push(assembled);
          if (assembled.kind === 'transaction') this.#tellChanges(assembled);
        } else {
          const heartbeat = decodeHeartbeat(assembled.content);
          if (heartbeat?.capture !== this.#capture) continue;
          this.#status.state = 'streaming';
          this.#status.problems = [];
          this.#status.heartbeatAtUs = heartbeat.atUs;
          const watermark = watermarkOf(heartbeat, assembled.lsn, this.#parts.completeSinceUs);
          outgoing.push({ kind: 'watermark', watermark });
        }
      }
      if (event.kind === 'commit') this.#heartbeats.busy();
    }
    this.#countTags();
    await this.#publisher.push(outgoing);
  }

  #countTags(): void {
    const { lateTags, secondTags } = this.#assembler;
    if (secondTags > 0 && this.#status.secondTags === 0)
      this.#parts.log(
        `${this.#options.wanted.slot}: a transaction is tagged by two requests: the first has all that it did, the second is judged without (chronos_slot_second_tags); one transaction a request, or no tag`,
      );
    this.#status.lateTags = lateTags;
    this.#status.secondTags = secondTags;
  }

  #tellChanges({ update }: TransactionRecord): void {
    const { migration } = this.#options.wanted;
    if (update.what.case === 'transaction')
      this.#parts.onChanges(migration, this.#options.universe, update.what.value.changes);
  }

  readonly #failed = (error: unknown): void =>
    this.#fail(error instanceof Error ? error : new Error(String(error)));

  /** Ends the stream; what was acknowledged stays so. */
  #fail(error: Error): void {
    this.#failure ??= error;
    void this.#publisher.close();
    void this.#parts.source.close();
  }
}
