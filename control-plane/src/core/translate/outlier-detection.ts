import type { MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type { OutlierDetectionSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/outlier_detection_pb.js';

/** Failures in a row of one endpoint. Legacy answers meanwhile, at the price of a retry. */
const failuresInRow = 5;

/**
 * Takes a failing endpoint of modern away from clients, the last one too: legacy stands behind it. Statistical ejection compares endpoints with
 * each other, which says nothing when there is one.
 */
export const ejectFailing: MessageInitShape<typeof OutlierDetectionSchema> = {
  interval: durationFromMs(1_000),
  baseEjectionTime: durationFromMs(5_000),
  maxEjectionTime: durationFromMs(60_000),
  maxEjectionPercent: 100,
  splitExternalLocalOriginErrors: true,
  consecutiveLocalOriginFailure: failuresInRow,
  enforcingConsecutiveLocalOriginFailure: 100,
  consecutiveGatewayFailure: failuresInRow,
  enforcingConsecutiveGatewayFailure: 100,
  consecutive5xx: 2 * failuresInRow,
  enforcingConsecutive5xx: 100,
  enforcingSuccessRate: 0,
  enforcingLocalOriginSuccessRate: 0,
  enforcingFailurePercentage: 0,
  enforcingFailurePercentageLocalOrigin: 0,
};
