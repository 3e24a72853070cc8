/** One universe's capture for as long as its migration runs: streams, says why it does not, tries again, takes itself away. */
import { setTimeout as delay } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { pausedWatermark } from '../../core/change/heartbeat.ts';
import { leavesGap, needsWord, type Problem } from '../../core/change/preflight.ts';
import { sqlitePath } from '../cdc/sqlite/database.ts';
import { sqliteDriver } from '../cdc/sqlite/sqlite-driver.ts';
import { Stopped } from '../cdc/stopped.ts';
import { within } from '../within.ts';
import type { CaptureDriver } from './capture-driver.ts';
import { type CaptureDeps, type CaptureOptions, universeNumbers } from './capture-options.ts';
import { postgresDriver } from './postgres-driver.ts';
import { problemsIn } from './problems-in.ts';
import { type CaptureStatus, newStatus } from './status.ts';

/** Between two attempts. */
const retryMs = 1_000;
/** A passing problem becomes one that people must hear of. */
const patienceMs = 30_000;
/** For readers of the topic; the migration itself is paused by the control plane. */
const tellWithinMs = 1_000;

/** How the migration hears of trouble, and the capture of people's answer. */
export interface MigrationPort {
  /** Pauses the migration, once for each reason and run of it. */
  pause(reason: string): Promise<void>;
  /** Grows when people have resumed the migration, start it, or have changed its file. */
  readonly resumed: number;
}

export class UniverseCapture {
  readonly status: CaptureStatus = newStatus();
  readonly #options: CaptureOptions;
  readonly #deps: CaptureDeps;
  readonly #migration: MigrationPort;
  readonly #driver: CaptureDriver;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #troubleSinceMs: number | undefined;
  /** People have said that the tables are now as they are to be: what does not fit them since is no service's about to make its tables. */
  #isWordGiven = false;
  /** That others read the slot on was logged. */
  #isReadOn = false;
  #sequence = 0;
  #telling: Promise<unknown> | undefined;
  #toldLast = '';

  constructor(
    options: CaptureOptions,
    deps: CaptureDeps,
    migration: MigrationPort,
    driver: CaptureDriver = driverOf(options, deps),
  ) {
    this.#options = options;
    this.#deps = deps;
    this.#migration = migration;
    this.#driver = driver;
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
    const what = await this.#driver.remove();
    this.#deps.log(`${this.#options.wanted.slot}: ${what}`);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#driver.run(this.status, signal);
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
    if (wasStreaming) this.#isWordGiven = false;
    const named = problemsIn(error, this.#options.wanted.slot).map((problem) =>
      this.#isWordGiven && problem.code === 'mapping' ? { ...problem, passing: false } : problem,
    );
    const exceeded = named.some(leavesGap) ? [] : await this.#exceeded();
    const problems = [...named, ...(exceeded ?? [])];
    this.status.problems = problems;
    const lasts = performance.now() - this.#troubleSinceMs > patienceMs;
    const stands = problems.some(({ passing }) => !passing);
    this.status.state = stands || lasts ? 'paused' : 'waiting';
    // Tables that a service is about to make are no news yet.
    this.#tell(
      problems.filter(
        ({ code, passing }) => lasts || !passing || (code !== 'table-missing' && code !== 'mapping'),
      ),
    );
    if (problems.some(leavesGap)) await this.#giveUpSlot();
    await this.#tellPaused();
    // A database that answers, while its stream breaks again and again, is not away: time alone does not help.
    const isBroken = error instanceof Stopped || exceeded !== undefined;
    if (stands || (lasts && isBroken)) await this.#hold(problems);
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
    this.#isReadOn = false;
    await this.#pauseMigration(reason);
    if (!problems.some(needsWord)) return;
    while (!this.#stop.signal.aborted) {
      await this.#pause();
      if (this.#migration.resumed !== before) break;
      // Again, for it may have been away, or the migration started since; the same reason pauses it once.
      await this.#pauseMigration(reason);
      await this.#watchIdleSlot();
      if (problems.some(({ code }) => code === 'slot-moved')) await this.#watchReadSlot();
      await this.#tellPaused();
    }
    this.#isWordGiven = true;
    // What it was paused for is no news of how it stands from here on.
    this.status.state = 'starting';
    this.status.problems = [];
    await this.#options.store.forgetColumns();
  }

  async #pauseMigration(reason: string): Promise<void> {
    try {
      await this.#migration.pause(`entanglement, ${this.#options.universe}: ${reason}`);
    } catch (error) {
      this.#deps.log(`${this.#options.wanted.slot}: the migration could not be paused: ${String(error)}`);
    }
  }

  async #watchIdleSlot(): Promise<void> {
    for (const problem of (await this.#exceeded()) ?? []) {
      this.status.problems = [...this.status.problems, problem];
      this.#deps.log(`${this.#options.wanted.slot}: ${textOf(problem)}`);
      await this.#giveUpSlot();
    }
  }

  /** Whoever reads our slot while it waits reads on: the gap is told up to now, so that people's word, once they are gone, is enough. */
  async #watchReadSlot(): Promise<void> {
    const moved = await this.#driver.movedOn?.().catch(() => undefined);
    if (moved === undefined) return;
    if (!this.#isReadOn) this.#deps.log(`${this.#options.wanted.slot}: ${textOf(moved)}`);
    this.#isReadOn = true;
    this.status.problems = [moved];
  }

  /** While nobody reads it, or only until the next error, the slot still holds WAL back. Undefined: the database does not answer. */
  async #exceeded(): Promise<Problem[] | undefined> {
    try {
      const problem = await this.#driver.exceeded(this.status);
      return problem === undefined ? [] : [problem];
    } catch {
      // The database is away: then nothing is written to its WAL either.
      return undefined;
    }
  }

  async #giveUpSlot(): Promise<void> {
    const { wanted, universe } = this.#options;
    try {
      if (!(await this.#driver.giveUp())) return;
      this.status.retainedBytes = undefined;
      this.#deps.metrics.slotDropped(wanted.migration, universe);
    } catch (error) {
      this.#deps.log(`${wanted.slot}: the slot could not be dropped: ${String(error)}`);
    }
  }

  /** Readers must not take silence for "nothing happened". A broker that hangs is asked once, and keeps nothing else waiting. */
  async #tellPaused(): Promise<void> {
    if (this.#telling !== undefined) return;
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
    this.#telling = this.#deps.producer
      .send(this.#deps.topic, records)
      .catch(() => undefined)
      .finally(() => {
        this.#telling = undefined;
      });
    await within(tellWithinMs, this.#telling);
  }

  #pause(): Promise<unknown> {
    return delay(retryMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

function driverOf(options: CaptureOptions, deps: CaptureDeps): CaptureDriver {
  const path = sqlitePath(options.url);
  return path === undefined ? postgresDriver(options, deps) : sqliteDriver(path, options, deps);
}

function textOf({ message, remedy }: Pick<Problem, 'message' | 'remedy'>): string {
  return `${message} → ${remedy}`;
}
