import {
  DeploymentPhase,
  type MigrationState,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { TrafficReport } from './traffic-report.ts';

/** The run has reached its end: the seal; with --only the hot-swap of what migrates, as the legacy is still needed for the rest. */
export function isDone(state: MigrationState, isOnly: boolean): boolean {
  if (state.sealed !== undefined) return true;
  const migrating = state.groups.filter((group) => !group.stayOnLegacy);
  return isOnly && migrating.length > 0 && migrating.every((group) => group.stage === Stage.SWAPPED);
}

/** Nothing is on its way any more: each request is judged or lost, each build serves or has stopped. */
export function isSettled(state: MigrationState): boolean {
  const moving: readonly DeploymentPhase[] = [DeploymentPhase.STARTING, DeploymentPhase.DRAINING];
  return (
    (state.coverage?.pending ?? 0n) === 0n &&
    !state.deployments.some((deployment) => moving.includes(deployment.phase))
  );
}

/** Why a run that is over is no success; undefined when it is one. */
export function failureOf(
  state: MigrationState | undefined,
  traffic: TrafficReport | undefined,
  isOnly: boolean,
): string | undefined {
  if (state === undefined || !isDone(state, isOnly)) return 'the migration did not reach its end';
  const failed = traffic?.requests.failed ?? 0;
  if (failed > 0) return `${failed} requests failed as the clients saw it`;
  return undefined;
}
