import {
  DeploymentPhase,
  type MigrationState,
  Stage,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { durationMsBetween } from '../text/numbers.ts';
import type { TrafficReport } from './traffic-report.ts';

/** A killed group keeps getting copies, so its mismatches may still reach what remediation asks for; not for ever. */
const remediationPatienceMs = 120_000;

/** The run has reached its end: the seal; with --only the hot-swap of what migrates, as the legacy is still needed for the rest. */
export function isDone(state: MigrationState, isOnly: boolean): boolean {
  if (state.sealed !== undefined) return true;
  const migrating = state.groups.filter((group) => !group.stayOnLegacy && !group.shadowOnly);
  return isOnly && migrating.length > 0 && migrating.every((group) => group.stage === Stage.SWAPPED);
}

/** Why the run can never reach its end by itself: it was killed and nothing will start it again. Undefined when it may go on. */
export function deadEndOf(state: MigrationState): string | undefined {
  const killed = state.groups.find((group) => !group.stayOnLegacy && group.stage === Stage.KILLED);
  if (killed === undefined || state.deployments.some((deployment) => isMoving(deployment.phase)))
    return undefined;
  const remediatesAt = state.spec?.policy?.remediation?.deployNextBuildAfterMismatches ?? 0;
  if (remediatesAt === 0) return `${killed.name} was killed, and the file asks for no remediation`;
  if (!hasNextBuild(state)) return `${killed.name} was killed, and modern has no next build`;
  if (durationMsBetween(killed.stageEnteredAt, state.observedAt) < remediationPatienceMs) return undefined;
  return `${killed.name} was killed, and fewer than the ${remediatesAt} mismatches that deploy the next build stand against this one`;
}

/** As the control plane chooses it: a build after the newest that was deployed. */
function hasNextBuild(state: MigrationState): boolean {
  const builds = (state.spec?.modern?.builds ?? []).map((build) => build.name);
  const tried = state.deployments
    .filter((deployment) => deployment.universe === UniverseName.MODERN)
    .map((deployment) => deployment.build);
  const newest = Math.max(-1, ...tried.map((build) => builds.indexOf(build)));
  return builds.slice(newest + 1).some((build) => !tried.includes(build));
}

function isMoving(phase: DeploymentPhase): boolean {
  return phase === DeploymentPhase.STARTING || phase === DeploymentPhase.DRAINING;
}

/** Nothing is on its way any more: each request is judged or lost, each build serves or has stopped. */
export function isSettled(state: MigrationState): boolean {
  return (
    (state.coverage?.pending ?? 0n) === 0n &&
    !state.deployments.some((deployment) => isMoving(deployment.phase))
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
