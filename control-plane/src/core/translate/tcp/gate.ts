import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { HeaderValueOption_HeaderAppendAction } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import type { MigrationIr, SocketAddress, TcpGroupIr, UniverseName } from '../../ir.ts';
import type { ClusterInit } from '../cluster.ts';
import type { Side } from '../endpoint.ts';
import { gatePath, PROBE_HEADER } from '../names.ts';

/** From a weight of zero to closed connections: one interval at most, and what a check takes. */
const intervalMs = 100;
const timeoutMs = 1_000;
/** Checks without an answer in a row, each of one to eleven hundred milliseconds: a busy proxy must not look like a kill. */
const silentMax = 50;

/**
 * What closes modern's live connections when the group's weight is zero: a connection cannot be moved, and nothing but its health makes Envoy
 * close the connections of an endpoint (a removed endpoint, or one that discovery calls unhealthy, keeps them; measured on 1.39.3). So the
 * health of modern's endpoints is the proxy's own word on whether the group reaches modern, read off the same runtime as the weights.
 */
export function modernGate(migration: MigrationIr, group: TcpGroupIr): ClusterInit {
  if (group.mode !== 'mirrored') return {};
  return {
    closeConnectionsOnHostHealthFailure: true,
    healthChecks: [
      {
        interval: durationFromMs(intervalMs),
        noTrafficInterval: durationFromMs(intervalMs),
        timeout: durationFromMs(timeoutMs),
        // An answer that is neither 200 nor 503 counts at once, whatever stands here.
        unhealthyThreshold: silentMax,
        healthyThreshold: 1,
        healthChecker: {
          case: 'httpHealthCheck',
          value: {
            path: gatePath(group.name),
            retriableStatuses: [{ start: 503n, end: 504n }],
            requestHeadersToAdd: [
              header(PROBE_HEADER, migration.probeSecret),
              header('traceparent', untraced),
            ],
          },
        },
      },
    ],
  };
}

/** The sampler follows its client's decision: ten spans a second of the proxy talking to itself help nobody. */
const untraced = `00-${'1'.padStart(32, '0')}-${'1'.padStart(16, '0')}-00`;

const header = (key: string, value: string) => ({
  header: { key, value },
  appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
});

/** Both universes' endpoints; modern's are asked about at the migration's own listener. */
export function sides(migration: MigrationIr, group: TcpGroupIr): Readonly<Record<UniverseName, Side>> {
  return {
    legacy: group.legacy,
    modern:
      group.mode === 'mirrored'
        ? { ...group.modern, healthCheckedAt: reachable(migration.listen) }
        : group.modern,
  };
}

/** The universes that a connection or its copy may still reach. */
export function universesOf({ mode }: TcpGroupIr): UniverseName[] {
  switch (mode) {
    case 'legacy-only':
      return ['legacy'];
    case 'mirrored':
      return ['legacy', 'modern'];
    case 'sealed':
      return ['modern'];
  }
}

/** One listens on all addresses, but connects to one. */
function reachable({ host, port }: SocketAddress): SocketAddress {
  if (host === '0.0.0.0') return { host: '127.0.0.1', port };
  return { host: host === '::' ? '::1' : host, port };
}
