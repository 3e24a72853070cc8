import { setTimeout as delay } from 'node:timers/promises';
import type { StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { Assembler } from '../../../core/change/assemble.ts';
import { type EntitySide, entityMapper, UnknownKey } from '../../../core/change/entity-mapper.ts';
import { watermarkOf } from '../../../core/change/heartbeat.ts';
import type { Problem } from '../../../core/change/preflight.ts';
import type { SourceEvent } from '../../../core/change/source-event.ts';
import { logUnreadable } from '../../../core/change/sqlite/facts.ts';
import { type KindsOf, UnreadableRow } from '../../../core/change/sqlite/log-events.ts';
import { tagPrefixDefault } from '../../../core/change/tags.ts';
import { type CaptureDeps, type CaptureOptions, universeNumbers } from '../../capture/capture-options.ts';
import { digest } from '../../capture/session-problems.ts';
import type { CaptureStatus } from '../../capture/status.ts';
import { type Outgoing, Publisher } from '../../publish/publisher.ts';
import { Stopped } from '../stopped.ts';
import { ChangeLog, LogGap } from './change-log.ts';

/** Between two looks at the file. */
const lookMs = 20;
/** Between two watermarks, while the database is at work and while it is quiet. */
const busyMs = 100;
const quietMs = 1_000;
/** So long after its last transaction a database counts as at work. */
const busyForMs = 5_000;
const pruneMs = 500;

export interface SqliteSession {
  readonly path: string;
  readonly options: CaptureOptions;
  readonly deps: CaptureDeps;
  readonly status: CaptureStatus;
  readonly completeSinceUs: bigint;
  /** Since when every change is logged, now. @throws Stopped when the tables are no longer what they were */
  readonly checkSchema: () => Promise<bigint>;
}

/**
 * Reads the log until `signal`: each look at the file shows all that was committed before it, so that it is a watermark, too.
 *
 * @throws Stopped when somebody has to do something; any other error when the file cannot be read.
 */
export async function sqliteSession(session: SqliteSession, signal: AbortSignal): Promise<void> {
  const { path, options } = session;
  const sides = await options.sides();
  const looking = sides.filter(({ lookups }) => lookups.length > 0).map(({ entity }) => entity);
  if (looking.length > 0) throw new Stopped([lookups(looking)]);
  const log = new ChangeLog(path, kindsOf(sides));
  const stream = new Stream(session, log, sides);
  try {
    await stream.run(signal);
  } catch (error) {
    if (error instanceof LogGap) throw new Stopped([gap(error.message)]);
    // Told under columns that are not there any more, say: it stays so.
    if (error instanceof UnreadableRow || error instanceof UnknownKey)
      throw new Stopped([logUnreadable(error.message)]);
    throw error;
  } finally {
    await stream.close();
    log.close();
  }
}

/** Columns by the table's name: all are in the one schema that a file has. */
function kindsOf(sides: readonly EntitySide[]): KindsOf {
  const tables = Map.groupBy(sides, ({ table }) => table.name);
  return (table) => {
    const found = tables.get(table) ?? [];
    return (column) => found.map((side) => side.kindOf(column)).find((kind) => kind !== undefined);
  };
}

class Stream {
  readonly #session: SqliteSession;
  readonly #log: ChangeLog;
  readonly #assembler: Assembler;
  readonly #publisher: Publisher;
  #sequence = 0;
  #acknowledged = 0;
  #pruned = 0;
  #prunedAtMs = 0;
  #busyUntilMs = 0;
  #watermarkAtMs = Number.NEGATIVE_INFINITY;
  #schemaVersion: number | undefined;

  constructor(session: SqliteSession, log: ChangeLog, sides: readonly EntitySide[]) {
    const { options, deps } = session;
    const { wanted, universe, entanglement } = options;
    const number = universeNumbers[universe];
    this.#session = session;
    this.#log = log;
    this.#assembler = new Assembler({
      migration: wanted.migration,
      universe: number,
      tagPrefix: entanglement.tagPrefix || tagPrefixDefault,
      // Lookups are refused for such a database before.
      mapper: entityMapper(sides, () => null, digest),
    });
    this.#publisher = new Publisher({
      migration: wanted.migration,
      universe: number,
      producer: deps.producer,
      topic: deps.topic,
      partitions: deps.partitions,
      requestOf: async () => undefined,
      onAcknowledged: (position) => {
        this.#acknowledged = Number(position);
      },
      onSent: (records) => {
        for (const { cause, update } of records)
          if (update.what.case === 'transaction' && update.what.value.last)
            deps.metrics.stateUpdate(wanted.migration, universe, cause.attribution);
      },
      log: (what, detail) => deps.log(`${wanted.slot}: ${what} (${detail})`),
    });
  }

  /** The log is noted all the while, also while Kafka or Chronos' own database keeps its telling waiting. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const until = AbortSignal.any([signal, stop.signal]);
    const telling = this.#tellChanges(until);
    const broken = new Promise<never>((_, reject) => this.#note(until).catch(reject));
    try {
      await Promise.race([telling, broken]);
    } finally {
      stop.abort();
      // It may wait for somebody who does not answer.
      telling.catch(() => undefined);
    }
  }

  async #note(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#log.note();
      this.#session.status.retainedBytes = this.#log.retainedBytes;
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tellChanges(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const atUs = this.#session.deps.nowUs();
      const seen = this.#log.note();
      await this.#checkSchema();
      for (const events of this.#log.look(seen)) await this.#take(events);
      await this.#watermark(atUs);
      this.#prune();
      await delay(lookMs, undefined, { signal }).catch(() => undefined);
    }
  }

  close(): Promise<void> {
    return this.#publisher.close();
  }

  async #take(events: readonly SourceEvent[]): Promise<void> {
    const outgoing: Outgoing[] = [];
    for (const event of events) {
      for (const assembled of this.#assembler.take(event)) {
        if (assembled.kind === 'heartbeat') continue;
        outgoing.push(assembled);
        if (assembled.kind === 'transaction') this.#tell(assembled.update.what);
      }
    }
    this.#busyUntilMs = performance.now() + busyForMs;
    await this.#publisher.push(outgoing);
  }

  #tell(what: StateUpdate['what']): void {
    const { options, deps } = this.#session;
    if (what.case === 'transaction')
      deps.onChanges(options.wanted.migration, options.universe, what.value.changes);
  }

  /** Everything committed before `atUs` was taken. */
  async #watermark(atUs: bigint): Promise<void> {
    const now = performance.now();
    const { status, completeSinceUs } = this.#session;
    if (now - this.#watermarkAtMs < (now < this.#busyUntilMs ? busyMs : quietMs)) return;
    this.#watermarkAtMs = now;
    this.#sequence += 1;
    status.state = 'streaming';
    status.problems = [];
    status.completeSinceUs = completeSinceUs;
    status.heartbeatAtUs = atUs;
    // Its ALTER TABLE changes no value, and the triggers tell every DELETE row by row.
    status.tablesKeptSinceMs = 0;
    status.tablesLookedAtMs = Number(atUs / 1_000n);
    const heartbeat = { capture: this.#session.options.wanted.slot, sequence: this.#sequence, atUs };
    await this.#publisher.push([
      { kind: 'watermark', watermark: watermarkOf(heartbeat, 0n, completeSinceUs) },
    ]);
  }

  /** Before the first changed row of a table that is another by now is taken for what it was. */
  async #checkSchema(): Promise<void> {
    const version = this.#log.schemaVersion();
    if (version === this.#schemaVersion) return;
    const { checkSchema, completeSinceUs } = this.#session;
    if (this.#schemaVersion !== undefined && (await checkSchema()) !== completeSinceUs)
      throw new Error('the change log was made anew');
    this.#schemaVersion = version;
  }

  #prune(): void {
    const now = performance.now();
    if (this.#acknowledged <= this.#pruned || now - this.#prunedAtMs < pruneMs) return;
    this.#prunedAtMs = now;
    if (this.#log.prune(this.#acknowledged)) this.#pruned = this.#acknowledged;
  }
}

function lookups(entities: readonly string[]): Problem {
  return {
    code: 'mapping',
    message: `lookups in a SQLite file are not read: ${entities.join(', ')}`,
    remedy: "map columns of the entity's own table",
    passing: false,
  };
}

function gap(message: string): Problem {
  return {
    code: 'slot-lost',
    message: `the change log has a gap: ${message}`,
    remedy:
      'the log is made anew; verify the databases (chronos verify), then chronos resume; a higher limit of what waits for Chronos: retained_wal_max_mib',
    passing: false,
  };
}
