import { type Epoch, newEvidence } from '../../core/evidence/evidence.ts';
import {
  type DeploymentRecord,
  type GroupRecord,
  type MigrationRecord,
  servingDeployment,
} from '../../core/model.ts';
import type { Surroundings } from '../../core/view/migration-view.ts';
import { withGroups } from './group-change.ts';

/** A record with this deployment added, or replaced by id. */
export function withDeployment(record: MigrationRecord, deployment: DeploymentRecord): MigrationRecord {
  const same = (d: DeploymentRecord) => d.universe === deployment.universe && d.id === deployment.id;
  const deployments = record.deployments.some(same)
    ? record.deployments.map((d) => (same(d) ? deployment : d))
    : [...record.deployments, deployment];
  return { ...record, deployments };
}

/** All groups with evidence that begins now: for another deployment, other rules. */
export function withNewEpoch(
  record: MigrationRecord,
  reason: string,
  surroundings: Surroundings,
  nowMs: number,
): MigrationRecord {
  const groups = [...record.groups.values()].map(
    (group): GroupRecord => ({
      ...group,
      evidence: newEvidence(epochOf(record, reason, surroundings.uncaptured(group.state.name), nowMs)),
    }),
  );
  return withGroups(record, groups);
}

export function epochOf(
  record: Pick<MigrationRecord, 'deployments' | 'rulesVersion'>,
  reason: string,
  uncapturedBefore: number,
  nowMs: number,
): Epoch {
  return {
    legacyDeployment: servingDeployment(record, 'legacy')?.id ?? '',
    modernDeployment: servingDeployment(record, 'modern')?.id ?? '',
    rulesVersion: record.rulesVersion,
    startedAtMs: nowMs,
    reason,
    uncapturedBefore,
  };
}
