/** One universe's capture for as long as its migration runs: streams, says why it does not, tries again, takes itself away. */
import { setTimeout as delay } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { retainedLimitBytes } from '../../core/change/declared.ts';
import { pausedWatermark } from '../../core/change/heartbeat.ts';
import { leavesGap, needsWord, type Problem } from '../../core/change/preflight.ts';
import { slotStanding } from '../../core/change/slot-watch.ts';
import { openSql } from '../cdc/open-sql.ts';
import { dropPublication, dropSlot, isInUse, measureSlot } from '../cdc/slot.ts';
import { Stopped } from '../cdc/stopped.ts';
import { type CaptureDeps, type CaptureOptions, universeNumbers } from './capture-options.ts';
import { captureSession, tooMuchWal } from './session.ts';
import { type CaptureStatus, newStatus } from './status.ts';

/** Between two attempts. */
const retryMs = 1_000;
/** A passing problem becomes one that people must hear of. */
const patienceMs = 30_000;

/** How the migration hears of trouble, and the capture of people's answer. */
export interface MigrationPort {
  /** Pauses the migration, once for each reason and run of it. */
  pause(reason: string): Promise<void>;
  /** Grows when people have resumed the migration or changed its file. */
  readonly resumed: number;
}

export class UniverseCapture {
  readonly status: CaptureStatus = newStatus();
  readonly #options: CaptureOptions;
  readonly #deps: CaptureDeps;
  readonly #migration: MigrationPort;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #troubleSinceMs: number | undefined;
  #sequence = 0;
  #toldLast = '';

  constructor(options: CaptureOptions, deps: CaptureDeps, migration: MigrationPort) {
    this.#options = options;
    this.#deps = deps;
    this.#migration = migration;
  }

  get options(): CaptureOptions {
    return this.#options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends; the slot stays and keeps what comes. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.status.state = 'stopped';
  }

