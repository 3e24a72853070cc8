import { type DigestBuildResponse, RuntimeService } from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import { type Client, createClient, type Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import type { DeploymentRecord, UniverseName } from '../../core/model.ts';

/** Where a deployment serves: its address, and its named ports as host:port. */
export type Serving = Pick<DeploymentRecord, 'address' | 'ports'>;

/** Starts and stops builds. They are children of another process, so that they outlive a control plane that dies. */
export interface BuildRunner {
  /** Starts the build, or finds the running one of this deployment; resolves once it is healthy. */
  start(migration: string, universe: UniverseName, build: string, deployment: string): Promise<Serving>;
  /** One that does not run is no error. */
  stop(migration: string, universe: UniverseName, deployment: string): Promise<void>;
  /** Runtime ids of all that runs. */
  running(): Promise<ReadonlySet<string>>;
  stopById(runtimeId: string): Promise<void>;
  /** What the build's code is. */
  digest(migration: string, universe: UniverseName, build: string): Promise<DigestBuildResponse>;
}

/** A build has 30 s to become healthy in the runtime; this is the bound on the runtime itself. */
const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;

/** Deployment ids are unique within a universe of a migration; the runtime serves all of them. */
export function runtimeId(migration: string, universe: UniverseName, deployment: string): string {
  return `${migration}.${universe}.${deployment}`;
}

/** The runtime of `chronos run`, behind a unix socket. */
export function runtimeTransport(socketPath: string): Transport {
  return createConnectTransport({
    baseUrl: 'http://runtime',
    httpVersion: '1.1',
    nodeOptions: { socketPath },
  });
}

export function buildRunner(transport: Transport): BuildRunner {
  const client: Client<typeof RuntimeService> = createClient(RuntimeService, transport);
  const stopById = async (id: string) => {
    await client.stopBuild({ id }, { timeoutMs: stopTimeoutMs });
  };
  return {
    async start(migration, universe, build, deployment) {
      const id = runtimeId(migration, universe, deployment);
      const { address, ports } = await client.startBuild(
        { id, migration, universe, build },
        { timeoutMs: startTimeoutMs },
      );
      return { address, ports };
    },
    stop: (migration, universe, deployment) => stopById(runtimeId(migration, universe, deployment)),
    stopById,
    digest: (migration, universe, build) =>
      client.digestBuild({ migration, universe, build }, { timeoutMs: stopTimeoutMs }),
    async running() {
      const { builds } = await client.listBuilds({}, { timeoutMs: stopTimeoutMs });
      return new Set(builds.map((build) => build.id));
    },
  };
}
