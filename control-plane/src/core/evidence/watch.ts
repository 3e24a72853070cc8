import {
  alarms,
  detectorValue,
  type ErrorComparison,
  errorComparisonAlarms,
  errorComparisonValue,
  latencyDetector,
  mismatchDetector,
  observe,
  observeError,
  type ShiryaevRoberts,
  startDetector,
  startErrorComparison,
} from '@chronos/confidence/degradation.ts';
import { p99UpperLimit } from '@chronos/confidence/latency-limit.ts';
import {
  bugOf,
  type ConfirmedBug,
  isLegacyFailure,
  type LegacyFailures,
  noLegacyFailures,
  observeLegacyFailure,
} from './legacy-failures.ts';
import type { VerdictFact } from './verdict-fact.ts';

/** What the automatic kill looks at; plain numbers, so that JSON keeps it. Fed only while clients are on modern. */
export interface Watch {
  /** When it was armed. What was asked before that says nothing about now: copies that hung until their deadline arrive late. */
  readonly armedAtMs: number;
  readonly bug: ConfirmedBug | undefined;
  readonly legacyFailures: LegacyFailures;
  readonly mismatches: ShiryaevRoberts;
  readonly errors: ErrorComparison;
  readonly slow: ShiryaevRoberts;
  /** Slot in which the last slow answer that was counted ended; see {@link slowSlotMs}. */
  readonly slowSlot: number;
}

/**
 * The window of legacy's latencies and the limit taken from it. Not stored: a restarted control plane fills it anew before it judges.
 */
export interface LegacyLatency {
  readonly window: readonly number[];
  readonly sinceLimit: number;
  readonly limitMs: number | undefined;
}

const windowMax = 2_048;
/** Sorting the window costs about 0.2 ms; at most once in this many answers. */
const limitEvery = 256;
/** No client notices less, and a shared machine's scheduling noise lives below it. */
export const defaultSlowFloorMs = 25;
/**
 * Slow answers that end within one slot count once: a single pause (garbage collection, a checkpoint, a machine that stands still) slows all that is
 * begun in it, however long it lasts, and all of that ends when it does, while the detector's guarantee is for independent observations. A lasting
 * slowness still alarms within a second.
 */
const slowSlotMs = 100;
/** Verdicts of one time come from many partitions, one after the other; what is still earlier than that is of another clock. */
const slotsBack = 100;
/** Both universes run each request, so an error comes from either with the same chance when they err alike, whatever the weight is. */
const pairedShare = 0.5;

export const noLegacyLatency: LegacyLatency = { window: [], sinceLimit: 0, limitMs: undefined };

export function newWatch(armedAtMs: number): Watch {
  return {
    armedAtMs,
    bug: undefined,
    legacyFailures: noLegacyFailures,
    mismatches: startDetector(mismatchDetector),
    errors: startErrorComparison(),
    slow: startDetector(latencyDetector),
    slowSlot: 0,
  };
}

/** One compared request. */
export function observeRequest(
  watch: Watch,
  fact: VerdictFact,
  limitMs: number | undefined,
  slowFloorMs = defaultSlowFloorMs,
): Watch {
  if (fact.startedAtMs < watch.armedAtMs) return watch;
  const mismatch = fact.outcome === 'mismatch';
  const legacyFailed = isLegacyFailure(fact);
  const { failures, confirmed } = observeLegacyFailure(watch.legacyFailures, fact);
  const wrong = mismatch && !legacyFailed && fact.answeredByModern ? bugOf(fact) : confirmed;
  return {
    armedAtMs: watch.armedAtMs,
    bug: watch.bug ?? wrong,
    legacyFailures: failures,
    mismatches: legacyFailed ? watch.mismatches : observe(mismatchDetector, watch.mismatches, mismatch),
    errors: observeErrors(watch.errors, fact),
    ...observeLatency(watch, fact, limitMs, slowFloorMs),
  };
}

/** What is wrong, in words, or undefined while nothing is. */
export function degradation(watch: Watch): string | undefined {
  const figure = (value: number) => value.toExponential(1);
  if (alarms(mismatchDetector, watch.mismatches)) {
    return `mismatches rose beyond 0.1 % (e-detector ${figure(detectorValue(watch.mismatches))})`;
  }
  if (errorComparisonAlarms(watch.errors)) {
    return `modern fails more than 1.5 times as often as legacy (e-value ${figure(errorComparisonValue(watch.errors))})`;
  }
  if (alarms(latencyDetector, watch.slow)) {
    return `modern is slower than legacy's slowest percent (e-detector ${figure(detectorValue(watch.slow))})`;
  }
  return undefined;
}

/** Adds legacy's latencies of one batch. */
export function observeLegacyLatency(state: LegacyLatency, latenciesMs: readonly number[]): LegacyLatency {
  if (latenciesMs.length === 0) return state;
  const window = [...state.window, ...latenciesMs].slice(-windowMax);
  const sinceLimit = state.sinceLimit + latenciesMs.length;
  if (sinceLimit < limitEvery) return { window, sinceLimit, limitMs: state.limitMs };
  return { window, sinceLimit: 0, limitMs: p99UpperLimit([...window].sort((a, b) => a - b)) };
}

function observeErrors(errors: ErrorComparison, fact: VerdictFact): ErrorComparison {
  const afterLegacy = fact.legacyStatus >= 500 ? observeError(errors, pairedShare, false) : errors;
  return fact.modernStatus >= 500 ? observeError(afterLegacy, pairedShare, true) : afterLegacy;
}

/** Only what a client waited for counts, and a request that was slow on both sides says nothing against modern. */
function observeLatency(
  watch: Watch,
  fact: VerdictFact,
  limitMs: number | undefined,
  slowFloorMs: number,
): Pick<Watch, 'slow' | 'slowSlot'> {
  const unchanged = { slow: watch.slow, slowSlot: watch.slowSlot };
  if (limitMs === undefined || !fact.answeredByModern || fact.modernMs === undefined) return unchanged;
  const limit = Math.max(limitMs, slowFloorMs);
  const slow = fact.modernMs > limit && (fact.legacyMs ?? 0) <= limit;
  if (!slow) return { ...unchanged, slow: observe(latencyDetector, watch.slow, false) };
  const slot = Math.floor((fact.startedAtMs + fact.modernMs) / slowSlotMs);
  if (slot <= watch.slowSlot && slot > watch.slowSlot - slotsBack) return unchanged;
  return { slow: observe(latencyDetector, watch.slow, true), slowSlot: slot };
}
