import type { VerdictFact } from './verdict-fact.ts';
import {
  type LegacyLatency,
  newWatch,
  noLegacyLatency,
  observeLegacyLatency,
  observeRequest,
  type Watch,
} from './watch.ts';

/**
 * What an epoch stands on: one pair of running deployments, one version of the rules. The confidence sequence holds for a stable mismatch
 * rate, so a change of any of them starts again at nothing.
 */
export interface Epoch {
  readonly legacyDeployment: string;
  readonly modernDeployment: string;
  readonly rulesVersion: string;
  readonly startedAtMs: number;
  /** For people: "modern v2@1 was deployed". */
  readonly reason: string;
  /** Requests of the group already known to be uncaptured when the epoch began. */
  readonly uncapturedBefore: number;
}

export interface Counts {
  readonly compared: number;
  readonly mismatched: number;
}

/** Evidence of one route group in the running epoch. A value; everything but `legacyLatency` is stored. */
export interface Evidence extends Counts {
  readonly epoch: Epoch;
  readonly lost: Readonly<Record<string, number>>;
  /** Segment name → value → counts. */
  readonly segments: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
  /** Start of the newest request that was compared; undefined before the first. */
  readonly freshAtMs: number | undefined;
  readonly lastMismatchAtMs: number | undefined;
  /** Comparisons a second: an exponentially decayed count. */
  readonly rate: { readonly decayedCount: number; readonly atMs: number };
  readonly watch: Watch;
  readonly legacyLatency: LegacyLatency;
}

/** Values of a segment kept apart; the rest share one, so that a client cannot make Chronos's memory grow. */
const segmentValuesMax = 64;
export const otherSegmentValue = '(other)';
const rateWindowMs = 10_000;
const lostReasonsMax = 32;

export function newEvidence(epoch: Epoch): Evidence {
  return {
    epoch,
    compared: 0,
    mismatched: 0,
    lost: {},
    segments: {},
    freshAtMs: undefined,
    lastMismatchAtMs: undefined,
    rate: { decayedCount: 0, atMs: epoch.startedAtMs },
    watch: newWatch(epoch.startedAtMs),
    legacyLatency: noLegacyLatency,
  };
}

/** Forgets alarms and confirmed bugs, not the counts: an operator starts again, or the first clients come to modern. */
export function resetWatch(evidence: Evidence, nowMs: number): Evidence {
  return { ...evidence, watch: newWatch(nowMs) };
}

/** Whether a verdict speaks of this epoch. What was lost may lack one side's deployment; what was compared has both. */
export function belongsTo(epoch: Epoch, fact: VerdictFact): boolean {
  const same = (running: string, seen: string) =>
    seen === running || (seen === '' && fact.outcome === 'lost');
  return (
    same(epoch.legacyDeployment, fact.legacyDeployment) &&
    same(epoch.modernDeployment, fact.modernDeployment) &&
    same(epoch.rulesVersion, fact.rulesVersion)
  );
}

/**
 * Adds verdicts of this group; those of other epochs are passed over. `clientsOnModern` arms the watch. Pure: one copy a batch.
 */
export function applyVerdicts(
  evidence: Evidence,
  facts: readonly VerdictFact[],
  context: { readonly clientsOnModern: boolean; readonly nowMs: number; readonly slowFloorMs?: number },
): Evidence {
  const own = facts.filter((fact) => belongsTo(evidence.epoch, fact));
  if (own.length === 0) return evidence;
  let { compared, mismatched, freshAtMs, lastMismatchAtMs, watch } = evidence;
  const lost: Record<string, number> = { ...evidence.lost };
  const segments = new SegmentCounts(evidence.segments);
  const legacyLatencies: number[] = [];
  for (const fact of own) {
    // Explained by the order of commits: it speaks neither for modern nor against it.
    if (fact.outcome === 'race') continue;
    if (fact.outcome === 'lost') {
      const reason =
        fact.lostReason in lost || Object.keys(lost).length < lostReasonsMax ? fact.lostReason : 'other';
      lost[reason] = (lost[reason] ?? 0) + 1;
      continue;
    }
    const mismatch = fact.outcome === 'mismatch';
    compared += 1;
    if (mismatch) {
      mismatched += 1;
      lastMismatchAtMs = Math.max(lastMismatchAtMs ?? 0, Math.min(fact.startedAtMs, context.nowMs));
    }
    // A clock that runs ahead must not make evidence fresher than now.
    freshAtMs = Math.max(freshAtMs ?? 0, Math.min(fact.startedAtMs, context.nowMs));
    segments.add(fact.segments, mismatch);
    if (fact.legacyMs !== undefined) legacyLatencies.push(fact.legacyMs);
    if (context.clientsOnModern) {
      watch = observeRequest(watch, fact, evidence.legacyLatency.limitMs, context.slowFloorMs);
    }
  }
  return {
    ...evidence,
    compared,
    mismatched,
    lost,
    segments: segments.done(),
    freshAtMs,
    lastMismatchAtMs,
    watch,
    rate: {
      decayedCount: decayed(evidence.rate, context.nowMs) + (compared - evidence.compared),
      atMs: Math.max(evidence.rate.atMs, context.nowMs),
    },
    legacyLatency: observeLegacyLatency(evidence.legacyLatency, legacyLatencies),
  };
}

/** Comparisons a second, over about the last ten. */
export function comparedPerSecond(evidence: Evidence, nowMs: number): number {
  const age = Math.max(1, nowMs - evidence.epoch.startedAtMs);
  const filled = 1 - Math.exp(-age / rateWindowMs); // a young epoch has not filled the window yet
  return (decayed(evidence.rate, nowMs) / (rateWindowMs / 1000)) * (1 / filled);
}

export function lostCount(evidence: Evidence): number {
  return Object.values(evidence.lost).reduce((sum, count) => sum + count, 0);
}

function decayed(rate: Evidence['rate'], nowMs: number): number {
  return rate.decayedCount * Math.exp(-Math.max(0, nowMs - rate.atMs) / rateWindowMs);
}

/** Copies a segment's counts when it is first written to, not before. */
class SegmentCounts {
  readonly #before: Evidence['segments'];
  readonly #written = new Map<string, Map<string, Counts>>();

  constructor(before: Evidence['segments']) {
    this.#before = before;
  }

  add(segments: Readonly<Record<string, string>>, mismatch: boolean): void {
    for (const [name, value] of Object.entries(segments)) {
      let values = this.#written.get(name);
      if (values === undefined) {
        values = new Map(Object.entries(this.#before[name] ?? {}));
        this.#written.set(name, values);
      }
      const key = values.has(value) || values.size < segmentValuesMax ? value : otherSegmentValue;
      const counts = values.get(key) ?? { compared: 0, mismatched: 0 };
      values.set(key, {
        compared: counts.compared + 1,
        mismatched: counts.mismatched + (mismatch ? 1 : 0),
      });
    }
  }

  done(): Evidence['segments'] {
    if (this.#written.size === 0) return this.#before;
    const written = [...this.#written].map(([name, values]) => [name, Object.fromEntries(values)]);
    return { ...this.#before, ...Object.fromEntries(written) };
  }
}
