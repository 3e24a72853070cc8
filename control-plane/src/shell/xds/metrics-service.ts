import type { ServerReadableStream, ServiceDefinition, sendUnaryData } from '@grpc/grpc-js';
import { type RequestCounters, readRequestCounters } from '../../core/metrics-message.ts';
import type { TotalsReport } from '../../core/totals.ts';

/** envoy.service.metrics.v3.MetricsService, whose descriptor the published API lacks; an answer (never read by Envoy) is an empty message. */
export const metricsService: ServiceDefinition = {
  StreamMetrics: {
    path: '/envoy.service.metrics.v3.MetricsService/StreamMetrics',
    requestStream: true,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: readRequestCounters,
    responseSerialize: () => Buffer.alloc(0),
    responseDeserialize: () => undefined,
  },
};

/** Handles the streams of all proxies: one report for each message that holds counters of requests. */
export function metricsHandler(onTotals: (report: TotalsReport) => void) {
  return (call: ServerReadableStream<RequestCounters, unknown>, answer: sendUnaryData<unknown>): void => {
    let nodeId: string | undefined;
    call.on('data', (message: RequestCounters) => {
      nodeId = message.nodeId ?? nodeId;
      if (nodeId !== undefined && message.counters.size > 0) onTotals({ nodeId, counters: message.counters });
    });
    call.on('end', () => answer(null, {}));
    // A proxy that goes away in the middle of a report loses nothing: counters are absolute.
    call.on('error', () => undefined);
  };
}