  /** Ends for good: the database keeps nothing for us any more. */
  async remove(): Promise<void> {
    await this.stop();
    const { wanted, store } = this.#options;
    await this.#deps.release(wanted.slot);
    const sql = await openSql(this.#options.url);
    try {
      await dropSlot(sql, wanted.slot);
      await dropPublication(sql, wanted.publication);
    } finally {
      await sql.end();
    }
    await store.forget();
    this.#deps.log(`${wanted.slot}: slot and publication are removed`);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await captureSession(this.#options, this.#deps, this.status, signal);
      } catch (error) {
        // Whatever fails meanwhile (Chronos' own database, say) must not end the capture.
        await this.#trouble(error).catch((cause: unknown) =>
          this.#deps.log(`${this.#options.wanted.slot}: ${String(cause)}`),
        );
      }
      await this.#pause();
    }
  }

  async #trouble(error: unknown): Promise<void> {
    const wasStreaming = this.status.state === 'streaming';
    if (wasStreaming || this.#troubleSinceMs === undefined) this.#troubleSinceMs = performance.now();
    const problems = problemsIn(error, this.#options.wanted.slot);
    this.status.problems = problems;
    const lasts = performance.now() - this.#troubleSinceMs > patienceMs;
    const stands = problems.some(({ passing }) => !passing);
    this.status.state = stands || lasts ? 'paused' : 'waiting';
    // Tables that a service is about to make are no news yet.
    this.#tell(problems.filter(({ code }) => lasts || (code !== 'table-missing' && code !== 'mapping')));
    if (problems.some(leavesGap)) await this.#giveUpSlot();
    await this.#tellPaused();
    if (stands || (lasts && error instanceof Stopped)) await this.#hold(problems);
  }

  /** Each set of problems once. */
  #tell(problems: readonly Problem[]): void {
    const text = problems.map(textOf).join();
    if (text === this.#toldLast) return;
    this.#toldLast = text;
    for (const problem of problems) this.#deps.log(`${this.#options.wanted.slot}: ${textOf(problem)}`);
  }

  /** Pauses the migration. What only people can judge (a changed table, a gap) waits for their word; the rest is checked again. */
  async #hold(problems: readonly Problem[]): Promise<void> {
    const reason = problems.map(textOf).join('; ');
    const before = this.#migration.resumed;
    await this.#pauseMigration(reason);
    if (!problems.some(needsWord)) return;
    while (!this.#stop.signal.aborted && this.#migration.resumed === before) {
      await this.#pause();
      // Again, for it may have been away, or the migration started since; the same reason pauses it once.
      await this.#pauseMigration(reason);
      await this.#watchIdleSlot();
      await this.#tellPaused();
    }
    await this.#options.store.forgetColumns();
  }

  async #pauseMigration(reason: string): Promise<void> {
    try {
      await this.#migration.pause(`entanglement, ${this.#options.universe}: ${reason}`);
    } catch (error) {
      this.#deps.log(`${this.#options.wanted.slot}: the migration could not be paused: ${String(error)}`);
    }
  }

  /** While nobody reads it, the slot still holds WAL back. */
  async #watchIdleSlot(): Promise<void> {
    const { wanted, entanglement, url } = this.#options;
    try {
      const sql = await openSql(url);
      try {
        const measure = await measureSlot(sql, wanted.slot);
        this.status.retainedBytes = measure?.retainedBytes;
        const limit = retainedLimitBytes(entanglement);
        if (measure === undefined || slotStanding(measure.retainedBytes, limit) !== 'too-much') return;
        const problem = tooMuchWal(wanted.slot, measure.retainedBytes, limit);
        this.status.problems = [...this.status.problems, problem];
        this.#deps.log(`${wanted.slot}: ${textOf(problem)}`);
      } finally {
        await sql.end();
      }
      await this.#giveUpSlot();
    } catch {
      // The database is away: then nothing is written to its WAL either.
    }
  }

  async #giveUpSlot(): Promise<void> {
    const { wanted, url, universe } = this.#options;
    try {
      await this.#deps.release(wanted.slot);
      const sql = await openSql(url);
      try {
        if (!(await dropSlot(sql, wanted.slot))) return;
      } finally {
        await sql.end();
      }
      this.status.retainedBytes = undefined;
      this.#deps.metrics.slotDropped(wanted.migration, universe);
    } catch (error) {
      this.#deps.log(`${wanted.slot}: the slot could not be dropped: ${String(error)}`);
    }
  }

  /** Readers must not take silence for "nothing happened". */
  async #tellPaused(): Promise<void> {
    const { wanted, universe } = this.#options;
    this.#sequence += 1;
    const reason = this.status.problems.map(({ message }) => message).join('; ');
    const watermark = pausedWatermark(reason, this.#deps.nowUs(), this.#sequence);
    const value = toBinary(
      StateUpdateSchema,
      create(StateUpdateSchema, {
        migration: wanted.migration,
        universe: universeNumbers[universe],
        what: { case: 'watermark', value: watermark },
      }),
    );
    const key = `watermark:${wanted.migration}:${universe}`;
    const records = Array.from({ length: this.#deps.partitions }, (_, partition) => ({
      key,
      value,
      partition,
    }));
    await this.#deps.producer.send(this.#deps.topic, records).catch(() => undefined);
  }

  #pause(): Promise<unknown> {
    return delay(retryMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** Anything but a named problem is a database or connection that is away: time helps. */
function problemsIn(error: unknown, slot: string): Problem[] {
  if (error instanceof Stopped) return [...error.problems];
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  if (isInUse(error))
    return [
      {
        code: 'slot-in-use',
        message: `slot ${slot} is in use: ${message}`,
        remedy:
          'end the other reader, or name another slot: database.slot of this universe in the migration file',
        passing: true,
      },
    ];
  return [
    {
      code: 'database-away',
      message: `the database cannot be read: ${message}`,
      remedy: 'see that it runs and that its URL is right; Chronos tries again each second',
      passing: true,
    },
  ];
}

function textOf({ message, remedy }: Pick<Problem, 'message' | 'remedy'>): string {
  return `${message} → ${remedy}`;
}
