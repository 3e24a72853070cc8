import { describe, expect, test } from '@jest/globals';
import { type Evidence, newEvidence } from './evidence.ts';
import { type Inheritance, lookAtInheritance } from './inherited.ts';
import { testEpoch } from './testing.ts';

const deployedAtMs = 100_000;
const mismatches = (lastMismatchAtMs: number): Evidence => ({
  ...newEvidence(testEpoch),
  compared: 500,
  mismatched: 4,
  lastMismatchAtMs,
});
const ofBefore = { openedAtMs: deployedAtMs + 1_000, isOpen: true };

function look(parts: Partial<Inheritance> & { readonly afterMs: number }): Inheritance {
  return {
    deployedAtMs,
    nowMs: deployedAtMs + parts.afterMs,
    unsettled: [],
    hadSome: true,
    evidence: [mismatches(deployedAtMs + 2_000)],
    ...parts,
  };
}

describe('the books that a build inherits', () => {
  test.each<[string, ReturnType<typeof lookAtInheritance>, Inheritance]>([
    [
      'are not told before the last requests of the build before are judged',
      'wait',
      look({ afterMs: 1_000 }),
    ],
    ['are waited for while they are repaired', 'wait', look({ afterMs: 20_000, unsettled: [ofBefore] })],
    ['settled: the evidence begins anew', 'begin', look({ afterMs: 8_000 })],
    [
      'settled a moment ago: verdicts may be on their way',
      'wait',
      look({ afterMs: 8_000, evidence: [mismatches(deployedAtMs + 6_000)] }),
    ],
    [
      'settled, but mismatches go on: those are the build’s own',
      'leave',
      look({ afterMs: 60_001, evidence: [mismatches(deployedAtMs + 60_000)] }),
    ],
    [
      'settled without any mismatch: nothing to forget',
      'leave',
      look({ afterMs: 8_000, evidence: [newEvidence(testEpoch)] }),
    ],
    ['were equal: mismatches are the build’s own', 'leave', look({ afterMs: 8_000, hadSome: false })],
    [
      'differ by what the new build did: those cases are not waited for',
      'begin',
      look({ afterMs: 8_000, unsettled: [{ openedAtMs: deployedAtMs + 4_000, isOpen: true }] }),
    ],
    [
      'outstanding cases are not waited for',
      'begin',
      look({ afterMs: 8_000, unsettled: [{ ...ofBefore, isOpen: false }] }),
    ],
  ])('%s', (_what, expected, given) => {
    expect(lookAtInheritance(given)).toBe(expected);
  });
});
