import { adminAt } from '@chronos/envoy/admin.ts';
import { bootstrap } from '@chronos/envoy/bootstrap.ts';
import { prepareEnvoy } from '@chronos/envoy/process.ts';
import type { Part } from '@chronos/local/part.ts';
import type { Toolchain } from '@chronos/local/toolchain.ts';
import { loopback, partNames } from './part-names.ts';
import { type Ports, portOf } from './ports.ts';
import type { StateFolder } from './state-folder.ts';

/** The group of proxies that the control plane configures. */
const nodeCluster = 'time-rift';

/** Envoy, which takes clients at these addresses. It is ready once clusters, weights and listeners have come, so never before the migration is applied. */
export async function timeRiftPart(
  listen: readonly string[],
  ports: Ports,
  toolchain: Pick<Toolchain, 'envoy'>,
  folder: StateFolder,
): Promise<Part> {
  const { command, args } = await prepareEnvoy({
    binary: toolchain.envoy,
    dir: folder.sub('envoy'),
    bootstrap: bootstrap({
      nodeId: `${nodeCluster}-1`,
      cluster: nodeCluster,
      xdsAddress: loopback(ports.xds),
      adminPort: ports.envoyAdmin,
    }),
  });
  const admin = adminAt(ports.envoyAdmin);
  return {
    name: partNames.timeRift,
    command,
    args,
    cwd: folder.sub('envoy'),
    after: [partNames.controlPlane],
    ports: [ports.envoyAdmin, ...listen.map(portOf)],
    ready: () => admin.ready(),
    restart: true,
  };
}
