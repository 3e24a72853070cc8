import { comparisonsToOpen, confidenceSequence, gateOpens } from '@chronos/confidence/e-process.ts';
import { comparedPerSecond, type Evidence, lostCount } from '../evidence/evidence.ts';
import type { ResolvedPolicy, Step } from './policy.ts';

/** Everything a gate is asked about. */
export interface GateQuestion {
  readonly policy: ResolvedPolicy;
  readonly step: Step;
  readonly evidence: Evidence;
  /** Uncaptured requests of this epoch; see Evidence.epoch.uncapturedBefore. */
  readonly uncaptured: number;
  /** This group's share of the policy's alpha. */
  readonly alpha: number;
  /** When the share last changed. */
  readonly stepEnteredAtMs: number;
  readonly nowMs: number;
}

/** Open, or what it waits for, in words for people. */
export type Gate = { readonly open: true } | { readonly open: false; readonly waitsFor: string };

/** Growth stops when the newest compared request is older than this part of the evidence deadline. */
const growthFraction = 1 / 6;

/**
 * A gate opens when all of this holds; the first that does not is what it waits for:
 *
 * 1. "every request matched", where the step asks for it;
 * 2. at least `min_compared` requests in this epoch;
 * 3. the e-process refutes "the mismatch rate is p0 or more", p0 = 1 − confidence, at the group's alpha (told together with 2);
 * 4. coverage ≥ the confidence asked for: a lost request is never counted as agreement;
 * 5. no declared segment's own mismatch rate reaches p0. This is stricter than asking whether the segment's own sequence (at alpha/2) lies
 *    above p0, as that sequence's lower end never exceeds the rate; asking for its *upper* end below p0 instead would make every rare value
 *    of a segment need as many requests as the whole group;
 * 6. clean time: no mismatch, and no change of weight or epoch, within the dwell;
 * 7. fresh evidence.
 */
export function askGate(question: GateQuestion): Gate {
  const waitsFor =
    consistency(question) ??
    enoughClean(question) ??
    covered(question) ??
    segmentsUnder(question) ??
    dwelt(question) ??
    fresh(question);
  return waitsFor === undefined ? { open: true } : { open: false, waitsFor };
}

/** Confidence in percent as shown: the sequence's figure, capped by the coverage of the epoch. */
export function confidenceOf(evidence: Evidence, uncaptured: number, alpha: number): number {
  const { confidence } = confidenceSequence(evidence.compared, evidence.mismatched, alpha);
  return Math.min(confidence, 100 * coverageOf(evidence, uncaptured));
}

/** Compared requests as a part of all that should have been; 0 before the first. */
export function coverageOf(evidence: Evidence, uncaptured: number): number {
  const all = evidence.compared + lostCount(evidence) + uncaptured;
  return all === 0 ? 0 : evidence.compared / all;
}

/** Time without any compared request, in milliseconds. */
export function silenceMs(evidence: Evidence, nowMs: number): number {
  return Math.max(0, nowMs - Math.max(evidence.freshAtMs ?? 0, evidence.epoch.startedAtMs));
}

/** Too old to grow on; also when it was the control plane that was away. */
export function isStale(evidence: Evidence, policy: ResolvedPolicy, nowMs: number): boolean {
  return (
    evidence.freshAtMs === undefined ||
    silenceMs(evidence, nowMs) > policy.evidenceDeadlineMs * growthFraction
  );
}

/** Milliseconds without a mismatch, a change of weight or of epoch. */
export function cleanMs(evidence: Evidence, stepEnteredAtMs: number, nowMs: number): number {
  const since = Math.max(stepEnteredAtMs, evidence.epoch.startedAtMs, evidence.lastMismatchAtMs ?? 0);
  return Math.max(0, nowMs - since);
}

function consistency({ step, evidence }: GateQuestion): string | undefined {
  if (!step.consistent || evidence.mismatched === 0) return undefined;
  return `another build: this step asks that every request matched, and ${count(evidence.mismatched)} did not`;
}

/** Both at once, so that nobody is told of a few requests where the mismatches ask for thousands. */
function enoughClean(question: GateQuestion): string | undefined {
  const { step, evidence, alpha } = question;
  const p0 = 1 - step.confidence / 100;
  const { compared, mismatched } = evidence;
  const forRate = gateOpens(compared, mismatched, p0, alpha)
    ? 0
    : Math.max(1, comparisonsToOpen(mismatched, p0, alpha) - compared);
  const missing = Math.max(step.minCompared - compared, forRate);
  return missing <= 0 ? undefined : moreRequests(question, missing);
}

function covered({ step, evidence, uncaptured }: GateQuestion): string | undefined {
  const coverage = 100 * coverageOf(evidence, uncaptured);
  if (coverage >= step.confidence) return undefined;
  return `coverage of ${step.confidence} %: only ${floorPercent(coverage)} % of the requests could be compared`;
}

function segmentsUnder({ step, evidence }: GateQuestion): string | undefined {
  const p0 = 1 - step.confidence / 100;
  for (const [name, values] of Object.entries(evidence.segments)) {
    for (const [value, { compared, mismatched }] of Object.entries(values)) {
      if (mismatched === 0 || mismatched / compared < p0) continue;
      return `segment ${name}=${value}: ${count(mismatched)} of its ${count(compared)} requests differ`;
    }
  }
  return undefined;
}

function dwelt({ step, evidence, stepEnteredAtMs, nowMs }: GateQuestion): string | undefined {
  const missing = step.dwellMs - cleanMs(evidence, stepEnteredAtMs, nowMs);
  return missing <= 0 ? undefined : `${seconds(missing)} more of clean time`;
}

function fresh({ evidence, policy, nowMs }: GateQuestion): string | undefined {
  if (!isStale(evidence, policy, nowMs)) return undefined;
  return `fresh evidence: nothing was compared for ${seconds(silenceMs(evidence, nowMs))}`;
}

function moreRequests({ evidence, nowMs }: GateQuestion, missing: number): string {
  const requests = `${count(missing)} more clean ${missing === 1 ? 'request' : 'requests'}`;
  const { compared, mismatched } = evidence;
  // Those that differ bring no gate nearer.
  const rate = (comparedPerSecond(evidence, nowMs) * (compared - mismatched)) / Math.max(1, compared);
  if (compared > 0 && mismatched === compared) return `${requests}; none was clean so far`;
  return rate < 0.1 ? requests : `${requests}, about ${seconds((missing / rate) * 1000)} at this rate`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** Rounded down: 99.9996 % is not 100 %. */
function floorPercent(percent: number): number {
  return Math.floor(percent * 1000) / 1000;
}

export function seconds(ms: number): string {
  const s = Math.ceil(ms / 1000);
  if (s < 120) return `${s} s`;
  return s < 7_200 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3_600)} h`;
}
