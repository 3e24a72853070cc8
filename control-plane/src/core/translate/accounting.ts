import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AccessLogSchema } from '@chronos/envoy/api/envoy/config/accesslog/v3/accesslog_pb.js';
import { ConfigSchema } from '@chronos/envoy/api/envoy/extensions/access_loggers/stats/v3/stats_pb.js';
import { plugin } from './messages.ts';
import { METADATA } from './names.ts';

/**
 * The counter `chronos.requests`. Counts each request of a client once, when it ends, whatever retries and copies it led to: the total that coverage is measured against. An
 * access log sees a request exactly once; the clusters' own counters see every attempt.
 *
 * `mode` is how the route treated it (`mirrored`, `legacy`, `sealed`, `upgrade`, `unmatched`), `universe` who answered (`-`: nobody).
 */
export function requestCounter(): MessageInitShape<typeof AccessLogSchema> {
  const routeTag = (name: string) => ({ name, valueFormat: `%METADATA(ROUTE:${METADATA}:${name})%` });
  return plugin('envoy.access_loggers.stats', ConfigSchema, {
    // Deprecated in 1.39 in favour of a field that the pinned descriptors do not have yet; one of the two is required.
    statPrefix: 'chronos',
    counters: [
      {
        stat: {
          name: 'requests',
          tags: [
            routeTag('migration'),
            routeTag('group'),
            routeTag('mode'),
            { name: 'universe', valueFormat: `%UPSTREAM_METADATA(${METADATA}:universe)%` },
          ],
        },
        valueFixed: 1n,
      },
    ],
  });
}
