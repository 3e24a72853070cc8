import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { bootstrap, XDS_CLUSTER } from '@chronos/envoy/bootstrap.ts';
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
}): Promise<EnvoyProcess> {
  const { envoy: binary } = await sharedToolchain();
  const { nodeId, dir, xdsPorts } = options;
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
    bootstrap: { ...made, static_resources: { ...resources, clusters } },
    concurrency: 1,
  });
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
