import type { Evidence } from './evidence.ts';

/** Something after which rows of the two databases may differ, as the reconciler tells it. */
export interface UnsettledCase {
  readonly openedAtMs: number;
  /** It is being looked at; anything else (outstanding, only reported) is not settled by waiting. */
  readonly isOpen: boolean;
}

/** What the build before did last is judged this long after the new one serves. */
export const inheritanceGraceMs = 3_000;
/** Differences that nobody could settle in this time stay, and so does what they led to. */
export const inheritanceMaxMs = 60_000;
/** Mismatches that go on are the new build's own. */
const quietMs = 3_000;

export interface Inheritance {
  /** When the new build began to serve. */
  readonly deployedAtMs: number;
  readonly nowMs: number;
  readonly unsettled: readonly UnsettledCase[];
  /** Differences of before were seen unsettled at some look. */
  readonly hadSome: boolean;
  /** Of the groups without clients on modern. */
  readonly evidence: readonly Evidence[];
}

/**
 * A new build answers from the books that its predecessor left, and while Chronos still repairs those, its answers say nothing about it. Once they
 * are settled and the mismatches have ended with them, its evidence begins anew, once: `begin`. `wait`: look again. `leave`: there was nothing to
 * inherit, nothing came of it, or the mismatches go on, and count.
 */
export function lookAtInheritance(look: Inheritance): 'wait' | 'begin' | 'leave' {
  const { deployedAtMs, nowMs, evidence } = look;
  const elapsedMs = nowMs - deployedAtMs;
  if (elapsedMs > inheritanceMaxMs) return 'leave';
  if (elapsedMs < inheritanceGraceMs) return 'wait';
  if (inherited(look).length > 0) return 'wait';
  if (!look.hadSome) return 'leave';
  const mismatchMs = Math.max(0, ...evidence.map(({ lastMismatchAtMs }) => lastMismatchAtMs ?? 0));
  // What was asked before the last repair may still be on its way to its verdict.
  if (nowMs - Math.max(mismatchMs, deployedAtMs + inheritanceGraceMs) < quietMs) return 'wait';
  return evidence.some(({ mismatched }) => mismatched > 0) ? 'begin' : 'leave';
}

/** Cases of before that are still worked on. */
export function inherited({ deployedAtMs, unsettled }: Pick<Inheritance, 'deployedAtMs' | 'unsettled'>) {
  return unsettled.filter(
    ({ openedAtMs, isOpen }) => isOpen && openedAtMs <= deployedAtMs + inheritanceGraceMs,
  );
}
