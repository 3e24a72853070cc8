import type { MessageInitShape } from '@bufbuild/protobuf';
import type { RepairTotals } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { MigrationSummarySchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { type MigrationRecord, servingDeployment } from '../model.ts';
import { type GroupView, groupAlpha, type MigrationView } from '../orchestrator/decide.ts';
import { confidenceOf } from '../orchestrator/gate.ts';
import { acceptedOverlaps } from '../orchestrator/overlap.ts';
import type { Stage } from '../orchestrator/stages.ts';
import { nextStepOf, type Surroundings, viewOf } from '../view/migration-view.ts';
import { wireStage } from '../view/state-message.ts';
import { healthOf } from './health.ts';
import type { Point } from './point.ts';

/** What is true of a migration besides its record. */
export interface SummaryContext {
  readonly surroundings: Surroundings;
  /** Points of the whole migration, in the order of time. */
  readonly points: readonly Point[];
  /** Undefined while nobody could count them. */
  readonly questionsOpen: number | undefined;
  /** Undefined while nobody could count them. */
  readonly repairs: Pick<RepairTotals, 'open' | 'outstanding' | 'reported' | 'repairs'> | undefined;
  readonly proxiesConnected: number;
  /** Databases that keep much WAL for Chronos, in words. */
  readonly walAlarms: readonly string[];
  /** Since Chronos' database was last read, or since it is tried. */
  readonly unreadMs: number;
  readonly nowMs: number;
}

const rateS = 10;

/** One line of the overview. */
export function summaryOf(
  record: MigrationRecord,
  context: SummaryContext,
): MessageInitShape<typeof MigrationSummarySchema> {
  const { points, questionsOpen, nowMs } = context;
  const view = viewOf(record, context.surroundings);
  const moving = view.groups.filter((group) => !group.stayOnLegacy && !group.shadowOnly);
  const least = leastFar(moving);
  const accepted = acceptedOverlaps(record.spec, context.surroundings.overlapping ?? []);
  const health = healthOf({ record, view, moving, accepted, ...context });
  // Of a migration in which nothing is to move there is nothing to tell.
  const shares = moving.length === 0 ? [0] : moving.map(({ state }) => state.weightBp / 100);
  const confidences = moving.length === 0 ? [0] : moving.map((group) => confidence(view, group));
  return {
    name: record.spec.name,
    groups: moving.length,
    groupsAtRest: view.groups.length - moving.length,
    stage: wireStage(least?.state.stage ?? view.groups[0]?.state.stage ?? 'draft'),
    percent: Math.min(...shares),
    percentMax: Math.max(...shares),
    confidence: Math.min(...confidences),
    waitsFor: (least && nextStepOf(view, least, nowMs)?.waitsFor) ?? '',
    health: health.health,
    healthReason: health.reason,
    requestsPerSecond: requestsPerSecond(view, context),
    failed: BigInt(points.reduce((sum, point) => sum + point.failed, 0)),
    mismatches: BigInt(view.groups.reduce((sum, { evidence }) => sum + evidence.mismatched, 0)),
    ...(questionsOpen !== undefined && { questionsOpen }),
    ...(record.spec.entanglement !== undefined && context.repairs && { repairs: context.repairs }),
    kills: record.kills,
    sealed: record.sealed !== undefined,
    paused: moving.some(({ state }) => state.paused),
    modernBuild: servingDeployment(record, 'modern')?.build ?? '',
  };
}

/** How far a stage is on the way; a kill is the farthest back, for it is what must be seen. */
const progress: Readonly<Record<Stage, number>> = {
  killed: 0,
  draft: 1,
  shadow: 2,
  canary: 3,
  swapped: 4,
  sealed: 5,
};

function leastFar(groups: readonly GroupView[]): GroupView | undefined {
  return groups.toSorted(
    (a, b) => progress[a.state.stage] - progress[b.state.stage] || a.state.weightBp - b.state.weightBp,
  )[0];
}

function confidence(view: MigrationView, group: GroupView): number {
  return confidenceOf(group.evidence, group.uncaptured, groupAlpha(view));
}

/** As the proxies count them; by verdicts, of the last full seconds, where those know of more: a proxy is asked only so often. */
function requestsPerSecond(view: MigrationView, { surroundings, points, nowMs }: SummaryContext): number {
  const counted = view.groups.reduce((sum, { state }) => sum + surroundings.perSecond(state.name), 0);
  const nowS = Math.floor(nowMs / 1000);
  const recent = points.filter(({ atS }) => atS < nowS && atS >= nowS - rateS);
  const judged = recent.reduce((sum, { legacy, modern }) => sum + legacy.answered + modern.answered, 0);
  return Math.max(counted, judged / rateS);
}
