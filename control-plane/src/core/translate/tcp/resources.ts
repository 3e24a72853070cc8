import type { DataPlane, MigrationIr } from '../../ir.ts';
import { endpoints } from '../endpoint.ts';
import { tcpScope } from '../names.ts';
import { tcpClusters } from './clusters.ts';
import { sides, universesOf } from './gate.ts';
import { tcpListeners } from './listeners.ts';
import { tcpRoutes } from './routes.ts';

/**
 * Everything for a migration's TCP groups. Only HTTP can be mirrored and captured, so a connection is a POST while it is inside Envoy:
 *
 *     client ─► listener ─ tcp_proxy ─► rift ─ router: split, failover ─► answer ─ router: capture ─► the universe that answers
 *                                                                           └ mirror ─► copy ─ router: capture ─► the other one
 *
 * Rift, answer and copy are internal listeners. Both connections are captured where they leave the tunnel, by the filter that captures requests.
 */
export function tcpResources(ir: DataPlane, migration: MigrationIr) {
  const { name, tcp } = migration;
  return {
    clusters: tcp.flatMap((group) => tcpClusters(migration, group)),
    endpoints: tcp.flatMap((group) =>
      endpoints(tcpScope(name, group.name), sides(migration, group), universesOf(group)),
    ),
    listeners: tcp.flatMap((group) => tcpListeners(ir, migration, group)),
    routes: tcp.map((group) => tcpRoutes(migration, group)),
  };
}
