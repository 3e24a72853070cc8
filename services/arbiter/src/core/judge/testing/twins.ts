import { expect, test } from '@jest/globals';
import { judgeEpisode } from '../judge-episode.ts';

/** Values of one request; without the third legacy is not asked twice. */
export type Row = readonly [legacy: unknown, modern: unknown, legacy2?: unknown];

/** An episode of one field, from values; undefined is a missing field. */
function verdictOf(field: string, rows: readonly Row[]): string {
  const raw = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
  const observations = rows.map(([legacy, modern, legacy2]) => ({
    legacy: raw(legacy),
    modern: raw(modern),
    ...(legacy2 !== undefined && { legacy2: raw(legacy2) }),
  }));
  return judgeEpisode({ id: 'e', field, observations }).verdict;
}

/** Each row beside its twin: what is proven, and what only looks so. */
export function twins(
  rows: readonly (readonly [what: string, verdict: string, field: string, rows: readonly Row[]])[],
) {
  test.each(rows)('%s: %s', (_, verdict, field, observations) => {
    expect(verdictOf(field, observations)).toBe(verdict);
  });
}

export const many = (count: number, row: (i: number) => Row): readonly Row[] =>
  Array.from({ length: count }, (_, i) => row(i));
