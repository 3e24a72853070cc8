import type { Point, Side } from '../../core/mission-control/point.ts';
import type { Queryable } from './database.ts';

/** Points of one series: of a route group, or of the whole migration (group ''). */
export interface SeriesPoints {
  readonly migration: string;
  readonly group: string;
  readonly points: readonly Point[];
}

/** Stores points; a point replaces that of the same second. One statement, its rows as one JSON parameter. */
export async function savePoints(db: Queryable, series: readonly SeriesPoints[]): Promise<void> {
  const rows = series.flatMap(({ migration, group, points }) =>
    points.map((p) => rowOf(migration, group, p)),
  );
  if (rows.length === 0) return;
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  await db.query(
    `INSERT INTO series_points SELECT * FROM json_populate_recordset(NULL::series_points, $1)
     ON CONFLICT (migration, grp, at_s) DO UPDATE SET ${set}`,
    [JSON.stringify(rows)],
  );
}

/** Oldest first within a series. */
export async function loadPoints(db: Queryable, afterS: number): Promise<SeriesPoints[]> {
  const { rows } = await db.query<PointRow>(
    'SELECT * FROM series_points WHERE at_s > $1 ORDER BY migration, grp, at_s',
    [afterS],
  );
  const series = Map.groupBy(rows, ({ migration, grp }) => `${migration}/${grp}`);
  return [...series.values()].map((own) => ({
    migration: own[0]?.migration ?? '',
    group: own[0]?.grp ?? '',
    points: own.map(pointOf),
  }));
}

export async function trimPoints(db: Queryable, beforeS: number): Promise<void> {
  await db.query('DELETE FROM series_points WHERE at_s <= $1', [beforeS]);
}

interface PointRow {
  migration: string;
  grp: string;
  at_s: string | number;
  legacy_requests: number;
  legacy_errors: number;
  legacy_answered: number;
  legacy_p50_ms: number | null;
  legacy_p99_ms: number | null;
  modern_requests: number;
  modern_errors: number;
  modern_answered: number;
  modern_p50_ms: number | null;
  modern_p99_ms: number | null;
  compared: number;
  mismatched: number;
  asked: number;
  lost: number;
  failed: number;
  modern_percent: number | null;
  confidence: number | null;
}

const columns = [
  ...['legacy', 'modern'].flatMap((universe) =>
    ['requests', 'errors', 'answered', 'p50_ms', 'p99_ms'].map((figure) => `${universe}_${figure}`),
  ),
  ...['compared', 'mismatched', 'asked', 'lost', 'failed', 'modern_percent', 'confidence'],
];

/** JSON has no NaN: what is not known is null. */
function rowOf(migration: string, group: string, p: Point): PointRow {
  return {
    migration,
    grp: group,
    at_s: p.atS,
    legacy_requests: p.legacy.requests,
    legacy_errors: p.legacy.errors,
    legacy_answered: p.legacy.answered,
    legacy_p50_ms: orNull(p.legacy.p50Ms),
    legacy_p99_ms: orNull(p.legacy.p99Ms),
    modern_requests: p.modern.requests,
    modern_errors: p.modern.errors,
    modern_answered: p.modern.answered,
    modern_p50_ms: orNull(p.modern.p50Ms),
    modern_p99_ms: orNull(p.modern.p99Ms),
    compared: p.compared,
    mismatched: p.mismatched,
    asked: p.asked,
    lost: p.lost,
    failed: p.failed,
    modern_percent: orNull(p.modernPercent),
    confidence: orNull(p.confidence),
  };
}

function pointOf(row: PointRow): Point {
  const side = (
    requests: number,
    errors: number,
    answered: number,
    p50: number | null,
    p99: number | null,
  ): Side => ({ requests, errors, answered, p50Ms: p50 ?? Number.NaN, p99Ms: p99 ?? Number.NaN });
  return {
    atS: Number(row.at_s),
    legacy: side(
      row.legacy_requests,
      row.legacy_errors,
      row.legacy_answered,
      row.legacy_p50_ms,
      row.legacy_p99_ms,
    ),
    modern: side(
      row.modern_requests,
      row.modern_errors,
      row.modern_answered,
      row.modern_p50_ms,
      row.modern_p99_ms,
    ),
    compared: row.compared,
    mismatched: row.mismatched,
    asked: row.asked,
    lost: row.lost,
    failed: row.failed,
    modernPercent: row.modern_percent ?? Number.NaN,
    confidence: row.confidence ?? Number.NaN,
  };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
