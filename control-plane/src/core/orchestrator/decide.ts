import { type Evidence, lostCount } from '../evidence/evidence.ts';
import { degradation } from '../evidence/watch.ts';
import {
  askGate,
  cleanMs,
  confidenceOf,
  coverageOf,
  type Gate,
  isStale,
  seconds,
  silenceMs,
} from './gate.ts';
import { fullWeightBp, type GroupState } from './group.ts';
import { alphaOfGroup, type ResolvedPolicy, type Step } from './policy.ts';
import { clientsOnModern } from './stages.ts';

export interface GroupView {
  readonly state: GroupState;
  readonly stayOnLegacy: boolean;
  /** Mirrored and compared, never moved. */
  readonly shadowOnly: boolean;
  readonly evidence: Evidence;
  /** Uncaptured requests of the running epoch. */
  readonly uncaptured: number;
  /** Of these, what nobody will judge any more: what is told as lost. */
  readonly vanished: number;
}

export interface MigrationView {
  readonly policy: ResolvedPolicy;
  readonly groups: readonly GroupView[];
  /** When this leader began to watch; a canary returns for silence only after a whole deadline of watching. */
  readonly watchingSinceMs: number;
  /** A build is being replaced: nothing grows meanwhile. */
  readonly deploying: boolean;
  /** A start is under way, and waits for this. */
  readonly startWaitsFor?: string | undefined;
  /** What no group may go on without, whatever its evidence: `overlapHold`, `unaskedHold`. */
  readonly heldFor?: string | undefined;
  /** Why no client may be on modern as long as that is half way: `overlapHold`. */
  readonly noCanaryFor?: string | undefined;
  /** The next build of modern that was not tried yet. */
  readonly nextBuild: string | undefined;
}

export type Decision =
  | {
      readonly action: 'kill' | 'return';
      readonly group: string;
      readonly reason: string;
      readonly cause?: Cause;
    }
  | { readonly action: 'step'; readonly group: string; readonly weightBp: number; readonly reason: string }
  | { readonly action: 'deploy'; readonly build: string; readonly reason: string }
  | { readonly action: 'seal'; readonly reason: string };

/** The request that made the decision. */
export interface Cause {
  readonly requestId: string;
  readonly traceparent: string;
}

/**
 * What has to happen now; pure. Less weight comes first, at most one decision a group, and nothing that commits the migration further
 * (a step, a deploy, the seal) beside a kill or a return.
 */
export function decide(view: MigrationView, nowMs: number): Decision[] {
  const moving = view.groups.filter((group) => !group.stayOnLegacy);
  const backwards = moving.flatMap((group) => decideBack(view, group, nowMs) ?? []);
  if (backwards.length > 0) return backwards;
  if (view.deploying) return [];
  const deploy = decideDeploy(view, moving);
  if (deploy !== undefined) return [deploy];
  const steps = moving.flatMap((group) => decideStep(view, group, nowMs) ?? []);
  if (steps.length > 0) return steps;
  const seal = decideSeal(view, nowMs);
  return seal === undefined ? [] : [seal];
}

/** The first step above the share that modern has. */
export function nextStep(policy: ResolvedPolicy, state: GroupState): Step | undefined {
  if (state.stage === 'sealed') return undefined;
  return policy.ladder.find((step) => step.weightBp > state.weightBp);
}

/** Whether this step's evidence is there; for the orchestrator, the operator's SetWeight and the display alike. */
export function gateFor(view: MigrationView, group: GroupView, step: Step, nowMs: number): Gate {
  if (view.heldFor !== undefined) return { open: false, waitsFor: view.heldFor };
  return askGate({
    policy: view.policy,
    step,
    evidence: group.evidence,
    uncaptured: group.uncaptured,
    alpha: groupAlpha(view),
    stepEnteredAtMs: group.state.stepEnteredAtMs,
    nowMs,
  });
}

/** What the next step waits for, in words. */
export function waitsFor(view: MigrationView, group: GroupView, step: Step, nowMs: number): string {
  const { stage, paused } = group.state;
  const isStopped = stage === 'draft' || stage === 'killed';
  if (isStopped && view.startWaitsFor !== undefined) return view.startWaitsFor;
  if (stage === 'draft') return 'its start';
  if (stage === 'killed') return 'an operator: it was killed';
  if (paused) return 'an operator: it is paused';
  if (view.deploying) return 'a deployment to finish';
  const gate = gateFor(view, group, step, nowMs);
  if (!gate.open) return gate.waitsFor;
  return view.policy.manual ? 'an operator: its evidence is there' : 'the next look';
}

export function groupAlpha(view: Pick<MigrationView, 'policy' | 'groups'>): number {
  return alphaOfGroup(
    view.policy,
    view.groups.filter((group) => !group.stayOnLegacy && !group.shadowOnly).length,
  );
}

/** The evidence as the journal keeps it. */
export function evidenceSummary(
  view: Pick<MigrationView, 'policy' | 'groups'>,
  group: GroupView,
): Record<string, unknown> {
  const { evidence, uncaptured } = group;
  const alpha = groupAlpha(view);
  return {
    compared: evidence.compared,
    mismatched: evidence.mismatched,
    lost: { ...evidence.lost, ...(uncaptured > 0 ? { uncaptured } : {}) },
    lost_total: lostCount(evidence) + uncaptured,
    coverage: coverageOf(evidence, uncaptured),
    confidence: confidenceOf(evidence, uncaptured, alpha),
    alpha,
    legacy_deployment: evidence.epoch.legacyDeployment,
    modern_deployment: evidence.epoch.modernDeployment,
    rules_version: evidence.epoch.rulesVersion,
    epoch_started_at: new Date(evidence.epoch.startedAtMs).toISOString(),
  };
}

