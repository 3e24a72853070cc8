import { readRequestCounters } from '../../core/metrics-message.ts';
import type { TotalsReport } from '../../core/totals.ts';

/** Envoy's metrics sink, whose descriptor the published API lacks. */
export const METRICS_PATH = '/envoy.service.metrics.v3.MetricsService/StreamMetrics';

/** Reads one proxy's stream: a report for each message that holds counters of requests. Counters are absolute, so a cut loses nothing. */
export function metricsCollector(onTotals: (report: TotalsReport) => void): (message: Uint8Array) => void {
  // Only the first message of a stream names the node.
  let nodeId: string | undefined;
  return (bytes) => {
    const message = readRequestCounters(bytes);
    nodeId = message.nodeId ?? nodeId;
    if (nodeId !== undefined && message.counters.size > 0) onTotals({ nodeId, counters: message.counters });
  };
}
