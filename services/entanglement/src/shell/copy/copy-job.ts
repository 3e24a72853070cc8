import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Copy,
  CopySchema,
  EntityCopySchema,
  JobState,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type pg from 'pg';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { Pace } from '../../core/verify/pace.ts';
import { keepSequencesAhead } from '../identifiers/keep-sequences-ahead.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import type { JobPosition } from '../store/job-store.ts';
import type { Sides } from '../verify/find-suspects.ts';
import { comparisonOf } from './comparison.ts';
import { LeftRows } from './left-rows.ts';

export interface CopyOptions {
  readonly migration: string;
  /** Modern's database, to be written. */
  readonly target: pg.Pool;
  /** Of the mark in the WAL by which its writes are known; the copy's id follows. */
  readonly prefix: string;
  /** By which ids are matched. */
  readonly pairs?: PairSource;
  readonly rowsPerSecond: number;
  /** Overwrite rows that modern has already. */
  readonly intoFilled: boolean;
  /** Compares both databases and repairs modern's rows: brings what changed while the copy ran. */
  readonly catchUp: (signal: AbortSignal, tell: TellCheck) => Promise<Verification>;
  /** Writes what legacy has changed since the copy began; absent where nothing tells of it, or modern gets requests of its own. */
  readonly follow?: (copyId: string) => Follow;
  /** Rows of a chunk; default 2,000. */
  readonly chunkRows?: number;
}

/** Is given the comparison as it begins; it goes on changing. */
export type TellCheck = (check: Verification) => void;

/** Legacy's changes, from before the first row is read. */
export interface Follow {
  /** Writes every row that was told of. */
  drain(): Promise<void>;
  /** Resolves once everything that was committed before the call has been told of. */
  told(signal: AbortSignal): Promise<void>;
}

export type SaveCopy = (job: Copy, position: JobPosition, ended: boolean) => Promise<void>;

const CHUNK_ROWS = 2_000;
const FOLLOW_EVERY_MS = 10;
/** Each round finds only what changed during the one before. */
const CATCH_UP_ROUNDS_MAX = 5;

/**
 * Whether modern may be written into is asked before ({@link refuseFilled}).
 *
 * Copies legacy's rows into modern's tables, parents first, chunk by chunk of the key, while legacy is written to; then both are compared and what
 * changed meanwhile is brought over, until nothing is left.
 */
export class CopyJob {
  readonly #entities: readonly CompiledEntity[];
  readonly #sides: Sides;
  readonly #options: CopyOptions;
  readonly #save: SaveCopy;
  readonly #pace: Pace;
  readonly #job: Copy;
  readonly #follow: Follow | undefined;
  readonly #left: LeftRows;
  #position: JobPosition;
  #check: { readonly round: number; readonly state: Verification } | undefined;