function decideBack(view: MigrationView, group: GroupView, nowMs: number): Decision | undefined {
  const { state, evidence } = group;
  if (state.stage !== 'canary' && state.stage !== 'swapped') return undefined;
  const { bug } = evidence.watch;
  if (view.policy.killOnBug && bug !== undefined) {
    const where = bug.field === '' ? bug.route : `${bug.route}, ${bug.field}`;
    return {
      action: 'kill',
      group: state.name,
      reason: `a client got a wrong answer from modern (${where})`,
      cause: { requestId: bug.requestId, traceparent: bug.traceparent },
    };
  }
  const degraded = view.policy.killOnDegradation ? degradation(evidence.watch) : undefined;
  if (degraded !== undefined) return { action: 'kill', group: state.name, reason: degraded };
  // After the swap nothing can grow, and legacy is a warm backup: missing evidence then only forbids the seal. So do ids that overlap: all clients
  // hold modern's by then, which legacy would take for its own.
  if (state.stage !== 'canary') return undefined;
  if (view.noCanaryFor !== undefined)
    return { action: 'return', group: state.name, reason: `a canary needs ${view.noCanaryFor}` };
  // While no control plane looked, verdicts waited in Kafka: their age says nothing about the evidence yet.
  const silence = Math.min(silenceMs(evidence, nowMs), nowMs - view.watchingSinceMs);
  if (silence <= view.policy.evidenceDeadlineMs) return undefined;
  const reason = `nothing was compared for ${Math.round(silence / 1000)} s: a canary does not run blind`;
  return { action: 'return', group: state.name, reason };
}

function decideDeploy(view: MigrationView, moving: readonly GroupView[]): Decision | undefined {
  const { policy, nextBuild } = view;
  if (policy.deployAfterMismatches === 0 || nextBuild === undefined) return undefined;
  if (moving.some((group) => clientsOnModern(group.state.stage))) return undefined;
  if (!moving.some((group) => group.state.stage !== 'draft')) return undefined;
  if (moving.some((group) => group.state.paused)) return undefined;
  const mismatched = moving.reduce((sum, group) => sum + group.evidence.mismatched, 0);
  if (mismatched < policy.deployAfterMismatches) return undefined;
  const reason = `${mismatched} mismatches stand against the running build`;
  return { action: 'deploy', build: nextBuild, reason };
}

function decideStep(view: MigrationView, group: GroupView, nowMs: number): Decision | undefined {
  const { state } = group;
  if (view.policy.manual || group.shadowOnly || state.paused) return undefined;
  if (state.stage !== 'shadow' && state.stage !== 'canary') return undefined;
  const step = nextStep(view.policy, state);
  if (step === undefined || !gateFor(view, group, step, nowMs).open) return undefined;
  const confidence = confidenceOf(group.evidence, group.uncaptured, groupAlpha(view));
  return {
    action: 'step',
    group: state.name,
    weightBp: step.weightBp,
    reason: `${group.evidence.compared.toLocaleString('en-US')} compared, ${group.evidence.mismatched} mismatched: confidence ${floor(confidence)} % ≥ ${step.confidence} %`,
  };
}

function decideSeal(view: MigrationView, nowMs: number): Decision | undefined {
  const after = view.policy.autoSealAfterMs;
  if (after === undefined || sealRefusal(view, nowMs) !== undefined) return undefined;
  const ready = view.groups.every(
    ({ state, evidence }) =>
      !state.paused &&
      nowMs - state.stageEnteredAtMs >= after &&
      cleanMs(evidence, state.stepEnteredAtMs, nowMs) >= after,
  );
  if (!ready) return undefined;
  return { action: 'seal', reason: `clean for ${Math.round(after / 1000)} s after the hot-swap` };
}

/** Why the migration cannot be sealed now; undefined when it can. */
export function sealRefusal(view: MigrationView, nowMs: number): string | undefined {
  if (view.deploying) return 'a deployment is under way';
  if (view.heldFor !== undefined) return `it waits for ${view.heldFor}`;
  for (const { state, stayOnLegacy, shadowOnly, evidence } of view.groups) {
    if (stayOnLegacy) return `route group ${state.name} stays on legacy`;
    if (shadowOnly) return `route group ${state.name} is mirrored only; legacy answers it`;
    if (state.stage !== 'swapped' || state.weightBp !== fullWeightBp) {
      return `route group ${state.name} is in ${state.stage}, modern answers ${state.weightBp / 100} % of it`;
    }
    if (isStale(evidence, view.policy, nowMs)) {
      return `route group ${state.name} has no fresh evidence: nothing was compared for ${seconds(silenceMs(evidence, nowMs))}`;
    }
    if (evidence.watch.bug !== undefined) {
      return `a client got a wrong answer from modern in route group ${state.name} (${evidence.watch.bug.requestId})`;
    }
  }
  return undefined;
}

function floor(percent: number): number {
  return Math.floor(percent * 1000) / 1000;
}
