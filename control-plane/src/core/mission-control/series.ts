import { emptyPoint, OpenPoint, type Point } from './point.ts';
import type { SeriesFact } from './series-fact.ts';

/** Seconds that are kept of each series. */
export const keptS = 3_600;
/** How long a second takes late verdicts with its latencies; after it, counts only. */
const openS = 120;
/** Verdicts come as much as this after their request's end without being late: seconds younger than it may still grow. */
const partialS = 1;

interface Kept {
  point: Point;
  /** Version of the series in which it changed last. */
  version: number;
}

/**
 * The figures of one route group, or of a whole migration, second by second for the last hour. A verdict counts in the second in which its
 * request ended, however late it comes.
 */
export class Series {
  readonly #kept = new Map<number, Kept>();
  readonly #open = new Map<number, OpenPoint>();
  readonly #touched = new Set<number>();
  #version = 0;

  /** Grows with each {@link close} that brought something. */
  get version(): number {
    return this.#version;
  }

  /** What was stored, by this process before a restart or by the replica that leads. */
  restore(points: readonly Point[]): void {
    this.#version += 1;
    for (const point of points) {
      this.#open.delete(point.atS);
      this.#kept.set(point.atS, { point, version: this.#version });
    }
  }

  add(fact: SeriesFact, nowMs: number): void {
    const nowS = Math.floor(nowMs / 1000);
    // A clock that runs ahead must not make figures of the future.
    const atS = Math.min(Math.floor(fact.endedAtMs / 1000), nowS);
    if (atS <= nowS - keptS) return;
    this.#at(atS).add(fact);
  }

  observe(atS: number, modernPercent: number, confidence: number): void {
    this.#at(atS).observe(modernPercent, confidence);
  }

  /** Makes known what changed in full seconds; returns those points, in the order of time. */
  close(nowMs: number): readonly Point[] {
    const nowS = Math.floor(nowMs / 1000);
    const full = [...this.#touched].filter((atS) => atS <= nowS - partialS).sort((a, b) => a - b);
    if (full.length > 0) this.#version += 1;
    const points = full.map((atS) => {
      const { point } = this.#at(atS);
      this.#touched.delete(atS);
      this.#kept.set(atS, { point, version: this.#version });
      return point;
    });
    for (const atS of this.#open.keys())
      if (atS < nowS - openS && !this.#touched.has(atS)) this.#open.delete(atS);
    for (const atS of this.#kept.keys()) if (atS <= nowS - keptS) this.#kept.delete(atS);
    return points;
  }

  /** Points that changed after this version (all: undefined) in seconds after `sinceS`, in the order of time. */
  after(version: number | undefined, sinceS = 0): readonly Point[] {
    return [...this.#kept.values()]
      .filter((kept) => kept.point.atS > sinceS && (version === undefined || kept.version > version))
      .map((kept) => kept.point)
      .sort((a, b) => a.atS - b.atS);
  }

  #at(atS: number): OpenPoint {
    this.#touched.add(atS);
    const known = this.#open.get(atS);
    if (known !== undefined) return known;
    const created = new OpenPoint(this.#kept.get(atS)?.point ?? emptyPoint(atS));
    this.#open.set(atS, created);
    return created;
  }
}
