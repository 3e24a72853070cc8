import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  EntityVerificationSchema,
  JobState,
  type Verification,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { hasMatchedKey, matchedFields } from '../../core/identifiers/matched-rows.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Verified } from '../../core/repair/verified.ts';
import { isIndexed, keyOrders } from '../../core/verify/key-order.ts';
import { Pace } from '../../core/verify/pace.ts';
import type { JobPosition } from '../store/job-store.ts';
import { compareInChunks } from './chunks.ts';
import type { Sides } from './find-suspects.ts';
import type { RepairTogether } from './repair-together.ts';
import { RefusedRows, type Repair, RowRepairs } from './row-repairs.ts';
import { SuspectRows, type SuspectTimes } from './suspect-rows.ts';

export interface VerificationOptions {
  readonly migration: string;
  /** 0: unbounded. */
  readonly rowsPerSecond: number;
  /** Absent: differences are only reported. */
  readonly repair?: Repair;
  /** Rows that are repaired at once; default 1. */
  readonly repairsAtOnce?: number;
  /** More rows differ than a verification repairs: the last of them are left as they are (default), or repaired before it ends. */
  readonly beyondLimit?: 'left' | 'repaired';
  /** For rows that `repair` rejects: some can only be written with others. */
  readonly together?: RepairTogether;
  readonly times: SuspectTimes;
  /** Rows of a chunk; default 20,000. */
  readonly chunkRows?: number;
}

/** Keeps a job's state; called after each piece of work. */
export type SaveJob = (job: Verification, position: JobPosition, ended: boolean) => Promise<void>;

const CHUNK_ROWS = 20_000;
/** Without an index each chunk reads the whole table: few and large ones then. */
const CHUNKS_WITHOUT_INDEX = 8;
/** A repair is for rows, a copy for tables. */
const DIFFERENCES_MAX = 10_000;
const SUSPECTS_AT_ONCE = 1_000;

/**
 * Compares the entities of both databases, one after the other, chunk by chunk of the key, while both are written to. It reads only; with `repair`,
 * rows that differ for certain are repaired as they are found.
 */
export class VerificationJob {
  readonly #entities: readonly CompiledEntity[];
  readonly #sides: Sides;
  readonly #options: VerificationOptions;
  readonly #save: SaveJob;
  readonly #pace: Pace;
  readonly #job: Verification;
  readonly #refused = new RefusedRows();
  readonly #repairs: RowRepairs | undefined;
  /** Of each entity, what was seen of its rows; whether all of them were looked at by this process. */
  readonly #looked: { readonly entity: string; readonly rows: SuspectRows; isWhole: boolean }[] = [];
  #position: JobPosition;

  /** @param resumed what {@link SaveJob} was given last, to go on from there. */
  constructor(
    entities: readonly CompiledEntity[],
    sides: Sides,
    options: VerificationOptions,
    save: SaveJob,
    resumed?: { readonly job: Verification; readonly position: JobPosition },
  ) {
    this.#entities = entities;
    this.#sides = sides;
    this.#options = options;
    this.#save = save;
    this.#pace = new Pace(options.rowsPerSecond);
    const { repair, repairsAtOnce = 1 } = options;
    this.#repairs = repair && new RowRepairs(repair, repairsAtOnce, this.#refused);
    this.#job =
      resumed?.job ??
      create(VerificationSchema, {
        id: randomUUID(),
        migration: options.migration,
        startedAt: timestampFromMs(Date.now()),
        repair: options.repair !== undefined,
        entities: entities.map(({ name }) => create(EntityVerificationSchema, { entity: name })),
      });
    this.#job.state = JobState.RUNNING;
    this.#job.failure = '';
    if (resumed !== undefined) this.#job.resumed = true;
    this.#position = resumed?.position ?? { entity: 0, from: null };
  }

  /** As it stands now; the same object until the end. */
  get state(): Verification {
    return this.#job;
  }

