import { describe, expect, test } from '@jest/globals';
import { processes } from '../build/processes.ts';
import { readRules } from '../prometheus/rules.ts';
import { envoyMetrics } from '../src/envoy-metrics.ts';
import { familyOf, metricNames } from '../src/metric-names.ts';
import { buildDashboard } from './build.ts';
import { dashboards } from './dashboards.ts';

const panels = dashboards.flatMap(({ uid, rows }) =>
  rows.flatMap((row) => row.panels.map((panel) => ({ uid, ...panel }))),
);

test('every metric of a panel is one that a process declares, a rule makes, or Prometheus and Node bring', () => {
  const known = new Set([
    ...Object.values(processes()).flatMap((metrics) => metrics.map(({ name }) => name)),
    ...envoyMetrics.map(({ name }) => name),
    ...readRules().flatMap(({ record }) => record ?? []),
    ...['up', 'ALERTS', 'process_cpu_seconds_total', 'process_resident_memory_bytes'],
  ]);
  const unknown = panels.flatMap(({ uid, title, queries }) =>
    queries.flatMap(({ expr }) =>
      metricNames(expr)
        .filter((name) => !known.has(name) && !known.has(familyOf(name)))
        .map((name) => `${uid}, ${title}: ${name}`),
    ),
  );
  expect(unknown).toEqual([]);
});

describe('the dashboards of Grafana', () => {
  const built = dashboards.map(buildDashboard);

  test('have addresses of their own, and panels with ids of their own that do not overlap', () => {
    expect(new Set(built.map(({ uid }) => uid)).size).toBe(built.length);
    for (const dashboard of built) {
      const places = (dashboard.panels ?? []).map(({ id, gridPos }) => ({ id, ...gridPos }));
      expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
      const cells = places.flatMap(({ x = 0, y = 0, w = 0, h = 0 }) =>
        Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(places.every(({ x = 0, w = 0 }) => x + w <= 24)).toBe(true);
    }
  });

  test('ask the datasource that was chosen, and nothing of any one machine', () => {
    for (const dashboard of built) {
      const text = JSON.stringify(dashboard);
      expect(text).not.toMatch(/localhost|127\.0\.0\.1/);
      expect([...text.matchAll(/"type":"prometheus","uid":"([^"]+)"/g)].map(([, uid]) => uid)).not.toEqual(
        [],
      );
      expect(
        new Set([...text.matchAll(/"type":"prometheus","uid":"([^"]+)"/g)].map(([, uid]) => uid)),
      ).toEqual(new Set(['$datasource']));
    }
  });
});
