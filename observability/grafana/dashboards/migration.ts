import { type Dashboard, ofMigration, perSecond, quantile } from '../spec.ts';

const by = 'migration, group';
const newest = (metric: string) => `max by (${by}) (${metric}{${ofMigration}})`;
const group = '{{migration}}/{{group}}';

export const migration: Dashboard = {
  uid: 'chronos-migration',
  title: 'Chronos: a migration',
  description: 'Where a migration stands, on what evidence, and what both universes do',
  rows: [
    {
      title: 'Where it stands',
      panels: [
        {
          title: 'Stage',
          kind: 'name',
          unit: 'short',
          description: 'draft, shadow, canary, swapped, sealed or killed',
          queries: [
            {
              expr: `max by (${by}, stage) (chronos_group_stage{${ofMigration}} == 1)`,
              legend: '{{group}}: {{stage}}',
            },
          ],
        },
        {
          title: "Modern's share",
          kind: 'stat',
          unit: 'percentunit',
          description: 'Share of the customers that modern answers',
          queries: [{ expr: newest('chronos_group_modern_ratio'), legend: group }],
        },
        {
          title: 'Confidence',
          kind: 'stat',
          unit: 'percentunit',
          description: '100 % less the upper end of what the mismatch rate may be, capped by coverage',
          queries: [{ expr: newest('chronos_group_confidence_ratio'), legend: group }],
        },
        {
          title: 'Coverage',
          kind: 'stat',
          unit: 'percentunit',
          description: 'Share of the ended requests that were compared',
          queries: [{ expr: newest('chronos_group_coverage_ratio'), legend: group }],
        },
        {
          title: 'Questions that wait',
          kind: 'stat',
          unit: 'short',
          description:
            'Differences of which the judge knows neither that they are harmless nor that they are bugs',
          alarmAbove: 1,
          queries: [
            { expr: `max by (migration) (chronos_questions_open{${ofMigration}})`, legend: '{{migration}}' },
          ],
        },
        {
          title: 'Kills',
          kind: 'stat',
          unit: 'short',
          description: 'Since the start, by people and by the orchestrator',
          alarmAbove: 1,
          queries: [
            { expr: `max by (migration) (chronos_kills_total{${ofMigration}})`, legend: '{{migration}}' },
          ],
        },
        {
          title: "Modern's share and confidence",
          kind: 'graph',
          unit: 'percentunit',
          description: 'The ladder as it was climbed',
          queries: [
            { expr: newest('chronos_group_modern_ratio'), legend: `${group} modern` },
            { expr: newest('chronos_group_confidence_ratio'), legend: `${group} confidence` },
          ],
        },
        {
          title: 'Verdicts',
          kind: 'graph',
          unit: 'reqps',
          description: 'By kind, each request once',
          queries: [{ expr: perSecond('chronos_verdicts_total', 'kind', ofMigration), legend: '{{kind}}' }],
        },
        {
          title: 'Lost',
          kind: 'graph',
          unit: 'reqps',
          description: 'Requests that were not compared, by reason',
          emptyBecause: 'nothing was lost',
          queries: [
            { expr: perSecond('chronos_lost_total', 'reason', ofMigration), legend: '{{reason}}' },
            {
              expr: `clamp_min(max by (${by}) (deriv(chronos_group_uncaptured_requests{${ofMigration}}[5m])), 0)`,
              legend: 'uncaptured',
            },
          ],
        },
      ],
    },
    {
      title: 'Parallel Universes',
      panels: [
        {
          title: 'Requests by outcome',
          kind: 'graph',
          unit: 'reqps',
          description: 'How each universe dealt with the same requests',
          queries: [
            {
              expr: perSecond('chronos_requests_total', 'universe, outcome', ofMigration),
              legend: '{{universe}} {{outcome}}',
            },
          ],
        },
        {
          title: 'Duration',
          kind: 'graph',
          unit: 's',
          description: "From the request's headers to the end of the answer",
          queries: [
            {
              expr: quantile(0.5, 'chronos_request_duration_seconds', 'universe', ofMigration),
              legend: '{{universe}} p50',
            },
            {
              expr: quantile(0.99, 'chronos_request_duration_seconds', 'universe', ofMigration),
              legend: '{{universe}} p99',
            },
          ],
        },
        {
          title: 'Requests by route',
          kind: 'graph',
          unit: 'reqps',
          description: 'The ten busiest routes',
          queries: [
            {
              expr: `topk(10, ${perSecond('chronos_requests_total', 'route', `${ofMigration}, universe="legacy"`)})`,
              legend: '{{route}}',
            },
          ],
        },
        {
          title: 'Failures by route',
          kind: 'graph',
          unit: 'reqps',
          description:
            'Answers of 5xx and answers that were cut off: modern only means a bug, both a refusal they share',
          emptyBecause: 'no universe fails',
          queries: [
            {
              expr: `topk(10, ${perSecond('chronos_requests_total', 'universe, route', `${ofMigration}, outcome=~"failed|reset"`)} > 0)`,
              legend: '{{universe}} {{route}}',
            },
          ],
        },
        {
          title: 'Who answered the clients',
          kind: 'graph',
          unit: 'reqps',
          description: 'As the Time Rift counts, failover included',
          queries: [
            { expr: perSecond('envoy_chronos_requests', 'universe', ofMigration), legend: '{{universe}}' },
          ],
        },
        {
          title: 'Mismatches',
          kind: 'graph',
          unit: 'percentunit',
          description: 'Share of the compared requests in which a difference stands',
          queries: [
            {
              expr: `migration_group:mismatch:rate1m{${ofMigration}} / migration_group:compared:rate1m{${ofMigration}}`,
              legend: group,
            },
          ],
        },
      ],
    },
  ],
};
