import { type Dashboard, ofMigration } from '../spec.ts';

const errorBudget = 0.001;
const slowBudget = 0.01;
const burn = (sli: 'errors' | 'slow', window: string) =>
  `migration:client_${sli}:ratio_rate${window}{${ofMigration}} / ${sli === 'errors' ? errorBudget : slowBudget}`;
const windows = ['5m', '1h', '6h', '1d'];

/** What is left of the 30 days' budget; over the time for which there is data, where that is less. */
const left = (bad: string, all: string, budget: number) =>
  `1 - (sum by (migration) (increase(${bad}[30d])) / sum by (migration) (increase(${all}[30d]))) / ${budget}`;

const answers = 'envoy_http_downstream_rq_xx';
const time = 'envoy_http_downstream_rq_time';

export const slo: Dashboard = {
  uid: 'chronos-slo',
  title: 'Chronos: service level',
  description:
    'What the clients of a migration get, whichever universe answers: 99.9 % without a 5xx, 99 % within 500 ms',
  rows: [
    {
      title: 'Budgets of 30 days',
      panels: [
        {
          title: 'Without errors, now',
          kind: 'stat',
          unit: 'percentunit',
          description: 'Objective: 99.9 %',
          queries: [
            {
              expr: `1 - migration:client_errors:ratio_rate5m{${ofMigration}}`,
              legend: '{{migration}}',
            },
          ],
        },
        {
          title: 'Error budget left',
          kind: 'stat',
          unit: 'percentunit',
          description: '0: all errors of the month were made; below: more',
          queries: [
            {
              expr: left(
                `${answers}{${ofMigration}, envoy_response_code_class="5"}`,
                `${answers}{${ofMigration}}`,
                errorBudget,
              ),
              legend: '{{migration}}',
            },
          ],
        },
        {
          title: 'Within 500 ms, now',
          kind: 'stat',
          unit: 'percentunit',
          description: 'Objective: 99 %',
          queries: [
            { expr: `1 - migration:client_slow:ratio_rate5m{${ofMigration}}`, legend: '{{migration}}' },
          ],
        },
        {
          title: 'Latency budget left',
          kind: 'stat',
          unit: 'percentunit',
          description: '0: all slow answers of the month were given; below: more',
          queries: [
            {
              expr: `1 - (1 - sum by (migration) (increase(${time}_bucket{${ofMigration}, le=~"500|500.0"}[30d])) / sum by (migration) (increase(${time}_count{${ofMigration}}[30d]))) / ${slowBudget}`,
              legend: '{{migration}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Burn rates: 1 uses the budget up in exactly 30 days, 14.4 in two',
      panels: [
        {
          title: 'Errors',
          kind: 'graph',
          unit: 'short',
          description:
            'Alerts: above 14.4 in 1 h and 5 m, 6 in 6 h and 30 m, 3 in 1 d and 2 h, 1 in 3 d and 6 h',
          queries: windows.map((window) => ({
            expr: burn('errors', window),
            legend: `{{migration}} ${window}`,
          })),
        },
        {
          title: 'Latency',
          kind: 'graph',
          unit: 'short',
          description:
            'Alerts: above 14.4 in 1 h and 5 m, 6 in 6 h and 30 m, 3 in 1 d and 2 h, 1 in 3 d and 6 h',
          queries: windows.map((window) => ({
            expr: burn('slow', window),
            legend: `{{migration}} ${window}`,
          })),
        },
        {
          title: 'Alerts that fire',
          kind: 'graph',
          unit: 'short',
          description: 'Each has a page in observability/runbooks',
          emptyBecause: 'no alert fires',
          queries: [
            {
              expr: 'sum by (alertname, severity) (ALERTS{alertstate="firing", alertname=~"Chronos.*"})',
              legend: '{{alertname}} ({{severity}})',
            },
          ],
        },
      ],
    },
  ],
};
