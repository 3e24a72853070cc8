import { applyVerdicts, belongsTo, type Counts, type Evidence } from './evidence.ts';
import type { VerdictFact } from './verdict-fact.ts';

/** A verdict's fact as it was counted, and as it is now. */
export interface RevisedFact {
  readonly before: VerdictFact;
  readonly after: VerdictFact;
}

/**
 * Evidence with verdicts corrected: each counts as what it is now, and no longer as what it was. A mismatch that shows only now is news to the
 * watch: where modern answered, it may kill. One that turns out to be none cannot be taken back from the watch; an operator starts again.
 */
export function reviseVerdicts(
  evidence: Evidence,
  revised: readonly RevisedFact[],
  context: { readonly clientsOnModern: boolean; readonly nowMs: number; readonly slowFloorMs?: number },
): Evidence {
  return revised.reduce((current, { before, after }) => {
    const without = belongsTo(current.epoch, before) ? takeBack(current, before) : current;
    return applyVerdicts(without, [withoutMeasures(after)], context);
  }, evidence);
}

/** Latency and failures were counted with the first revision. */
function withoutMeasures(fact: VerdictFact): VerdictFact {
  return { ...fact, legacyMs: undefined, modernMs: undefined, legacyStatus: 0, modernStatus: 0 };
}

function takeBack(evidence: Evidence, fact: VerdictFact): Evidence {
  switch (fact.outcome) {
    case 'race':
      return evidence;
    case 'lost': {
      const reason = fact.lostReason in evidence.lost ? fact.lostReason : 'other';
      return { ...evidence, lost: { ...evidence.lost, [reason]: less(evidence.lost[reason] ?? 0) } };
    }
    case 'match':
    case 'mismatch': {
      const isMismatch = fact.outcome === 'mismatch';
      return {
        ...evidence,
        compared: less(evidence.compared),
        mismatched: isMismatch ? less(evidence.mismatched) : evidence.mismatched,
        segments: segmentsWithout(evidence.segments, fact.segments, isMismatch),
      };
    }
  }
}

function segmentsWithout(
  counted: Evidence['segments'],
  own: VerdictFact['segments'],
  isMismatch: boolean,
): Evidence['segments'] {
  const segments: Record<string, Readonly<Record<string, Counts>>> = { ...counted };
  for (const [name, value] of Object.entries(own)) {
    const values = segments[name];
    const counts = values?.[value];
    // A value beyond those kept apart was counted among the others, which cannot be told any more: it stays there.
    if (values === undefined || counts === undefined) continue;
    const { compared, mismatched } = counts;
    segments[name] = {
      ...values,
      [value]: { compared: less(compared), mismatched: isMismatch ? less(mismatched) : mismatched },
    };
  }
  return segments;
}

function less(count: number): number {
  return Math.max(0, count - 1);
}
