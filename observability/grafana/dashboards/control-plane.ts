import { type Dashboard, perSecond, quantile } from '../spec.ts';

export const controlPlane: Dashboard = {
  uid: 'chronos-control-plane',
  title: 'Chronos: control plane',
  description: 'Replicas, proxies, and how quickly a configuration reaches them',
  rows: [
    {
      title: 'Standing',
      panels: [
        {
          title: 'Replicas up',
          kind: 'stat',
          unit: 'short',
          description: 'Control planes that answer',
          queries: [{ expr: 'sum(up{job="chronos-control-plane"})', legend: 'up' }],
        },
        {
          title: 'Leaders',
          kind: 'stat',
          unit: 'short',
          description: 'Exactly one decides',
          queries: [{ expr: 'sum(chronos_leading)', legend: 'leading' }],
        },
        {
          title: 'Proxies connected',
          kind: 'stat',
          unit: 'short',
          description: 'With an open xDS stream',
          queries: [{ expr: 'sum(chronos_proxies_connected)', legend: 'proxies' }],
        },
        {
          title: 'Rejected in the last hour',
          kind: 'stat',
          unit: 'short',
          description: 'NACKs',
          alarmAbove: 1,
          queries: [{ expr: 'sum(increase(chronos_xds_nacks_total[1h]))', legend: 'NACKs' }],
        },
      ],
    },
    {
      title: 'Configuration',
      panels: [
        {
          title: 'Push',
          kind: 'graph',
          unit: 's',
          description:
            'From the publication to the response sent, the canary and the types before it included',
          emptyBecause: 'nothing was pushed',
          queries: [
            { expr: quantile(0.99, 'chronos_xds_push_seconds', 'type'), legend: '{{type}} p99' },
            { expr: quantile(0.5, 'chronos_xds_push_seconds', 'type'), legend: '{{type}} p50' },
          ],
        },
        {
          title: 'ACK',
          kind: 'graph',
          unit: 's',
          description: "From the response to the proxy's answer",
          emptyBecause: 'nothing was pushed',
          queries: [
            { expr: quantile(0.99, 'chronos_xds_ack_seconds', 'type'), legend: '{{type}} p99' },
            { expr: quantile(0.5, 'chronos_xds_ack_seconds', 'type'), legend: '{{type}} p50' },
          ],
        },
        {
          title: 'Events',
          kind: 'graph',
          unit: 'ops',
          description: 'Sends, ACKs, NACKs, connections',
          queries: [{ expr: perSecond('chronos_xds_events_total', 'kind'), legend: '{{kind}}' }],
        },
        {
          title: 'NACKs',
          kind: 'graph',
          unit: 'ops',
          description: 'By type of resource',
          queries: [{ expr: perSecond('chronos_xds_nacks_total', 'type'), legend: '{{type}}' }],
        },
        {
          title: 'Rollouts',
          kind: 'graph',
          unit: 'ops',
          description: 'Each new configuration is tried on one proxy first',
          queries: [{ expr: perSecond('chronos_xds_rollouts_total', 'outcome'), legend: '{{outcome}}' }],
        },
        {
          title: 'Streams ended',
          kind: 'graph',
          unit: 'ops',
          description: 'By cause',
          emptyBecause: 'no stream has ended',
          queries: [{ expr: perSecond('chronos_xds_streams_ended_total', 'cause'), legend: '{{cause}}' }],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          title: 'Event loop delay, p99',
          kind: 'graph',
          unit: 's',
          description: 'How late timers run',
          queries: [{ expr: 'job:event_loop_delay:p99_rate5m', legend: '{{job}}' }],
        },
        {
          title: 'CPU',
          kind: 'graph',
          unit: 'percentunit',
          description: 'Of one core',
          queries: [
            { expr: perSecond('process_cpu_seconds_total', 'job', 'job=~"chronos-.+"'), legend: '{{job}}' },
          ],
        },
        {
          title: 'Memory',
          kind: 'graph',
          unit: 'bytes',
          description: 'Resident',
          queries: [
            { expr: 'sum by (job) (process_resident_memory_bytes{job=~"chronos-.+"})', legend: '{{job}}' },
          ],
        },
      ],
    },
  ],
};