  /** What it has found of rows. */
  get found(): Pick<Verified, 'entities' | 'unequal' | 'made'> {
    return {
      entities: new Set(this.#looked.filter(({ isWhole }) => isWhole).map(({ entity }) => entity)),
      unequal: new Set(this.#looked.flatMap(({ rows }) => rows.unequal)),
      made: new Set(this.#looked.flatMap(({ rows }) => rows.made)),
    };
  }

  /** Works until it has ended, whatever the end; only storing its state can fail. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#expectRows();
      await this.#save(this.#job, this.#position, false);
      for (let at = this.#position.entity; at < this.#entities.length && !this.#job.truncated; at += 1) {
        const entity = this.#entities[at];
        if (entity !== undefined) await this.#verify(entity, at, signal);
      }
      if (this.#options.together !== undefined) await this.#refused.repair(this.#options.together, signal);
      this.#job.state = this.#verdict();
    } catch (error) {
      this.#job.state = signal.aborted ? JobState.STOPPED : JobState.FAILED;
      if (!signal.aborted) this.#job.failure = error instanceof Error ? error.message : String(error);
    }
    this.#job.secondsLeft = undefined;
    this.#job.endedAt = timestampFromMs(Date.now());
    const hasEnded = this.#job.state !== JobState.STOPPED && this.#job.state !== JobState.FAILED;
    await this.#save(this.#job, this.#position, hasEnded);
  }

  async #expectRows(): Promise<void> {
    for (const entity of this.#entities) {
      const [legacy, modern] = await Promise.all([
        this.#sides.legacy.estimate(entity),
        this.#sides.modern.estimate(entity),
      ]);
      const progress = this.#progress(entity);
      progress.rowsExpected = BigInt(Math.max(legacy, modern));
    }
    this.#job.rowsExpected = this.#job.entities.reduce((sum, { rowsExpected }) => sum + rowsExpected, 0n);
  }

  async #verify(entity: CompiledEntity, at: number, signal: AbortSignal): Promise<void> {
    const progress = this.#progress(entity);
    const { times, beyondLimit = 'left' } = this.#options;
    const leaveFrom = beyondLimit === 'left' ? DIFFERENCES_MAX : undefined;
    const suspects = new SuspectRows(entity, this.#sides, times, this.#repairs, leaveFrom);
    const from = this.#position.entity === at ? (this.#position.from ?? undefined) : undefined;
    const looked = { entity: entity.name, rows: suspects, isWhole: false };
    this.#looked.push(looked);
    let isCut = false;
    const chunks = compareInChunks(this.#sides, entity, {
      from,
      chunkRows: this.#chunkRows(entity, Number(progress.rowsExpected)),
      suspectsMax: DIFFERENCES_MAX,
    });
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      const { rows, next } = chunk;
      suspects.add(chunk.suspects);
      progress.rowsLegacy += BigInt(rows.legacy);
      progress.rowsModern += BigInt(rows.modern);
      const read = BigInt(Math.max(rows.legacy, rows.modern));
      if (!chunk.isAgain) this.#job.rowsRead += read;
      const restMs = this.#pace.done(Number(read), Number(this.#job.rowsRead), Date.now());
      this.#measure();
      if (chunk.isLast || suspects.size >= SUSPECTS_AT_ONCE)
        await suspects.settle(this.#job, progress, signal);
      if (suspects.size === 0)
        this.#position = chunk.isLast ? { entity: at + 1, from: null } : { entity: at, from: next ?? null };
      if (progress.differences >= BigInt(DIFFERENCES_MAX)) this.#job.truncated = true;
      progress.done = chunk.isLast || this.#job.truncated;
      isCut ||= chunk.suspects.length >= DIFFERENCES_MAX;
      looked.isWhole = chunk.isLast && from === undefined && !isCut;
      await this.#save(this.#job, this.#position, false);
      if (progress.done) return;
      if (restMs > 0) await delay(restMs, undefined, { signal });
    }
  }

  #chunkRows(entity: CompiledEntity, expected: number): number {
    const { chunkRows = CHUNK_ROWS, rowsPerSecond } = this.#options;
    const matched = matchedFields(entity).map(({ identifiers }) => identifiers);
    if (matched.length > 0)
      this.#progress(entity).note =
        `ids are matched through the pairs of ${[...new Set(matched)].join(', ')}`;
    const bounded = rowsPerSecond === 0 ? chunkRows : Math.min(chunkRows, Math.max(500, rowsPerSecond));
    if (hasMatchedKey(entity) || isIndexed(keyOrders(entity, 'legacy'))) return bounded;
    const few = Math.max(bounded, Math.ceil(expected / CHUNKS_WITHOUT_INDEX));
    if (few > bounded)
      this.#progress(entity).note =
        `no index has the order of its key in both databases: each of its chunks of ${few} rows reads the whole table`;
    return few;
  }

  #progress(entity: CompiledEntity) {
    const progress = this.#job.entities.find((each) => each.entity === entity.name);
    if (progress === undefined) throw new Error(`the verification does not know entity ${entity.name}`);
    return progress;
  }

  #measure(): void {
    this.#job.rowsPerSecond = this.#pace.rowsPerSecond;
    const left = Number(this.#job.rowsExpected - this.#job.rowsRead);
    this.#job.secondsLeft = this.#pace.secondsLeft(left);
  }

  #verdict(): JobState {
    const open = this.#job.entities.some(({ differences, repaired }) => differences > repaired);
    if (open || this.#job.truncated) return JobState.DIFFERENT;
    return this.#job.entities.some(({ unsettled }) => unsettled > 0n) ? JobState.UNSETTLED : JobState.CLEAN;
  }
}