  /** @param entities in dependency order. */
  constructor(
    entities: readonly CompiledEntity[],
    sides: Sides,
    options: CopyOptions,
    save: SaveCopy,
    resumed?: { readonly job: Copy; readonly position: JobPosition },
  ) {
    this.#entities = entities;
    this.#sides = sides;
    this.#options = options;
    this.#save = save;
    this.#pace = new Pace(options.rowsPerSecond);
    this.#job =
      resumed?.job ??
      create(CopySchema, {
        id: randomUUID(),
        migration: options.migration,
        startedAt: timestampFromMs(Date.now()),
        entities: entities.map(({ name }) => create(EntityCopySchema, { entity: name })),
      });
    this.#follow = options.follow?.(this.#job.id);
    const { target: pool, prefix, intoFilled, pairs = noPairs } = options;
    const onConflict = intoFilled ? 'overwrite' : 'skip';
    this.#left = new LeftRows(entities, sides.legacy, {
      pool,
      universe: 'modern',
      prefix,
      id: this.#job.id,
      onConflict,
      pairs,
    });
    this.#job.state = JobState.RUNNING;
    this.#job.failure = '';
    this.#position = resumed?.position ?? { entity: 0, from: null };
  }

  /** As it stands now; the same object until the end. */
  get state(): Copy {
    if (this.#check !== undefined)
      this.#job.comparison = comparisonOf(this.#check.round, CATCH_UP_ROUNDS_MAX, this.#check.state);
    return this.#job;
  }

  /** Works until it has ended, whatever the end; only storing its state can fail. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#expectRows();
      // Before the first row: whatever becomes of this process, there is something to be resumed.
      await this.#save(this.#job, this.#position, false);
      for (let at = this.#position.entity; at < this.#entities.length; at += 1) {
        const entity = this.#entities[at];
        if (entity !== undefined) await this.#copy(entity, at, signal);
      }
      await this.#left.write(signal, {
        before: async () => this.#follow?.drain(),
        written: (entity, rows) => this.#count(entity, rows),
      });
      const state = await this.#catchUp(signal);
      // Nothing more is written: rows that came after their entity's last chunk, and those of a process before this one, count as well.
      for (const entity of this.#entities) await keepSequencesAhead(this.#options.target, entity, 'modern');
      this.#job.state = state;
    } catch (error) {
      this.#job.state = signal.aborted ? JobState.STOPPED : JobState.FAILED;
      if (!signal.aborted) this.#job.failure = error instanceof Error ? error.message : String(error);
    }
    this.#check = undefined;
    this.#job.comparison = undefined;
    this.#job.secondsLeft = undefined;
    this.#job.endedAt = timestampFromMs(Date.now());
    const hasEnded = this.#job.state !== JobState.STOPPED && this.#job.state !== JobState.FAILED;
    await this.#save(this.#job, this.#position, hasEnded);
  }

  async #expectRows(): Promise<void> {
    for (const [at, entity] of this.#entities.entries()) {
      const progress = this.#job.entities[at];
      if (progress !== undefined) progress.rowsExpected = BigInt(await this.#sides.legacy.estimate(entity));
    }
    this.#job.rowsExpected = this.#job.entities.reduce((sum, { rowsExpected }) => sum + rowsExpected, 0n);
  }

  async #copy(entity: CompiledEntity, at: number, signal: AbortSignal): Promise<void> {
    const progress = this.#job.entities[at];
    if (progress === undefined) throw new Error(`the copy does not know entity ${entity.name}`);
    const { chunkRows = CHUNK_ROWS, rowsPerSecond, target } = this.#options;
    const limit = rowsPerSecond === 0 ? chunkRows : Math.min(chunkRows, Math.max(100, rowsPerSecond));
    let from = this.#position.entity === at ? (this.#position.from ?? undefined) : undefined;
    for (let isLast = false; !isLast; ) {
      signal.throwIfAborted();
      const { rows: chunk, next } = await this.#sides.legacy.page(entity, { from, to: undefined }, limit);
      isLast = next === undefined;
      const written = await this.#left.chunk(
        entity,
        chunk.map(({ values }) => values),
      );
      this.#count(entity, written);
      from = next;
      this.#position = isLast ? { entity: at + 1, from: null } : { entity: at, from: from ?? null };
      const restMs = this.#pace.done(chunk.length, Number(this.#job.rowsWritten), Date.now());
      this.#job.rowsPerSecond = this.#pace.rowsPerSecond;
      this.#job.secondsLeft = this.#pace.secondsLeft(Number(this.#job.rowsExpected - this.#job.rowsWritten));
      progress.done = isLast;
      if (isLast) await keepSequencesAhead(target, entity, 'modern');
      // Between chunks, never beside one: a row that was deleted after a chunk was read must not come back with it.
      await this.#follow?.drain();
      await this.#save(this.#job, this.#position, false);
      if (restMs > 0) await delay(restMs, undefined, { signal });
    }
  }

  #count(entity: CompiledEntity, rows: number): void {
    const progress = this.#job.entities.find((each) => each.entity === entity.name);
    if (progress !== undefined) progress.rowsWritten += BigInt(rows);
    this.#job.rowsWritten += BigInt(rows);
  }

  async #catchUp(signal: AbortSignal): Promise<JobState> {
    this.#job.secondsLeft = undefined;
    await this.#follow?.told(signal);
    for (let round = 1; ; round += 1) {
      const { state, failure, differences, entities } = await this.#following(
        (until) =>
          this.#options.catchUp(until, (check) => {
            this.#check = { round, state: check };
          }),
        signal,
      );
      if (state === JobState.STOPPED || state === JobState.FAILED) throw new Error(failure || 'stopped');
      const repaired = entities.some((entity) => entity.repaired > 0n);
      if (state === JobState.CLEAN && !repaired) return state;
      if (round >= CATCH_UP_ROUNDS_MAX || (state !== JobState.CLEAN && !repaired)) {
        const reason =
          differences.find(({ repairFailure }) => repairFailure !== '')?.repairFailure ?? this.#left.reason;
        if (state === JobState.DIFFERENT)
          this.#job.failure = `rows are left that modern does not take: ${reason}`;
        return state;
      }
    }
  }

  /** Goes on writing what changes while both sides are compared: rows that never rest are equal again within moments of each change. */
  async #following<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const follow = this.#follow;
    if (follow === undefined) return work(signal);
    const stop = new AbortController();
    const working = work(AbortSignal.any([signal, stop.signal])).finally(() => stop.abort());
    try {
      while (!stop.signal.aborted) {
        await follow.drain();
        await delay(FOLLOW_EVERY_MS);
      }
    } catch (error) {
      stop.abort();
      await working.catch(() => undefined);
      throw error;
    }
    return working;
  }
}
