import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import {
  type EntityVerification,
  type RowDifference,
  RowDifferenceSchema,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { rowId } from '../../core/repair/repair-case.ts';
import { type Reading, Suspects } from '../../core/verify/settle.ts';
import type { Sides } from './find-suspects.ts';
import { differingFields } from './postgres-side.ts';
import type { DifferingRow, FoundRow, RowRepairs } from './row-repairs.ts';
import { keyOf, type SideRow } from './side.ts';

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
const FIRST_LOOK_MS = 100;
const LOOKS_APART_MAX_MS = 2_000;

/** The rows of one entity that were seen unequal, until each is known to have been in flight, to differ or never to rest. */
export class SuspectRows {
  readonly #entity: CompiledEntity;
  readonly #sides: Sides;
  readonly #times: SuspectTimes;
  readonly #repairs: RowRepairs | undefined;
  readonly #leaveFrom: number;
  #keys = new Set<string>();
  readonly #differing: { readonly id: string; readonly shown: RowDifference }[] = [];
  readonly #unsettled: string[] = [];

  /**
   * @param repairs absent: differences are only counted.
   * @param leaveFrom with so many rows that differ, those found last are not repaired any more.
   */
  constructor(
    entity: CompiledEntity,
    sides: Sides,
    times: SuspectTimes,
    repairs?: RowRepairs,
    leaveFrom = Number.POSITIVE_INFINITY,
  ) {
    this.#entity = entity;
    this.#sides = sides;
    this.#times = times;
    this.#repairs = repairs;
    this.#leaveFrom = leaveFrom;
  }

  get size(): number {
    return this.#keys.size;
  }

  /** By `rowId`: what was not found equal, and was not made so up to now. */
  get unequal(): string[] {
    const left = this.#differing.filter(({ shown }) => !shown.repaired);
    return [...left.map(({ id }) => id), ...this.#unsettled];
  }

  /** By `rowId`: what was made equal up to now. */
  get made(): string[] {
    return this.#differing.filter(({ shown }) => shown.repaired).map(({ id }) => id);
  }

  add(keys: readonly string[]): void {
    for (const key of keys) this.#keys.add(key);
  }

  /** Decides all of them, and counts them in the verification. */
  async settle(job: Verification, progress: EntityVerification, signal: AbortSignal): Promise<void> {
    try {
      await this.#settle(job, progress, signal);
    } finally {
      job.waitsFor = '';
    }
    this.#keys = new Set();
  }

  async #settle(job: Verification, progress: EntityVerification, signal: AbortSignal): Promise<void> {
    const suspects = new Suspects<SideRow>(this.#times);
    let open = [...this.#keys];
    const { looksApartMaxMs = LOOKS_APART_MAX_MS } = this.#times;
    const firstMs = Math.min(FIRST_LOOK_MS, looksApartMaxMs);
    for (let waitMs = firstMs; open.length > 0; waitMs = Math.min(waitMs * 2, looksApartMaxMs)) {
      signal.throwIfAborted();
      const atMs = Date.now();
      const readings = await this.#read(open);
      job.waitsFor = 'both databases’ changes being read up to now';
      const passed = (await this.#times.passed?.(atMs, signal)) ?? true;
      const found: FoundRow[] = [];
      for (const [key, reading] of readings) {
        const seen = suspects.see(key, reading, atMs);
        // What is still to come in a stream may explain it.
        const outcome = seen === 'differs' && !passed ? 'unsettled' : seen;
        if (outcome === 'in-flight') progress.inFlight += 1n;
        if (outcome === 'unsettled') {
          progress.unsettled += 1n;
          this.#unsettled.push(rowId(this.#entity.name, key));
        }
        if (outcome === 'differs') found.push(this.#differs(key, reading, job, progress));
      }
      job.waitsFor = found.length > 0 && this.#repairs !== undefined ? 'repairs' : '';
      if (progress.differences < this.#leaveFrom) await this.#repairs?.all(found, progress, signal);
      open = [...suspects.open];
      if (open.length > 0) job.waitsFor = 'rows that may be in flight';
      if (open.length > 0)
        await delay(Math.min(waitMs, Math.max(1, suspects.nextMs(Date.now()) - Date.now())), undefined, {
          signal,
        });
    }
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

  #differs(
    key: string,
    reading: Reading<SideRow>,
    job: Verification,
    progress: EntityVerification,
  ): FoundRow {
    const row: DifferingRow = {
      entity: this.#entity,
      key: keyOf(key),
      legacy: reading.legacy?.row,
      modern: reading.modern?.row,
    };
    const shown = this.#shown(row);
    this.#differing.push({ id: rowId(this.#entity.name, key), shown });
    progress.differences += 1n;
    if (job.differences.length < DIFFERENCES_SHOWN) job.differences.push(shown);
    return { row, shown };
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
