import type { MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type {
  HedgePolicySchema,
  RetryPolicySchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { PreviousPrioritiesConfigSchema } from '@chronos/envoy/api/envoy/extensions/retry/priority/previous_priorities/v3/previous_priorities_config_pb.js';
import type { GroupIr } from '../ir.ts';
import { plugin } from './messages.ts';
import { NOT_ASKED_HEADER } from './names.ts';
import { present } from './route-match.ts';
import type { RetryTier } from './route-variants.ts';

/** Modern cannot have acted on these. */
const neverArrived = 'connect-failure,refused-stream,reset-before-request';
/** Nor does it matter whether it did, for a request that changes nothing or is honoured once. The last two are gRPC statuses. */
const anyFailure = '5xx,reset,connect-failure,refused-stream,unavailable,internal';

interface Failover {
  readonly retryPolicy: MessageInitShape<typeof RetryPolicySchema>;
  readonly hedgePolicy?: MessageInitShape<typeof HedgePolicySchema>;
}

/** How a request that modern failed is answered by legacy after all, within the same request. */
export function failover(
  tier: RetryTier,
  { perTryTimeoutMs, translated }: Pick<GroupIr, 'perTryTimeoutMs' | 'translated'>,
): Failover {
  // Behind a hop it is the hop that says so.
  const also = translated ? ',retriable-headers' : '';
  const once: MessageInitShape<typeof RetryPolicySchema> = {
    numRetries: 1,
    // The next member of the aggregate, not the failed one again.
    retryPriority: plugin('envoy.retry_priorities.previous_priorities', PreviousPrioritiesConfigSchema, {
      updateFrequency: 1,
    }),
    retryBackOff: { baseInterval: durationFromMs(1), maxInterval: durationFromMs(2) },
    ...(translated ? { retriableHeaders: [present(NOT_ASKED_HEADER)] } : {}),
  };
  if (tier === 'other') return { retryPolicy: { ...once, retryOn: neverArrived + also } };
  return {
    retryPolicy: { ...once, retryOn: anyFailure + also, perTryTimeout: durationFromMs(perTryTimeoutMs) },
    // Past the time of a try legacy is asked too and the first answer wins. Without hedging the try would be cut off, and a legacy that is
    // merely slow, which is not retried, would fail where it answered before.
    hedgePolicy: { hedgeOnPerTryTimeout: true },
  };
}
