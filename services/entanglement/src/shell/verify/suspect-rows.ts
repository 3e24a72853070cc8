import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import {
  type EntityVerification,
  type RowDifference,
  RowDifferenceSchema,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { type Reading, Suspects } from '../../core/verify/settle.ts';
import type { Sides } from './find-suspects.ts';
import { differingFields } from './postgres-side.ts';
import type { RefusedRow, RepairTogether } from './repair-together.ts';
import { keyOf, type SideRow } from './side.ts';

/** A row that differs for certain, as it was read. */
export interface DifferingRow {
  readonly entity: CompiledEntity;
  readonly key: readonly string[];
  readonly legacy: SideRow | undefined;
  readonly modern: SideRow | undefined;
}

/** Makes both sides equal; resolves to false if a side has changed since. Rejects with the reason when it cannot be done. */
export type Repair = (row: DifferingRow) => Promise<boolean>;

export interface SuspectTimes {
  /** For so long a request may be on its way to the other universe; a row that rests unequal for longer differs. */
  readonly quietMs: number;
  /** Rows that never rest are given up after this. */
  readonly givenUpAfterMs: number;
  /** Looks are at most so far apart; default 2 s. */
  readonly looksApartMaxMs?: number;
  /** Resolves once both change streams have passed the instant, where there are streams; to false when they stand still. */
  readonly passed?: (atMs: number, signal: AbortSignal) => Promise<boolean>;
}

const DIFFERENCES_SHOWN = 200;
/** Rows of one transaction, at most. */
const REFUSED_MAX = 5_000;
const FIRST_LOOK_MS = 100;
const LOOKS_APART_MAX_MS = 2_000;

/** Rows that could not be repaired one by one, to be tried {@link RepairTogether} when all entities were gone through. */
export class RefusedRows {
  readonly #rows: {
    readonly row: RefusedRow;
    readonly shown: RowDifference;
    readonly progress: EntityVerification;
  }[] = [];

  add(
    { entity, key, legacy, modern }: DifferingRow,
    shown: RowDifference,
    progress: EntityVerification,
  ): void {
    const row = { entity, key, legacy: legacy?.version, modern: modern?.version };
    if (this.#rows.length < REFUSED_MAX) this.#rows.push({ row, shown, progress });
  }

  async repair(together: RepairTogether): Promise<void> {
    if (this.#rows.length === 0) return;
    const outcomes = await together(this.#rows.map(({ row }) => row));
    for (const [at, { shown, progress }] of this.#rows.entries()) {
      const outcome = outcomes[at];
      shown.repaired = outcome === true;
      if (shown.repaired) progress.repaired += 1n;
      shown.repairFailure = typeof outcome === 'string' ? outcome : '';
    }
  }
}

/** The rows of one entity that were seen unequal, until each is known to have been in flight, to differ or never to rest. */
export class SuspectRows {
  readonly #entity: CompiledEntity;
  readonly #sides: Sides;
  readonly #times: SuspectTimes;
  readonly #repair: Repair | undefined;
  readonly #refused: RefusedRows;
  #keys = new Set<string>();

  /** @param refused is told of rows that the repair rejects. */
  constructor(
    entity: CompiledEntity,
    sides: Sides,
    times: SuspectTimes,
    repair: Repair | undefined,
    refused: RefusedRows,
  ) {
    this.#entity = entity;
    this.#sides = sides;
    this.#times = times;
    this.#repair = repair;
    this.#refused = refused;
  }

  get size(): number {
    return this.#keys.size;
  }

  add(keys: readonly string[]): void {
    for (const key of keys) this.#keys.add(key);
  }

  /** Decides all of them, and counts them in the verification. */
  async settle(job: Verification, progress: EntityVerification, signal: AbortSignal): Promise<void> {
    const suspects = new Suspects<SideRow>(this.#times);
    let open = [...this.#keys];
    const { looksApartMaxMs = LOOKS_APART_MAX_MS } = this.#times;
    const firstMs = Math.min(FIRST_LOOK_MS, looksApartMaxMs);
    for (let waitMs = firstMs; open.length > 0; waitMs = Math.min(waitMs * 2, looksApartMaxMs)) {
      signal.throwIfAborted();
      const atMs = Date.now();
      const readings = await this.#read(open);
      const passed = (await this.#times.passed?.(atMs, signal)) ?? true;
      for (const [key, reading] of readings) {
        const seen = suspects.see(key, reading, atMs);
        // What is still to come in a stream may explain it.
        const outcome = seen === 'differs' && !passed ? 'unsettled' : seen;
        if (outcome === 'in-flight') progress.inFlight += 1n;
        if (outcome === 'unsettled') progress.unsettled += 1n;
        if (outcome === 'differs') await this.#differs(key, reading, job, progress);
      }
      open = [...suspects.open];
      if (open.length > 0)
        await delay(Math.min(waitMs, Math.max(1, suspects.nextMs(Date.now()) - Date.now())), undefined, {
          signal,
        });
    }
    this.#keys = new Set();
  }

  async #read(open: readonly string[]): Promise<Map<string, Reading<SideRow>>> {
    const keys = open.map(keyOf);
    const [legacy, modern] = await Promise.all([
      this.#sides.legacy.rows(this.#entity, keys),
      this.#sides.modern.rows(this.#entity, keys),
    ]);
    return new Map(open.map((key) => [key, this.#reading(legacy.get(key), modern.get(key))]));
  }

  #reading(legacy: SideRow | undefined, modern: SideRow | undefined): Reading<SideRow> {
    const equal =
      legacy === undefined || modern === undefined
        ? legacy === modern
        : differingFields(this.#entity, legacy.values, modern.values).length === 0;
    return {
      legacy: legacy && { row: legacy, version: legacy.version },
      modern: modern && { row: modern, version: modern.version },
      equal,
    };
  }

  async #differs(
    key: string,
    reading: Reading<SideRow>,
    job: Verification,
    progress: EntityVerification,
  ): Promise<void> {
    const row: DifferingRow = {
      entity: this.#entity,
      key: keyOf(key),
      legacy: reading.legacy?.row,
      modern: reading.modern?.row,
    };
    const shown = this.#shown(row);
    progress.differences += 1n;
    if (job.differences.length < DIFFERENCES_SHOWN) job.differences.push(shown);
    if (this.#repair === undefined) return;
    try {
      shown.repaired = await this.#repair(row);
      if (shown.repaired) progress.repaired += 1n;
      else shown.repairFailure = 'the row changed meanwhile';
    } catch (error) {
      shown.repairFailure = error instanceof Error ? error.message : String(error);
      this.#refused.add(row, shown, progress);
    }
  }

  /** Vectors as they may be shown: sensitive fields masked. */
  #shown({ legacy, modern, key }: DifferingRow): RowDifference {
    const [left, right] = [legacy, modern].map((row) => row && this.#entity.vector(row.values));
    const shown = create(RowDifferenceSchema, {
      entity: this.#entity.name,
      key: JSON.stringify(key),
      fields: legacy && modern ? differingFields(this.#entity, legacy.values, modern.values) : [],
    });
    if (left !== undefined) {
      shown.legacy = left;
      shown.key = this.#entity.key(left);
    }
    if (right !== undefined) {
      shown.modern = right;
      shown.key = this.#entity.key(right);
    }
    return shown;
  }
}
