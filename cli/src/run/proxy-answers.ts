import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  DeploymentPhase,
  type MigrationState,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { Api } from '../commands/api.ts';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { accepts } from './parts.ts';
import { hostOf, portOf } from './ports.ts';

/**
 * Requests would be answered now: both universes serve, a proxy has ACKed all that it was sent, and it listens. Throws when a universe's
 * first build has failed, for then they never will.
 */
export async function proxyAnswers(api: Api, migration: Migration, state: MigrationState): Promise<boolean> {
  const serving = new Set<UniverseName>();
  for (const deployment of state.deployments) {
    if (deployment.phase === DeploymentPhase.SERVING) serving.add(deployment.universe);
  }
  for (const deployment of state.deployments) {
    if (deployment.phase === DeploymentPhase.FAILED && !serving.has(deployment.universe))
      throw new CliError(exitCodes.failed, `${deployment.id} did not get healthy: ${deployment.reason}`);
  }
  // A sealed migration that is kept from an earlier run has no legacy any more.
  const needsLegacy = state.sealed === undefined;
  if (!serving.has(UniverseName.MODERN) || (needsLegacy && !serving.has(UniverseName.LEGACY))) return false;
  try {
    const { proxies } = await api.proxies.listProxies({});
    const isInSync = proxies.some(
      (proxy) =>
        proxy.connected &&
        proxy.resources.some((resource) => resource.type === 'endpoint') &&
        proxy.resources.every((resource) => resource.versionAcked === resource.versionWanted),
    );
    return isInSync && (await accepts(hostOf(migration.listen), portOf(migration.listen)));
  } catch {
    return false;
  }
}
