import { fromJson } from '@bufbuild/protobuf';
import { createXdsServer, snapshotOf } from '@chronos/control-plane/xds.ts';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';

/** The proxies whose `node.cluster` is "edge" know one cluster, "backend", with one endpoint. */
const clusterJson = { name: 'backend', type: 'EDS', eds_cluster_config: { eds_config: { ads: {} } } };
const cluster = { name: 'backend', message: fromJson(ClusterSchema, clusterJson) };
const snapshotWith = (portValue: number) => {
  const endpoint = { address: { socket_address: { address: '127.0.0.1', port_value: portValue } } };
  const json = { cluster_name: 'backend', endpoints: [{ lb_endpoints: [{ endpoint }] }] };
  const message = fromJson(ClusterLoadAssignmentSchema, json);
  return snapshotOf({ clusters: [cluster], endpoints: [{ name: 'backend', message }] });
};

const print = (what: object) => console.log(JSON.stringify(what));
const server = await createXdsServer({ listen: process.argv[2] ?? '127.0.0.1:18000', onEvent: print });
server.setSnapshot({ group: 'edge' }, snapshotWith(8080));
print({ kind: 'listening', port: server.port });

process.on('SIGUSR1', async () => {
  server.setSnapshot({ group: 'edge' }, snapshotWith(8081));
  print(await server.waitForAcks({ group: 'edge', timeoutMs: 5_000 }));
});
process.on('SIGTERM', () => server.close({ drainMs: 100 }));
