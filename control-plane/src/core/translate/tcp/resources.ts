import type { DataPlane, MigrationIr } from '../../ir.ts';
import { endpoints } from '../endpoint.ts';
import { tcpScope } from '../names.ts';
import { tcpClusters } from './clusters.ts';
import { sides, universesOf } from './gate.ts';
import { tcpListeners } from './listeners.ts';
import { tcpRoutes } from './routes.ts';

/**
 * Everything for a migration's TCP groups:
 *
 *     client ─► listener ─ tcp_proxy ─► rift (internal, HTTP/2) ─ router ─► legacy or modern
 *                                                     └ mirror ─► copy (internal, HTTP/2) ─ router ─► the other
 *
 * Only HTTP can be mirrored and captured, so a connection is a POST while it is inside Envoy. Both of its copies are captured where they leave
 * the tunnel again, by the filter that captures requests.
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
