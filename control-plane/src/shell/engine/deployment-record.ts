import { type Epoch, newEvidence } from '../../core/evidence/evidence.ts';
import {
  type DeploymentRecord,
  type GroupRecord,
  type MigrationRecord,
  servingDeployment,
} from '../../core/model.ts';
import type { Surroundings } from '../../core/view/migration-view.ts';
import { withGroups } from './group-change.ts';
import { groupRulesVersion } from './rules-version.ts';

/** A record with this deployment added, or replaced by id. */
export function withDeployment(record: MigrationRecord, deployment: DeploymentRecord): MigrationRecord {
  const same = (d: DeploymentRecord) => d.universe === deployment.universe && d.id === deployment.id;
  const deployments = record.deployments.some(same)
    ? record.deployments.map((d) => (same(d) ? deployment : d))
    : [...record.deployments, deployment];
  return { ...record, deployments };
}

/** Groups (default: all) with evidence that begins now: for another deployment, other rules. */
export function withNewEpoch(
  record: MigrationRecord,
  reason: string,
  surroundings: Surroundings,
  nowMs: number,
  only?: ReadonlySet<string>,
): MigrationRecord {
  const groups = [...record.groups.values()]
    .filter(({ state }) => only?.has(state.name) ?? true)
    .map((group): GroupRecord => {
      const { name } = group.state;
      const epoch = epochOf(record, name, reason, surroundings.uncaptured(name), nowMs);
      return { ...group, evidence: newEvidence(epoch) };
    });
  return withGroups(record, groups);
}

export function epochOf(
  record: Pick<MigrationRecord, 'deployments' | 'rulesVersion' | 'fieldRules'>,
  group: string,
  reason: string,
  uncapturedBefore: number,
  nowMs: number,
): Epoch {
  return {
    legacyDeployment: servingDeployment(record, 'legacy')?.id ?? '',
    modernDeployment: servingDeployment(record, 'modern')?.id ?? '',
    rulesVersion: groupRulesVersion(record, group),
    startedAtMs: nowMs,
    reason,
    uncapturedBefore,
  };
}
