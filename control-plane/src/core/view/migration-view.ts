import { isShadowOnly, type MigrationRecord, staysOnLegacy } from '../model.ts';
import { type GroupView, type MigrationView, nextStep, waitsFor } from '../orchestrator/decide.ts';
import { type OverlappingKind, overlapHold } from '../orchestrator/overlap.ts';
import { resolvePolicy } from '../orchestrator/policy.ts';
import { type TakenBack, unaskedHold } from '../orchestrator/unasked.ts';

/** A start that waits. */
export interface Starting {
  readonly sinceMs: number;
  /** In words. */
  readonly waitsFor: string;
}

/** What is true around a migration but not stored with it. */
export interface Surroundings {
  readonly watchingSinceMs: number;
  readonly deploying: boolean;
  readonly starting?: Starting | undefined;
  /** Kinds of identifiers of which one is one thing in legacy and another in modern. */
  readonly overlapping?: readonly OverlappingKind[];
  /** What modern did without a request, and was taken back. */
  readonly takenBack?: TakenBack | undefined;
  /** Uncaptured requests of a group since the start. */
  readonly uncaptured: (group: string) => number;
  /** Those of them that nobody will judge any more; the others may yet be. */
  readonly vanished: (group: string) => number;
  /** Requests of a group that the proxies counted. */
  readonly total: (group: string) => number;
  /** Of the last seconds, by the same count. */
  readonly perSecond: (group: string) => number;
}

/** A migration as the orchestrator sees it. */
export function viewOf(record: MigrationRecord, surroundings: Surroundings): MigrationView {
  const overlap = overlapHold(record.spec, surroundings.overlapping ?? []);
  return {
    policy: resolvePolicy(record.spec),
    groups: [...record.groups.values()].map((group) => groupViewOf(record, group.state.name, surroundings)),
    watchingSinceMs: surroundings.watchingSinceMs,
    deploying: surroundings.deploying,
    startWaitsFor: surroundings.starting?.waitsFor,
    heldFor: overlap ?? (surroundings.takenBack && unaskedHold(record.spec, surroundings.takenBack)),
    noCanaryFor: overlap,
    nextBuild: nextBuild(record),
  };
}

export function groupViewOf(record: MigrationRecord, name: string, surroundings: Surroundings): GroupView {
  const group = record.groups.get(name);
  if (group === undefined) throw new RangeError(`no group ${name} in ${record.spec.name}`);
  return {
    state: group.state,
    evidence: group.evidence,
    stayOnLegacy: staysOnLegacy(record, name),
    shadowOnly: isShadowOnly(record, name),
    uncaptured: Math.max(0, surroundings.uncaptured(name) - group.evidence.epoch.uncapturedBefore),
    vanished: Math.max(0, surroundings.vanished(name) - group.evidence.epoch.uncapturedBefore),
  };
}

/** The first build after the newest deployed one, in the file's order, that was never tried: once a build, so that it ends. */
export function nextBuild(record: Pick<MigrationRecord, 'spec' | 'deployments'>): string | undefined {
  const builds = record.spec.modern?.builds.map((build) => build.name) ?? [];
  const tried = record.deployments.filter((d) => d.universe === 'modern').map((d) => d.build);
  const newest = Math.max(-1, ...tried.map((build) => builds.indexOf(build)));
  return builds.slice(newest + 1).find((build) => !tried.includes(build));
}

/** The next step of a group and what it waits for; undefined when there is none. */
export function nextStepOf(
  view: MigrationView,
  group: GroupView,
  nowMs: number,
): { readonly percent: number; readonly confidenceNeeded: number; readonly waitsFor: string } | undefined {
  if (group.stayOnLegacy || group.shadowOnly) return undefined;
  const step = nextStep(view.policy, group.state);
  if (step === undefined) return undefined;
  return {
    percent: step.weightBp / 100,
    confidenceNeeded: step.confidence,
    waitsFor: waitsFor(view, group, step, nowMs),
  };
}
