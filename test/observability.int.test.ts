/** A real run, watched by a real Prometheus: what rules and dashboards ask for is there. */
import { ensureDebianPackage } from '@chronos/local/debian-package.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { processes } from '../observability/build/processes.ts';
import { dashboards } from '../observability/grafana/dashboards.ts';
import { readRules } from '../observability/prometheus/rules.ts';
import { envoyMetrics } from '../observability/src/envoy-metrics.ts';
import { familyOf, metricNames } from '../observability/src/metric-names.ts';
import { type ChronosRun, chronosRun } from './harness/chronos-run.ts';
import { type Load, startLoad } from './harness/load.ts';
import { PrometheusApi } from './harness/prometheus-api.ts';
import { serviceMigration } from './harness/service-migration.ts';
import { until } from './harness/until.ts';

const installed = await ensureDebianPackage('prometheus', 'prometheus');
const withPrometheus = installed === undefined ? describe.skip : describe;

/** Jobs that a run has only where its migration declares them; this one does not. */
const declaredOnly = new Set(['entanglement', 'identifiers']);
const always = [...Object.keys(processes()).filter((name) => !declaredOnly.has(name)), 'time-rift'];

withPrometheus('Prometheus beside a run', () => {
  let run: ChronosRun;
  let load: Load;
  let prometheus: PrometheusApi;

  beforeAll(async () => {
    run = await chronosRun({
      migration: serviceMigration({
        ladder: '[{ percent: 50, confidence: 90, dwell: 1s }, { percent: 100, confidence: 99.99 }]',
      }),
      args: ['--observability'],
    });
    const link = await until('the link', () => /Prometheus .*(http:\S+)/.exec(run.output())?.[1], {
      withinMs: 20_000,
      look: run.output,
    });
    prometheus = new PrometheusApi(link);
    await run.mirrored('things', '/things/1');
    load = startLoad({ target: `http://${run.listen}`, perSecond: 60 });
    // A rate needs two scrapes with the requests of both universes between them.
    const flows = 'sum(rate(envoy_chronos_requests{universe="modern"}[1m])) > 0';
    const judged = 'migration_group:compared:rate1m > 0';
    await until(
      'rates of answers by modern, and of verdicts',
      async () => (await prometheus.query(flows)).length > 0 && (await prometheus.query(judged)).length > 0,
      { withinMs: 90_000, look: run.output },
    );
  }, 200_000);

  afterAll(async () => {
    const report = await load?.stop();
    await run?.stop();
    expect(report?.failures).toEqual([]);
  }, 60_000);

  test('finds every part of the run', async () => {
    const up = await prometheus.query('up');
    expect(up.filter(({ value }) => value !== 1)).toEqual([]);
    expect(up.map(({ labels }) => labels.job).sort()).toEqual(always.map((name) => `chronos-${name}`).sort());
  });

  test('is told every metric that METRICS.md promises', async () => {
    const declared = await prometheus.declared();
    const promised = Object.entries(processes())
      .filter(([job]) => !declaredOnly.has(job))
      .flatMap(([, metrics]) => metrics)
      .concat(envoyMetrics)
      .map(({ name }) => name);
    expect([...new Set(promised)].filter((name) => !declared.has(name))).toEqual([]);
  });

  test('scrapes of Envoy what is used, and not the hundreds that are not', async () => {
    const names = await prometheus.query(
      'count by (__name__) ({job="chronos-time-rift", __name__=~"envoy_.*"})',
    );
    const used = new Set(envoyMetrics.map(({ name }) => name));
    expect(
      names.map(({ labels }) => labels.__name__ ?? '').filter((name) => !used.has(familyOf(name))),
    ).toEqual([]);
  });

  test('evaluates every rule without an error, and no alert fires in a healthy run', async () => {
    const healthy = async () => {
      const rules = await prometheus.rules();
      return rules.length === readRules().length && rules.every(({ health }) => health === 'ok') && rules;
    };
    await until('every rule is healthy', healthy, { withinMs: 20_000 });
    // But for latency: a machine that is busy with other tests may well be slow.
    expect(await prometheus.query('ALERTS{alertstate="firing", alertname!~".*Latency.*"}')).toEqual([]);
  });

  const panels = dashboards.flatMap(({ uid, rows }) =>
    rows.flatMap((row) => row.panels.map((panel) => ({ uid, ...panel }))),
  );
  test.each(panels)(
    '$uid, $title: its queries return data',
    async ({ queries, emptyBecause }) => {
      for (const { expr } of queries) {
        const asked = expr.replaceAll('$migration', '.*').replaceAll('$__rate_interval', '1m');
        const data = async () => {
          const samples = await prometheus.query(asked);
          return emptyBecause !== undefined || samples.some(({ value }) => Number.isFinite(value));
        };
        await until(`data for ${asked}`, data, { withinMs: 20_000 });
      }
    },
    60_000,
  );

  test('a panel that may be empty asks for metrics that are declared all the same', async () => {
    const declared = await prometheus.declared();
    const made = new Set([...readRules().flatMap(({ record }) => record ?? []), 'ALERTS']);
    const absent = new Set(
      [...declaredOnly].flatMap((job) => processes()[job]?.map(({ name }) => name) ?? []),
    );
    const missing = panels
      .filter(({ emptyBecause }) => emptyBecause !== undefined)
      .flatMap(({ queries }) => queries.flatMap(({ expr }) => metricNames(expr).map(familyOf)))
      .filter((name) => !declared.has(name) && !made.has(name) && !absent.has(name));
    expect(missing).toEqual([]);
  });
});
