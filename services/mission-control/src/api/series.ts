import { create } from '@bufbuild/protobuf';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  type Points,
  TopicSchema,
  type WatchSeriesResponse,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { TopicSpec } from './live-link.ts';

/** Seconds that are kept. */
export const seriesSeconds = 3_600;
/** Late verdicts change points this far back; asked for again after a reconnect. */
const lateSeconds = 30;
const marksMax = 500;

const columns = {
  legacyRequests: (points: Points) => points.legacy?.requests,
  legacyErrors: (points: Points) => points.legacy?.errors,
  legacyAnswered: (points: Points) => points.legacy?.answered,
  legacyP50: (points: Points) => points.legacy?.p50Ms,
  legacyP99: (points: Points) => points.legacy?.p99Ms,
  modernRequests: (points: Points) => points.modern?.requests,
  modernErrors: (points: Points) => points.modern?.errors,
  modernAnswered: (points: Points) => points.modern?.answered,
  modernP50: (points: Points) => points.modern?.p50Ms,
  modernP99: (points: Points) => points.modern?.p99Ms,
  compared: (points: Points) => points.compared,
  mismatched: (points: Points) => points.mismatched,
  asked: (points: Points) => points.asked,
  lost: (points: Points) => points.lost,
  failed: (points: Points) => points.failed,
  modernPercent: (points: Points) => points.modernPercent,
  confidence: (points: Points) => points.confidence,
} satisfies Record<string, (points: Points) => readonly number[] | undefined>;

export type Column = keyof typeof columns;
const names = Object.keys(columns) as readonly Column[];

/**
 * The last hour, one row a second, in a ring of fixed size: a page that is open for a day holds no more than one that is open for an hour.
 * Written in place; `version` grows with each change.
 */
export class Series {
  readonly #at = new Float64Array(seriesSeconds);
  readonly #values = new Map(names.map((name) => [name, new Float64Array(seriesSeconds)]));
  readonly #marks = new Map<bigint, Decision>();
  /** Unix second of the newest row; undefined without any. */
  lastSecond: number | undefined;
  version = 0;

  get marks(): readonly Decision[] {
    return [...this.#marks.values()];
  }

  take({ points, marks, reset }: WatchSeriesResponse): void {
    if (reset) this.#clear();
    for (const [row, second] of (points?.atSeconds ?? []).entries()) this.#write(points!, row, second);
    for (const mark of marks) this.#marks.set(mark.sequence, mark);
    for (const sequence of [...this.#marks.keys()].slice(0, -marksMax)) this.#marks.delete(sequence);
    if (reset || points !== undefined || marks.length > 0) this.version += 1;
  }

  /** Values of a column for each second from `from` to `to`; null for what was not observed. */
  read(column: Column, from: number, to: number): (number | null)[] {
    const values = this.#values.get(column)!;
    const out: (number | null)[] = [];
    for (let second = from; second <= to; second += 1) {
      const slot = second % seriesSeconds;
      const value = this.#at[slot] === second ? values[slot]! : Number.NaN;
      out.push(Number.isNaN(value) ? null : value);
    }
    return out;
  }

  #write(points: Points, row: number, second: number): void {
    // A row older than the ring would overwrite a newer one.
    if (this.lastSecond !== undefined && second <= this.lastSecond - seriesSeconds) return;
    const slot = second % seriesSeconds;
    this.#at[slot] = second;
    for (const name of names) this.#values.get(name)![slot] = columns[name](points)?.[row] ?? Number.NaN;
    this.lastSecond = Math.max(this.lastSecond ?? 0, second);
  }

  #clear(): void {
    this.#at.fill(0);
    this.#marks.clear();
    this.lastSecond = undefined;
  }
}

/** What is watched of a series: the ring, and its version so that a change is seen. */
export interface WatchedSeries {
  readonly series: Series;
  readonly version: number;
  readonly observedAtMs: number | undefined;
}

export function seriesTopic(migration: string, group: string): TopicSpec<WatchedSeries> {
  return {
    key: `series ${migration} ${group}`,
    label: 'charts',
    topic(known) {
      const last = known?.series.lastSecond;
      const since = last === undefined ? undefined : timestampFromMs((last - lateSeconds) * 1_000);
      return create(TopicSchema, { topic: { case: 'series', value: { migration, group, since } } });
    },
    fold(known, message) {
      if (message.case !== 'series') return undefined;
      const { value } = message;
      if (value.migration !== migration || value.group !== group) return undefined;
      const series = known?.series ?? new Series();
      series.take(value);
      const observedAtMs =
        value.observedAt === undefined ? known?.observedAtMs : timestampMs(value.observedAt);
      return { series, version: series.version, observedAtMs };
    },
  };
}
