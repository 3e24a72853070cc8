import { type Dashboard, ofMigration, perSecond, rates } from '../spec.ts';

export const pipeline: Dashboard = {
  uid: 'chronos-pipeline',
  title: 'Chronos: pipeline',
  description: 'From what the Time Rift shows to the verdict that the control plane takes in',
  rows: [
    {
      title: 'Capture',
      panels: [
        rates({
          title: 'Exchanges',
          description: 'By side and how they ended',
          metric: 'chronos_capture_exchanges_total',
          by: 'role, outcome',
          legend: '{{role}} {{outcome}}',
        }),
        {
          title: 'Open and queued',
          kind: 'graph',
          unit: 'short',
          description: 'Exchanges that have not ended, and that wait for Kafka',
          queries: [
            { expr: 'sum(chronos_capture_open_exchanges)', legend: 'open' },
            { expr: 'sum(chronos_capture_queued_records)', legend: 'queued' },
          ],
        },
        {
          title: 'Held bytes',
          kind: 'graph',
          unit: 'bytes',
          description: 'Both are bounded',
          queries: [
            { expr: 'sum(chronos_capture_open_body_bytes)', legend: 'open bodies' },
            { expr: 'sum(chronos_capture_queued_bytes)', legend: 'queued' },
          ],
        },
        {
          title: 'Lost and dropped',
          kind: 'graph',
          unit: 'ops',
          description: 'Exchanges that never reached Kafka, by reason',
          emptyBecause: 'nothing was lost',
          queries: [
            { expr: perSecond('chronos_capture_lost_total', 'reason'), legend: 'lost: {{reason}}' },
            { expr: perSecond('chronos_capture_dropped_total', 'reason'), legend: 'dropped: {{reason}}' },
          ],
        },
        {
          title: 'Acknowledged by Kafka',
          kind: 'graph',
          unit: 'ops',
          description: 'Exchanges sent, and failed attempts',
          queries: [
            { expr: 'sum(rate(chronos_capture_sent_total[$__rate_interval]))', legend: 'sent' },
            {
              expr: 'sum(rate(chronos_capture_send_failures_total[$__rate_interval]))',
              legend: 'failed attempts',
            },
          ],
        },
        rates({
          title: 'Bodies cut short',
          description: 'Only the beginning was kept and compared',
          emptyBecause: 'no body was too long',
          metric: 'chronos_capture_truncated_bodies_total',
          by: 'half',
          legend: '{{half}}',
        }),
      ],
    },
    {
      title: 'Entanglement Engine',
      panels: [
        rates({
          title: 'Verdicts',
          description: 'As they are judged',
          metric: 'chronos_arbiter_verdicts_total',
          by: 'kind',
          selector: ofMigration,
          legend: '{{kind}}',
        }),
        {
          title: 'Joins pending',
          kind: 'graph',
          unit: 'short',
          description: 'Requests that wait for their other half',
          queries: [{ expr: 'sum(chronos_arbiter_joins_pending)', legend: 'pending' }],
        },
        {
          title: 'Lag',
          kind: 'graph',
          unit: 's',
          description: 'How long each takes at the present rate to read what lies before it',
          queries: [
            { expr: 'chronos:arbiter_lag:seconds', legend: 'arbiter' },
            { expr: 'chronos:verdicts_lag:seconds', legend: 'control plane' },
          ],
        },
        rates({
          title: 'Lost by reason',
          description: 'Judged as lost',
          emptyBecause: 'nothing was lost',
          metric: 'chronos_arbiter_lost_total',
          by: 'reason',
          selector: ofMigration,
          legend: '{{reason}}',
        }),
        {
          title: 'Lost of all',
          kind: 'graph',
          unit: 'percentunit',
          description: 'Share of the mirrored requests that were not compared',
          queries: [
            {
              expr: `migration_group:lost:ratio_rate5m{${ofMigration}}`,
              legend: '{{migration}}/{{group}}',
            },
          ],
        },
        {
          title: 'Unusable records',
          kind: 'graph',
          unit: 'ops',
          description: 'What stands on the topics and is neither an exchange nor a verdict',
          queries: [
            {
              expr: 'sum(rate(chronos_arbiter_unreadable_records_total[$__rate_interval]))',
              legend: 'arbiter',
            },
            {
              expr: perSecond('chronos_verdicts_unusable_total', 'reason'),
              legend: 'control plane: {{reason}}',
            },
          ],
        },
      ],
    },
    {
      title: 'Databases and identifiers, where a migration declares them',
      panels: [
        {
          title: 'Retained WAL',
          kind: 'graph',
          unit: 'percentunit',
          description: 'Of the limit; at 100 % the slot is dropped, so that the disk is never filled',
          emptyBecause: 'no migration declares entities',
          queries: [
            {
              expr: `max by (migration, universe) (chronos_slot_retained_bytes{${ofMigration}}) / max by (migration, universe) (chronos_slot_retained_limit_bytes{${ofMigration}})`,
              legend: '{{migration}} {{universe}}',
            },
          ],
        },
        {
          title: 'Slot lag',
          kind: 'graph',
          unit: 's',
          description: 'Age of the last heartbeat that came back through the WAL',
          emptyBecause: 'no migration declares entities',
          queries: [
            {
              expr: `max by (migration, universe) (chronos_slot_lag_seconds{${ofMigration}})`,
              legend: '{{migration}} {{universe}}',
            },
          ],
        },
        rates({
          title: 'Transactions by attribution',
          description: 'What is known of the request that caused them',
          emptyBecause: 'no migration declares entities',
          metric: 'chronos_state_updates_total',
          by: 'universe, attribution',
          selector: ofMigration,
          legend: '{{universe}} {{attribution}}',
        }),
        rates({
          title: 'Repairs',
          description: 'Rows brought back to what the answering universe says',
          emptyBecause: 'nothing was repaired',
          metric: 'chronos_repairs_total',
          by: 'outcome',
          selector: ofMigration,
          legend: '{{outcome}}',
        }),
        rates({
          title: 'Requests translated',
          description:
            'Copies, and requests on the answering path, whose identifiers are those of the other universe',
          unit: 'reqps',
          emptyBecause: 'no migration declares identifiers',
          metric: 'chronos_identifier_requests_total',
          by: 'way, result',
          legend: '{{way}} {{result}}',
        }),
        rates({
          title: 'Pairs of identifiers',
          description: 'Learned from both answers to one request; a conflict is one id with two partners',
          emptyBecause: 'no migration declares identifiers',
          metric: 'chronos_identifier_pairs_total',
          by: 'result',
          selector: ofMigration,
          legend: '{{result}}',
        }),
      ],
    },
  ],
};
