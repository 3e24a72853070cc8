import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CircuitBreakersSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/circuit_breaker_pb.js';

type CircuitBreakers = MessageInitShape<typeof CircuitBreakersSchema> & {
  thresholds: MessageInitShape<typeof CircuitBreakersSchema>['thresholds'] & object;
};

function limits(requestsMax: number, retriesMax: number): CircuitBreakers {
  return {
    thresholds: [
      {
        maxConnections: requestsMax,
        maxPendingRequests: requestsMax,
        maxRequests: requestsMax,
        maxRetries: retriesMax,
      },
    ],
  };
}

/**
 * On clients' ways: Envoy's defaults (1024 requests, 3 retries at once) would refuse what the service alone would have taken, and stop failover
 * just when modern is down.
 */
export const breaker = limits(65_536, 65_536);

/** Copies in flight. Above it they are dropped, which counts as lost; a shadow that hangs takes no more than this. */
export const shadowBreaker = limits(256, 0);

/** Copies of TCP connections, each for as long as its connection; a copy that does not read is cut off before it holds more than its buffers. */
export const copyBreaker = limits(1_024, 0);

/** Exchanges being captured at once, each a stream for its own time and at most two seconds; bounds Envoy's memory when capture hangs. */
export const captureBreaker = limits(4_096, 0);

/** TCP connections being captured at once, two streams each. Beyond it connections are not captured, which counts as lost. */
export const tcpCaptureBreaker = limits(8_192, 0);
