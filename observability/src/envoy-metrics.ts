import type { MetricDescription } from './metrics-page.ts';

/** One of Envoy's metrics, and the name that Envoy itself gives it, as a part of the regular expression that asks for it. */
export interface EnvoyMetric extends MetricDescription {
  readonly unit: string;
  readonly stat: string;
}

const cluster = 'envoy_cluster_name';
const listener = 'envoy_http_conn_manager_prefix';
const statusClass = 'envoy_response_code_class';
const ofCluster = (name: string) => `cluster\\.[^.]+\\.${name}`;

/**
 * What is scraped of Envoy. It has some hundred metrics for each cluster, most of which say nothing about a migration. The listener is named
 * after its migration; clusters are `<migration>/legacy`, `/modern` (all attempts), `/legacy_first`, `/modern_first` (clients' requests by
 * who is asked first), `/legacy_shadow`, `/modern_shadow` (copies).
 */
export const envoyMetrics: readonly EnvoyMetric[] = [
  {
    name: 'envoy_chronos_requests',
    type: 'counter',
    labels: ['migration', 'group', 'mode', 'universe'],
    unit: 'count',
    help: "Clients' requests, each once, at their end, by the universe that answered",
    stat: 'chronos\\.requests.*',
  },
  {
    name: 'envoy_http_downstream_rq_xx',
    type: 'counter',
    labels: [listener, statusClass],
    unit: 'count',
    help: 'Answers to clients by class of status: 2, 4, 5',
    stat: 'http\\.[^.]+\\.downstream_rq_[1-5]xx',
  },
  {
    name: 'envoy_http_downstream_rq_time',
    type: 'histogram',
    labels: [listener],
    unit: 'milliseconds',
    help: 'Duration of the whole request, as a client sees it',
    stat: 'http\\.[^.]+\\.downstream_rq_time',
  },
  {
    name: 'envoy_http_downstream_rq_active',
    type: 'gauge',
    labels: [listener],
    unit: 'requests',
    help: 'Requests under way',
    stat: 'http\\.[^.]+\\.downstream_rq_active',
  },
  {
    name: 'envoy_http_downstream_cx_active',
    type: 'gauge',
    labels: [listener],
    unit: 'connections',
    help: "Clients' open connections",
    stat: 'http\\.[^.]+\\.downstream_cx_active',
  },
  {
    name: 'envoy_cluster_upstream_rq_xx',
    type: 'counter',
    labels: [cluster, statusClass],
    unit: 'count',
    help: 'Answers of a universe by class of status; copies in the clusters `…_shadow`',
    stat: ofCluster('upstream_rq_[1-5]xx'),
  },
  {
    name: 'envoy_cluster_upstream_rq_time',
    type: 'histogram',
    labels: [cluster],
    unit: 'milliseconds',
    help: 'Duration of a request to a universe',
    stat: ofCluster('upstream_rq_time'),
  },
  {
    name: 'envoy_cluster_upstream_rq_active',
    type: 'gauge',
    labels: [cluster],
    unit: 'requests',
    help: 'Requests under way to a universe, copies included',
    stat: ofCluster('upstream_rq_active'),
  },
  {
    name: 'envoy_cluster_upstream_rq_retry',
    type: 'counter',
    labels: [cluster],
    unit: 'count',
    help: 'Attempts made again, on the other universe too',
    stat: ofCluster('upstream_rq_retry'),
  },
  {
    name: 'envoy_cluster_upstream_rq_timeout',
    type: 'counter',
    labels: [cluster],
    unit: 'count',
    help: 'Requests that took longer than they may',
    stat: ofCluster('upstream_rq_timeout'),
  },
  {
    name: 'envoy_cluster_upstream_rq_pending_overflow',
    type: 'counter',
    labels: [cluster],
    unit: 'count',
    help: 'Requests, copies and captures that a circuit breaker refused',
    stat: ofCluster('upstream_rq_pending_overflow'),
  },
  {
    name: 'envoy_cluster_outlier_detection_ejections_active',
    type: 'gauge',
    labels: [cluster],
    unit: 'hosts',
    help: 'Hosts of modern that are passed over because they failed',
    stat: ofCluster('outlier_detection\\.ejections_active'),
  },
  {
    name: 'envoy_control_plane_connected_state',
    type: 'gauge',
    labels: [],
    unit: '–',
    help: '1 while the proxy is connected to the control plane',
    stat: 'control_plane\\.connected_state',
  },
  {
    name: 'envoy_server_memory_allocated',
    type: 'gauge',
    labels: [],
    unit: 'bytes',
    help: 'Memory in use',
    stat: 'server\\.memory_allocated',
  },
  {
    name: 'envoy_server_uptime',
    type: 'gauge',
    labels: [],
    unit: 'seconds',
    help: 'Since the proxy started',
    stat: 'server\\.uptime',
  },
];

/** The query `filter` of Envoy's `/stats/prometheus` that gives these and nothing else. */
export const envoyFilter = `^(${envoyMetrics.map(({ stat }) => stat).join('|')})$`;
