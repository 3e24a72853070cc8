import { clone, create, type MessageInitShape } from '@bufbuild/protobuf';
import { type Duration, durationFromMs, durationMs } from '@bufbuild/protobuf/wkt';
import { deferredCloseMs } from '@chronos/capture/core/deferred-close.ts';
import {
  type LadderStep,
  LadderStepSchema,
  type Migration,
  MigrationSchema,
  PolicySchema,
  Protocol,
} from '@chronos/proto/chronos/v1/migration_pb.js';
import { defaultSlowFloorMs } from '../evidence/watch.ts';
import { fullWeightBp } from './group.ts';

export interface Step {
  readonly weightBp: number;
  /** Confidence in percent that opens the gate. */
  readonly confidence: number;
  readonly minCompared: number;
  readonly dwellMs: number;
  readonly consistent: boolean;
}

/** A migration's policy with every default filled in, in plain units. */
export interface ResolvedPolicy {
  readonly alpha: number;
  readonly ladder: readonly Step[];
  readonly joinDeadlineMs: number;
  readonly evidenceDeadlineMs: number;
  readonly manual: boolean;
  readonly autoStart: boolean;
  readonly autoSealAfterMs: number | undefined;
  readonly killOnBug: boolean;
  readonly killOnDegradation: boolean;
  /** An answer faster than this is never slow. */
  readonly latencyFloorMs: number;
  /** 0: an operator deploys. */
  readonly deployAfterMismatches: number;
}

const defaultAlpha = 0.01;
const defaultDwellMs = 60_000;
const defaultFirstMinCompared = 1_000n;
const defaultLadder: readonly MessageInitShape<typeof LadderStepSchema>[] = [
  { percent: 1, confidence: 99.5 },
  { percent: 5, confidence: 99.8 },
  { percent: 10, confidence: 99.9 },
  { percent: 50, confidence: 99.95 },
  { percent: 100, confidence: 99.99 },
];

/** The migration with the defaults that its reader would otherwise have to know, filled in. The input is left as it is. */
export function withDefaults(spec: Migration): Migration {
  const full = clone(MigrationSchema, spec);
  for (const universe of [full.legacy, full.modern]) {
    if (universe?.protocol === Protocol.UNSPECIFIED) universe.protocol = Protocol.HTTP1;
  }
  for (const group of full.routes) {
    group.timeout ??= durationFromMs(15_000);
    group.perTryTimeout ??= durationFromMs(2_000);
  }
  const policy = full.policy ?? create(PolicySchema);
  full.policy = policy;
  policy.alpha ??= defaultAlpha;
  policy.joinDeadline ??= durationFromMs(10_000);
  policy.evidenceDeadline ??= durationFromMs(60_000);
  if (policy.ladder.length === 0) policy.ladder = defaultLadder.map((step) => create(LadderStepSchema, step));
  policy.ladder.forEach((step, index) => {
    step.dwell ??= durationFromMs(defaultDwellMs);
    if (index === 0 && step.minCompared === 0n) step.minCompared = defaultFirstMinCompared;
  });
  return full;
}

export function resolvePolicy(spec: Migration): ResolvedPolicy {
  const policy = withDefaults(spec).policy ?? create(PolicySchema);
  return {
    alpha: policy.alpha ?? defaultAlpha,
    ladder: policy.ladder.map(resolveStep),
    joinDeadlineMs: msOf(policy.joinDeadline),
    evidenceDeadlineMs: msOf(policy.evidenceDeadline),
    manual: policy.manual,
    autoStart: policy.autoStart,
    autoSealAfterMs: policy.autoSealAfter === undefined ? undefined : durationMs(policy.autoSealAfter),
    killOnBug: policy.kill?.ignoreBugs !== true,
    killOnDegradation: policy.kill?.ignoreDegradation !== true,
    latencyFloorMs: policy.kill?.latencyFloor ? durationMs(policy.kill.latencyFloor) : defaultSlowFloorMs,
    deployAfterMismatches: policy.remediation?.deployNextBuildAfterMismatches ?? 0,
  };
}

/** Basis points of a percentage; the ladder's grain is 0.01 %. */
export function weightOfPercent(percent: number): number {
  return Math.min(fullWeightBp, Math.max(0, Math.round(percent * 100)));
}

/** Each of a migration's groups gets an equal share of alpha, so that the whole ladder of all groups errs with chance alpha at most. */
export function alphaOfGroup(policy: ResolvedPolicy, migratingGroups: number): number {
  return policy.alpha / Math.max(1, migratingGroups);
}

function resolveStep(step: LadderStep): Step {
  return {
    weightBp: weightOfPercent(step.percent),
    confidence: step.confidence,
    minCompared: Number(step.minCompared),
    dwellMs: msOf(step.dwell),
    consistent: step.consistent,
  };
}

/** From the end of an attempt without an answer to its place in the join: capture learns of it by its stream's end; then Kafka. */
export const hangToldMs = deferredCloseMs + 500;

export function msOf(duration: Duration | undefined): number {
  return duration === undefined ? 0 : durationMs(duration);
}
