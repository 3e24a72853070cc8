import { type Dashboard, ofMigration, perSecond, quantile } from '../spec.ts';

const upstream = `${ofMigration}, cluster!=""`;

export const dataPlane: Dashboard = {
  uid: 'chronos-data-plane',
  title: 'Chronos: data plane',
  description: 'The Time Rift (Envoy): clients on one side, universes on the other',
  rows: [
    {
      title: 'Clients',
      panels: [
        {
          title: 'Answers',
          kind: 'graph',
          unit: 'reqps',
          description: 'By class of status',
          queries: [
            {
              expr: perSecond(
                'envoy_http_downstream_rq_xx',
                'migration, envoy_response_code_class',
                ofMigration,
              ),
              legend: '{{migration}} {{envoy_response_code_class}}xx',
            },
          ],
        },
        {
          title: 'Duration',
          kind: 'graph',
          unit: 'ms',
          description: 'As clients see it',
          queries: [
            {
              expr: quantile(0.5, 'envoy_http_downstream_rq_time', 'migration', ofMigration),
              legend: '{{migration}} p50',
            },
            {
              expr: quantile(0.99, 'envoy_http_downstream_rq_time', 'migration', ofMigration),
              legend: '{{migration}} p99',
            },
          ],
        },
        {
          title: 'Under way',
          kind: 'graph',
          unit: 'short',
          description: 'Requests and connections',
          queries: [
            {
              expr: `sum by (migration) (envoy_http_downstream_rq_active{${ofMigration}})`,
              legend: '{{migration}} requests',
            },
            {
              expr: `sum by (migration) (envoy_http_downstream_cx_active{${ofMigration}})`,
              legend: '{{migration}} connections',
            },
          ],
        },
      ],
    },
    {
      title: 'Universes',
      panels: [
        {
          title: 'Answers by cluster',
          kind: 'graph',
          unit: 'reqps',
          description: '…_first: clients, by who is asked first; …_shadow: copies',
          queries: [
            {
              expr: perSecond('envoy_cluster_upstream_rq_xx', 'cluster, envoy_response_code_class', upstream),
              legend: '{{cluster}} {{envoy_response_code_class}}xx',
            },
          ],
        },
        {
          title: 'Duration by cluster, p99',
          kind: 'graph',
          unit: 'ms',
          description: 'Until the end of the answer',
          queries: [
            {
              expr: quantile(0.99, 'envoy_cluster_upstream_rq_time', 'cluster', upstream),
              legend: '{{cluster}}',
            },
          ],
        },
        {
          title: 'Under way by cluster',
          kind: 'graph',
          unit: 'short',
          description: 'Copies included',
          queries: [
            {
              expr: `sum by (cluster) (envoy_cluster_upstream_rq_active{${upstream}})`,
              legend: '{{cluster}}',
            },
          ],
        },
        {
          title: 'Retries and timeouts',
          kind: 'graph',
          unit: 'reqps',
          description: 'Failover to legacy is a retry',
          queries: [
            {
              expr: perSecond('envoy_cluster_upstream_rq_retry', 'cluster', upstream),
              legend: '{{cluster}} retried',
            },
            {
              expr: perSecond('envoy_cluster_upstream_rq_timeout', 'cluster', upstream),
              legend: '{{cluster}} timed out',
            },
          ],
        },
        {
          title: 'Refused by circuit breakers',
          kind: 'graph',
          unit: 'reqps',
          description: 'Copies and captures are given up before clients wait',
          queries: [
            {
              expr: perSecond('envoy_cluster_upstream_rq_pending_overflow', 'envoy_cluster_name'),
              legend: '{{envoy_cluster_name}}',
            },
          ],
        },
        {
          title: 'Ejected hosts',
          kind: 'graph',
          unit: 'short',
          description: 'Hosts of modern that are passed over because they failed',
          queries: [
            {
              expr: `sum by (cluster) (envoy_cluster_outlier_detection_ejections_active{${upstream}})`,
              legend: '{{cluster}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Proxies',
      panels: [
        {
          title: 'Connected to the control plane',
          kind: 'graph',
          unit: 'short',
          description: '0: it serves what it was told last, and a kill does not reach it',
          queries: [
            { expr: 'min by (instance) (envoy_control_plane_connected_state)', legend: '{{instance}}' },
          ],
        },
        {
          title: 'Memory',
          kind: 'graph',
          unit: 'bytes',
          description: 'Allocated',
          queries: [{ expr: 'sum by (instance) (envoy_server_memory_allocated)', legend: '{{instance}}' }],
        },
        {
          title: 'Uptime',
          kind: 'graph',
          unit: 's',
          description: 'Falls to zero with a restart',
          queries: [{ expr: 'min by (instance) (envoy_server_uptime)', legend: '{{instance}}' }],
        },
      ],
    },
  ],
};
