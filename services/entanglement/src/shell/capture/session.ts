/** One stretch of capturing: from the checks until the stream ends, by whatever reason. */
import { createHash, randomUUID } from 'node:crypto';
import { Assembler, type TransactionRecord } from '../../core/change/assemble.ts';
import { retainedLimitBytes } from '../../core/change/declared.ts';
import { entityMapper, UnknownKey } from '../../core/change/entity-mapper.ts';
import { decodeHeartbeat, watermarkOf } from '../../core/change/heartbeat.ts';
import type { Problem } from '../../core/change/preflight.ts';
import { describeChange } from '../../core/change/schema-guard.ts';
import { mib, slotStanding } from '../../core/change/slot-watch.ts';
import { type Column, type SourceEvent, tableText } from '../../core/change/source-event.ts';
import { prefixesOf } from '../../core/change/tags.ts';
import { hasTriggers } from '../attribution/install.ts';
import type { ChangeSource } from '../cdc/change-source.ts';
import { readColumns } from '../cdc/columns.ts';
import { Heartbeats } from '../cdc/heartbeats.ts';
import { LookupRows } from '../cdc/lookup-rows.ts';
import { openSql } from '../cdc/open-sql.ts';
import { PartitionWatch } from '../cdc/partition-watch.ts';
import { prepareCapture } from '../cdc/prepare.ts';
import { SerialSql } from '../cdc/serial-sql.ts';
import { measureSlot } from '../cdc/slot.ts';
import { Stopped } from '../cdc/stopped.ts';
import { type Outgoing, Publisher } from '../publish/publisher.ts';
import {
  type CaptureDeps,
  type CaptureOptions,
  tagPrefixDefault,
  universeNumbers,
} from './capture-options.ts';
import type { CaptureStatus } from './status.ts';

const measureMs = 1_000;
const watchMs = 5_000;
const walAlarm = 'the database keeps much WAL for Chronos: ';

/**
 * Captures until `signal` or trouble ends it.
 *
 * @throws Stopped when somebody has to do something; any other error when the database or the connection is away.
 */
export async function captureSession(
  options: CaptureOptions,
  deps: CaptureDeps,
  status: CaptureStatus,
  signal: AbortSignal,
): Promise<void> {
  const sql = await openSql(options.url);
  try {
    const { completeSinceUs, facts } = await prepareCapture({
      ...options,
      sql,
      isReadByOthers: deps.isReadByOthers,
      release: deps.release,
      nowUs: deps.nowUs,
      retainedMaxMib: retainedLimitBytes(options.entanglement) / 2 ** 20,
      warn: (text) => {
        if (!status.warnings.includes(text)) deps.log(`${options.wanted.slot}: ${text}`);
        status.warnings = [...new Set([...status.warnings, text])];
      },
    });
    const sides = await options.sides();
    const traces = (await hasTriggers(sql)) ? await deps.traces() : undefined;
    const source = await deps.openSource({
      url: options.url,
      wanted: options.wanted,
      tagPrefix: options.entanglement.tagPrefix || tagPrefixDefault,
      generation: String(completeSinceUs),
      acknowledgedOffset: await options.store.topicOffset(),
    });
    const stream = new Stream(options, deps, status, {
      source,
      sql: new SerialSql(sql),
      sides,
      traces,
      completeSinceUs,
      version: facts.version,
      onChanges: deps.onChanges,
      log: deps.log,
    });
    await stream.run(signal);
  } finally {
    await sql.end().catch(() => undefined);
  }
}

interface Parts {
  readonly source: ChangeSource;
  readonly sql: SerialSql;
  readonly sides: Awaited<ReturnType<CaptureOptions['sides']>>;
  readonly traces: Awaited<ReturnType<CaptureDeps['traces']>> | undefined;
  readonly completeSinceUs: bigint;
  readonly version: number;
  readonly onChanges: CaptureDeps['onChanges'];
  readonly log: (line: string) => void;
}

class Stream {
  readonly #options: CaptureOptions;
  readonly #status: CaptureStatus;
  readonly #parts: Parts;
  readonly #assembler: Assembler;
  readonly #lookups: LookupRows;
  readonly #publisher: Publisher;
  readonly #heartbeats: Heartbeats;
  readonly #partitions: PartitionWatch;
  /** Tells this stretch's heartbeats from those of earlier ones. */
  readonly #capture: string;
  #columns: ReadonlyMap<string, readonly Column[]> = new Map();
  /** What was committed before this is read as its table was then. */
  #checkedFromLsn = 0n;
  #commitLsn = 0n;
  /** The broker has everything before it; the slot, or the topic of others, does not know yet. */
  #acknowledged: bigint | undefined;
  readonly #isReadByOthers: boolean;
  #failure: Error | undefined;

