import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { bootstrap, staticLayer, XDS_CLUSTER } from '@chronos/envoy/bootstrap.ts';
import { type EnvoyProcess, startEnvoy } from '@chronos/envoy/process.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { sharedToolchain } from '@chronos/local/testing.ts';

/** An upstream that answers with its name. */
export async function upstream(name: string): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((_request, response) => response.end(name));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** A real Envoy whose control plane is any of several, on loopback. */
export async function proxyOf(options: {
  readonly nodeId: string;
  readonly dir: string;
  readonly xdsPorts: readonly number[];
  /** Where clusters, listeners and runtime come from; the aggregated stream unless told. */
  readonly source?: object;
}): Promise<EnvoyProcess> {
  const { envoy: binary } = await sharedToolchain();
  const { nodeId, dir, xdsPorts, source } = options;
  const adminPort = await freePort();
  const made = bootstrap({ nodeId, cluster: 'g', xdsAddress: `127.0.0.1:${xdsPorts[0]}`, adminPort });
  const resources = made.static_resources as { clusters: { name: string }[] };
  const clusters = resources.clusters.map((cluster) =>
    cluster.name === XDS_CLUSTER ? { ...cluster, load_assignment: assignment(xdsPorts) } : cluster,
  );
  return startEnvoy({
    binary,
    dir,
    adminPort,
    bootstrap: { ...made, static_resources: { ...resources, clusters }, ...(source && separately(source)) },
    concurrency: 1,
  });
}

/** A stream for each type (envoy.config.core.v3.ConfigSource), to the same server. */
export function streamEach(apiType: 'GRPC' | 'DELTA_GRPC') {
  return {
    resource_api_version: 'V3',
    api_config_source: {
      api_type: apiType,
      transport_api_version: 'V3',
      grpc_services: [{ envoy_grpc: { cluster_name: XDS_CLUSTER } }],
    },
  };
}

function separately(source: object) {
  return {
    dynamic_resources: { cds_config: source, lds_config: source },
    layered_runtime: {
      layers: [staticLayer, { name: 'chronos', rtds_layer: { name: 'chronos', rtds_config: source } }],
    },
  };
}

function assignment(ports: readonly number[]) {
  const endpoint = (port: number) => ({
    endpoint: { address: { socket_address: { address: '127.0.0.1', port_value: port } } },
  });
  return { cluster_name: XDS_CLUSTER, endpoints: [{ lb_endpoints: ports.map(endpoint) }] };
}

/** Waits until a condition holds. @throws Error when it does not in ten seconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await delay(20);
  }
}
