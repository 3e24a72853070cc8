import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { envoyMetrics } from '../src/envoy-metrics.ts';
import { metricsPage, unitOf } from '../src/metrics-page.ts';
import { processes } from './processes.ts';

const all = Object.values(processes()).flat();

test('METRICS.md is what the processes declare (node observability/build/metrics-page.ts)', () => {
  const page = readFileSync(join(import.meta.dirname, '../METRICS.md'), 'utf8');
  expect(page).toBe(metricsPage(processes(), envoyMetrics));
});

test("names keep Prometheus' conventions: counters end in _total, nothing else does, base units, help without a full stop", () => {
  const offending = all.filter(
    ({ name, type, help }) =>
      !/^chronos_[a-z][a-z0-9_]*$/.test(name) ||
      name.endsWith('_total') !== (type === 'counter') ||
      /_(ms|milliseconds|percent|kb|mb|minutes)(_|$)/.test(name) ||
      help === '' ||
      help.endsWith('.') ||
      help.includes('|'),
  );
  expect(offending).toEqual([]);
});

test('histograms measure a base unit', () => {
  expect(all.filter(({ type }) => type === 'histogram').map(unitOf)).not.toContain('–');
});

test('labels are of bounded sets: nothing is labelled by request, customer or path', () => {
  const accepted = new Set(
    (
      'migration group route universe outcome kind reason role half type cause stage attribution result entity ' +
      'bijection way learned state'
    ).split(' '),
  );
  expect([...new Set(all.flatMap(({ labels }) => labels))].filter((label) => !accepted.has(label))).toEqual(
    [],
  );
});
