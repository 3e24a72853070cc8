import type { Point } from './point.ts';
import { Series } from './series.ts';
import type { SeriesFact } from './series-fact.ts';

/** The group that stands for the whole migration. */
export const wholeMigration = '';

export interface ClosedSeries {
  readonly migration: string;
  readonly group: string;
  readonly points: readonly Point[];
}

/** The series of all migrations: of each route group, and of the whole. */
export class SeriesBook {
  readonly #series = new Map<string, Map<string, Series>>();

  /** The series, begun where there is none yet. */
  of(migration: string, group: string): Series {
    let groups = this.#series.get(migration);
    if (groups === undefined) {
      groups = new Map();
      this.#series.set(migration, groups);
    }
    let series = groups.get(group);
    if (series === undefined) {
      series = new Series();
      groups.set(group, series);
    }
    return series;
  }

  add(migration: string, group: string, fact: SeriesFact, nowMs: number): void {
    this.of(migration, group).add(fact, nowMs);
    this.of(migration, wholeMigration).add(fact, nowMs);
  }

  /** Makes known what changed in full seconds, and says what that was. */
  close(nowMs: number): ClosedSeries[] {
    return [...this.#series].flatMap(([migration, groups]) =>
      [...groups].flatMap(([group, series]) => {
        const points = series.close(nowMs);
        return points.length === 0 ? [] : [{ migration, group, points }];
      }),
    );
  }
}
