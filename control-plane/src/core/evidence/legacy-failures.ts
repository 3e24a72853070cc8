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
 * answers is a wrong answer of modern's as soon as legacy answers the next request, and none of several in a row is.
 */
export interface LegacyFailures {
  /** In a row, up to now. */
  readonly run: number;
  /** The one of a run of one, where a client had modern's answer. */
  readonly suspect: ConfirmedBug | undefined;
}

export const noLegacyFailures: LegacyFailures = { run: 0, suspect: undefined };

/** Whether legacy failed at what modern did. */
export function isLegacyFailure({ outcome, legacyStatus, modernStatus }: VerdictFact): boolean {
  return outcome === 'mismatch' && legacyStatus >= 500 && modernStatus > 0 && modernStatus < 500;
}

/** After one more request; `confirmed` is a suspicion that legacy's next answer has borne out. */
export function observeLegacyFailure(
  before: LegacyFailures,
  fact: VerdictFact,
): { readonly failures: LegacyFailures; readonly confirmed: ConfirmedBug | undefined } {
  // Without an answer of legacy's nothing is known.
  if (fact.legacyStatus === 0) return { failures: before, confirmed: undefined };
  if (fact.legacyStatus < 500)
    return { failures: noLegacyFailures, confirmed: before.run === 1 ? before.suspect : undefined };
  const isFirst = before.run === 0 && fact.answeredByModern && isLegacyFailure(fact);
  return {
    failures: { run: before.run + 1, suspect: isFirst ? bugOf(fact) : undefined },
    confirmed: undefined,
  };
}

export function bugOf({ requestId, traceparent, route, field }: VerdictFact): ConfirmedBug {
  return { requestId, traceparent, route, field };
}
