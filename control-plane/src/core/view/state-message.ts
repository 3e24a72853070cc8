import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { confidenceSequence } from '@chronos/confidence/e-process.ts';
import {
  type CoverageSchema,
  type Deployment,
  DeploymentPhase,
  DeploymentSchema,
  type GroupStateSchema,
  type MigrationState,
  MigrationStateSchema,
  type SegmentEvidenceSchema,
  Stage as WireStage,
  UniverseName as WireUniverse,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { lostCount } from '../evidence/evidence.ts';
import { type DeploymentRecord, type GroupRecord, type MigrationRecord, staysOnLegacy } from '../model.ts';
import { type GroupView, groupAlpha, type MigrationView } from '../orchestrator/decide.ts';
import { confidenceOf } from '../orchestrator/gate.ts';
import type { Stage } from '../orchestrator/stages.ts';
import { nextStepOf, type Surroundings, viewOf } from './migration-view.ts';

/** A migration as the API shows it. */
export function stateMessage(
  record: MigrationRecord,
  surroundings: Surroundings,
  nowMs: number,
): MigrationState {
  const view = viewOf(record, surroundings);
  return create(MigrationStateSchema, {
    spec: record.spec,
    groups: view.groups.map((group) => groupMessage(view, group, nowMs)),
    coverage: coverageMessage(record, surroundings),
    verdicts: verdictCounts(record),
    deployments: record.deployments.map((deployment) => deploymentMessage(record.spec.name, deployment)),
    kills: record.kills,
    ...(record.sealed === undefined
      ? {}
      : { sealed: { at: timestampFromMs(record.sealed.atMs), capsule: record.sealed.capsule } }),
    createdAt: timestampFromMs(record.createdAtMs),
    observedAt: timestampFromMs(nowMs),
    revision: record.revision,
    ...(surroundings.starting && { startingSince: timestampFromMs(surroundings.starting.sinceMs) }),
  });
}

export function deploymentMessage(migration: string, deployment: DeploymentRecord): Deployment {
  return create(DeploymentSchema, {
    migration,
    universe: deployment.universe === 'legacy' ? WireUniverse.LEGACY : WireUniverse.MODERN,
    build: deployment.build,
    address: deployment.address,
    phase: phases[deployment.phase],
    deployedAt: timestampFromMs(deployment.deployedAtMs),
    reason: deployment.reason,
    id: deployment.id,
  });
}

export function wireStage(stage: Stage): WireStage {
  return stages[stage];
}

const stages: Record<Stage, WireStage> = {
  draft: WireStage.DRAFT,
  shadow: WireStage.SHADOW,
  canary: WireStage.CANARY,
  swapped: WireStage.SWAPPED,
  sealed: WireStage.SEALED,
  killed: WireStage.KILLED,
};

const phases: Record<DeploymentRecord['phase'], DeploymentPhase> = {
  starting: DeploymentPhase.STARTING,
  serving: DeploymentPhase.SERVING,
  draining: DeploymentPhase.DRAINING,
  stopped: DeploymentPhase.STOPPED,
  failed: DeploymentPhase.FAILED,
};

function groupMessage(
  view: MigrationView,
  group: GroupView,
  nowMs: number,
): MessageInitShape<typeof GroupStateSchema> {
  const { state, evidence, uncaptured, vanished, stayOnLegacy, shadowOnly } = group;
  const next = nextStepOf(view, group, nowMs);
  return {
    name: state.name,
    stage: wireStage(state.stage),
    paused: state.paused,
    modernPercent: state.weightBp / 100,
    confidence: confidenceOf(evidence, uncaptured, groupAlpha(view)),
    compared: BigInt(evidence.compared),
    mismatched: BigInt(evidence.mismatched),
    lost: BigInt(lostCount(evidence) + vanished),
    epochReason: evidence.epoch.reason,
    epochStartedAt: timestampFromMs(evidence.epoch.startedAtMs),
    stageEnteredAt: timestampFromMs(state.stageEnteredAtMs),
    ...(next === undefined ? {} : { nextStep: next }),
    stayOnLegacy,
    shadowOnly,
    segments: segmentMessages(view, group),
  };
}

/** Each segment's confidence at half the group's alpha: the other half stands for the pooled figure. */
function segmentMessages(
  view: MigrationView,
  group: GroupView,
): MessageInitShape<typeof SegmentEvidenceSchema>[] {
  const alpha = groupAlpha(view) / 2;
  return Object.entries(group.evidence.segments).flatMap(([segment, values]) =>
    Object.entries(values).map(([value, { compared, mismatched }]) => ({
      segment,
      value,
      compared: BigInt(compared),
      mismatched: BigInt(mismatched),
      confidence: confidenceSequence(compared, mismatched, alpha).confidence,
    })),
  );
}

function coverageMessage(
  record: MigrationRecord,
  surroundings: Surroundings,
): MessageInitShape<typeof CoverageSchema> {
  let total = 0;
  let compared = 0;
  let races = 0;
  const lost: Record<string, number> = {};
  for (const [name, group] of record.groups) {
    if (staysOnLegacy(record, name)) continue;
    total += surroundings.total(name);
    compared += comparedOf(group);
    races += group.verdicts.race ?? 0;
    for (const [key, count] of Object.entries(group.verdicts)) {
      if (key.startsWith('lost:')) add(lost, key.slice('lost:'.length), count);
    }
    const vanished = surroundings.vanished(name);
    if (vanished > 0) add(lost, 'uncaptured', vanished);
  }
  const lostTotal = Object.values(lost).reduce((sum, count) => sum + count, 0);
  // The proxies' count may run a moment behind the verdicts.
  const all = Math.max(total, compared + races + lostTotal);
  return {
    total: BigInt(all),
    compared: BigInt(compared),
    lost: Object.fromEntries(Object.entries(lost).map(([reason, count]) => [reason, BigInt(count)])),
    pending: BigInt(all - compared - races - lostTotal),
  };
}

function comparedOf(group: GroupRecord): number {
  const { identical = 0, equivalent = 0, mismatch = 0, asked = 0 } = group.verdicts;
  return identical + equivalent + mismatch + asked;
}

function verdictCounts(record: MigrationRecord): Record<string, bigint> {
  const counts: Record<string, number> = {};
  for (const group of record.groups.values()) {
    for (const [key, count] of Object.entries(group.verdicts)) {
      add(counts, key.startsWith('lost:') ? 'lost' : key, count);
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, BigInt(count)]));
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count;
}
