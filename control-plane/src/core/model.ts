import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Evidence } from './evidence/evidence.ts';
import { declaredGroups } from './groups.ts';
import type { GroupState } from './orchestrator/group.ts';

export type UniverseName = 'legacy' | 'modern';
export type DeploymentPhase = 'starting' | 'serving' | 'draining' | 'stopped' | 'failed';

/** One deployment of a universe. Ids are `<build or address>@<n>`, n counting the deployments of that universe in its migration. */
export interface DeploymentRecord {
  readonly id: string;
  readonly universe: UniverseName;
  /** Build name, or the address of a service that Chronos did not start. */
  readonly build: string;
  /** host:port; empty until the build listens. */
  readonly address: string;
  /** Its named ports beside the address, name to host:port. */
  readonly ports: Readonly<Record<string, string>>;
  /** Chronos started it, and stops it. */
  readonly managed: boolean;
  readonly phase: DeploymentPhase;
  readonly deployedAtMs: number;
  readonly reason: string;
}

export interface GroupRecord {
  readonly state: GroupState;
  readonly evidence: Evidence;
  /**
   * Verdicts of the group since the start, whatever their epoch: `identical`, `equivalent`, `mismatch`, `asked` (a mismatch in which no
   * rule shows a bug), `lost:<reason>` to count.
   */
  readonly verdicts: Readonly<Record<string, number>>;
}

export interface SealRecord {
  readonly atMs: number;
  readonly capsule: string;
}

/** Everything Chronos keeps of one migration; a value, replaced as a whole. */
export interface MigrationRecord {
  readonly spec: Migration;
  readonly descriptorSets: readonly Uint8Array[];
  readonly revision: bigint;
  readonly rulesVersion: string;
  /** Rules in force that people answered or the judge learned, oldest first. */
  readonly fieldRules: readonly FieldRule[];
  /** Grows with each change of field rules. */
  readonly rulesRevision: bigint;
  /** Header value that opens the probe route of the proxies. */
  readonly probeSecret: string;
  readonly createdAtMs: number;
  readonly kills: number;
  readonly sealed: SealRecord | undefined;
  /** In the order of the specification. */
  readonly groups: ReadonlyMap<string, GroupRecord>;
  /** Oldest first. */
  readonly deployments: readonly DeploymentRecord[];
}

/** The deployment that answers for a universe now. */
export function servingDeployment(
  record: Pick<MigrationRecord, 'deployments'>,
  universe: UniverseName,
): DeploymentRecord | undefined {
  return record.deployments.findLast((d) => d.universe === universe && d.phase === 'serving');
}

/** Whether the group was declared to be mirrored but never moved. */
export function isShadowOnly(record: Pick<MigrationRecord, 'spec'>, group: string): boolean {
  return declaredGroups(record.spec).find(({ name }) => name === group)?.shadowOnly === true;
}

/** Whether the group was declared to stay on legacy. */
export function staysOnLegacy(record: Pick<MigrationRecord, 'spec'>, group: string): boolean {
  return declaredGroups(record.spec).find(({ name }) => name === group)?.stayOnLegacy === true;
}
