import type { VerdictFact } from './verdict-fact.ts';

/** A mismatch that a client saw. */
export interface ConfirmedBug {
  readonly requestId: string;
  readonly traceparent: string;
  readonly route: string;
  readonly field: string;
}

/**
 * Requests that legacy failed (5xx) and modern did not. When legacy is down, that says nothing against modern, and traffic taken back would go to a
 * legacy that answers nobody. But legacy may also refuse by such a status (a SOAP fault is a 500) what modern wrongly does: so one failure between
 * answers is a wrong answer of modern's as soon as legacy answers the next request, and none of several in a row is, nor one of those that still fail
 * while legacy comes back: its services find out one by one that their connections are dead.
 */
export interface LegacyFailures {
  /** In a row, up to now. */
  readonly run: number;
  /** The one of a run of one, where a client had modern's answer. */
  readonly suspect: ConfirmedBug | undefined;
  /** When the last failure began. */
  readonly failedAtMs: number;
  /** What begins before may fail by what is left of an outage. */
  readonly recoveringUntilMs: number;
}

/** Failures go on so long after several in a row. */
const RECOVERY_MS = 10_000;

export const noLegacyFailures: LegacyFailures = {
  run: 0,
  suspect: undefined,
  failedAtMs: 0,
  recoveringUntilMs: 0,
};

/** Whether legacy failed at what modern did. */
export function isLegacyFailure({ outcome, legacyStatus, modernStatus }: VerdictFact): boolean {
  return outcome === 'mismatch' && legacyStatus >= 500 && modernStatus > 0 && modernStatus < 500;
}

/** After one more request; `confirmed` is a suspicion that legacy's next answer has borne out. */
export function observeLegacyFailure(
  before: LegacyFailures,
  fact: VerdictFact,
): { readonly failures: LegacyFailures; readonly confirmed: ConfirmedBug | undefined } {
  // Without an answer of legacy's nothing is known; nor by one that was asked before: verdicts come in no order.
  if (fact.legacyStatus === 0) return { failures: before, confirmed: undefined };
  const { startedAtMs } = fact;
  if (fact.legacyStatus < 500) {
    if (before.run > 0 && startedAtMs < before.failedAtMs) return { failures: before, confirmed: undefined };
    const failures = { ...before, run: 0, suspect: undefined };
    return { failures, confirmed: before.run === 1 ? before.suspect : undefined };
  }
  const run = before.run + 1;
  const isSuspect =
    run === 1 && fact.answeredByModern && isLegacyFailure(fact) && startedAtMs >= before.recoveringUntilMs;
  const failures = {
    run,
    suspect: isSuspect ? bugOf(fact) : undefined,
    failedAtMs: Math.max(before.failedAtMs, startedAtMs),
    recoveringUntilMs:
      run > 1 ? Math.max(before.recoveringUntilMs, startedAtMs + RECOVERY_MS) : before.recoveringUntilMs,
  };
  return { failures, confirmed: undefined };
}

export function bugOf({ requestId, traceparent, route, field }: VerdictFact): ConfirmedBug {
  return { requestId, traceparent, route, field };
}