  constructor(options: CaptureOptions, deps: CaptureDeps, status: CaptureStatus, parts: Parts) {
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
      onAcknowledged: (position) => {
        this.#acknowledged = position;
      },
      onSent: (records) => {
        for (const { cause, update } of records)
          if (update.what.case === 'transaction' && update.what.value.last)
            deps.metrics.stateUpdate(wanted.migration, universe, cause.attribution);
      },
      log: (what, detail) => deps.log(`${wanted.slot}: ${what} (${detail})`),
    });
    this.#partitions = new PartitionWatch({
      sql: parts.sql,
      tables: wanted.tables,
      store: options.store,
      prefix: prefixesOf(tagPrefix).emptied,
      log: (line) => deps.log(`${wanted.slot}: ${line}`),
    });
    this.#heartbeats = new Heartbeats({
      sql: parts.sql,
      capture: this.#capture,
      prefix: prefixesOf(tagPrefix).heartbeat,
      version: parts.version,
      nowUs: deps.nowUs,
      onFailure: this.#failed,
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    const onAbort = () => void this.#parts.source.close();
    signal.addEventListener('abort', onAbort, { once: true });
    const measuring = setInterval(() => {
      void this.#measure();
      void this.#confirm();
    }, measureMs);
    let watching: NodeJS.Timeout | undefined;
    try {
      await this.#readBaseline();
      await this.#partitions.look();
      watching = setInterval(() => this.#partitions.look().catch(this.#failed), watchMs);
      this.#status.completeSinceUs = this.#parts.completeSinceUs;
      for await (const events of this.#parts.source.events()) {
        if (signal.aborted || this.#failure !== undefined) break;
        await this.#take(events);
      }
      if (this.#failure !== undefined) throw this.#failure;
    } catch (error) {
      if (!signal.aborted) throw this.#failure ?? explained(error, this.#options.wanted.migration);
    } finally {
      clearInterval(measuring);
      clearInterval(watching);
      signal.removeEventListener('abort', onAbort);
      this.#heartbeats.stop();
      await this.#publisher.close();
      await this.#confirm();
      await this.#parts.source.close();
    }
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
      if (event.kind === 'relation') this.#checkColumns(event);
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

  /**
   * The tables as the mapping was checked against them: now, at the first start and after people's word. Older changes that are still to
   * come are read as their table was then: a column that it did not have is unknown.
   */
  async #readBaseline(): Promise<void> {
    const { store, wanted } = this.#options;
    const known = await store.columns();
    this.#columns = known;
    if (wanted.tables.every((table) => known.has(tableText(table)))) return;
    const { columns, lsn } = await readColumns(this.#parts.sql, wanted.tables);
    for (const [table, list] of columns) await store.writeColumns(table, list);
    this.#columns = columns;
    this.#checkedFromLsn = lsn;
  }

  /** A table that is no longer what the mapping was checked against stops the capture before its first changed row. */
  #checkColumns({ table, columns }: Extract<SourceEvent, { kind: 'relation' }>): void {
    const known = this.#columns.get(tableText(table));
    if (known === undefined || this.#commitLsn < this.#checkedFromLsn) return;
    const change = describeChange(table, known, columns);
    if (change !== undefined) throw new Stopped([schemaChanged(change, this.#options.wanted.migration)]);
  }

  async #measure(): Promise<void> {
    const { wanted, entanglement } = this.#options;
    try {
      const measure = await measureSlot(this.#parts.sql, wanted.slot);
      if (measure === undefined) return;
      this.#status.retainedBytes = measure.retainedBytes;
      const limit = retainedLimitBytes(entanglement);
      this.#alarm(slotStanding(measure.retainedBytes, limit) === 'alarm', measure.retainedBytes, limit);
      if (slotStanding(measure.retainedBytes, limit) === 'too-much')
        this.#fail(new Stopped([tooMuchWal(wanted.slot, measure.retainedBytes, limit)]));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Said once each time that half of the limit is passed, and taken back below it. */
  #alarm(isOn: boolean, bytes: number, limit: number): void {
    const others = this.#status.warnings.filter((text) => !text.startsWith(walAlarm));
    const isNews = isOn && others.length === this.#status.warnings.length;
    this.#status.warnings = isOn
      ? [...others, `${walAlarm}${mib(bytes)} of the ${mib(limit)} at which its slot is dropped`]
      : others;
    if (isNews) this.#parts.log(`${this.#options.wanted.slot}: ${this.#status.warnings.at(-1)}`);
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

export function tooMuchWal(slot: string, bytes: number, limit: number): Problem {
  return {
    code: 'wal-limit',
    message: `the database keeps ${mib(bytes)} of WAL for slot ${slot}, the limit is ${mib(limit)}: the slot is dropped, before the disk fills`,
    remedy:
      'see why changes were not taken (broker, arbiter, a transaction that stays open), verify the databases (chronos verify), then chronos resume; a higher limit: retained_wal_max_mib',
    passing: false,
  };
}

/** A row that does not tell its entity's key stays so however often it is read. */
function explained(error: unknown, migration: string): unknown {
  if (!(error instanceof UnknownKey)) return error;
  return new Stopped([
    {
      code: 'unknown-key',
      message: error.message,
      remedy: `chronos entangle install -f FILE --replica-identity-full, verify the databases (chronos verify), then chronos resume ${migration}`,
      passing: false,
    },
  ]);
}

/** A table is no longer what the mapping was checked against. */
export function schemaChanged(message: string, migration: string): Problem {
  return {
    code: 'schema-changed',
    message,
    remedy: `see that the entities of the migration file still say what the columns mean, chronos apply it if you change it, then chronos resume ${migration}`,
    passing: false,
  };
}

/** What travels of a value that is too long. */
export function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
