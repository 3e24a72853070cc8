import { type Difference, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Finding, SecondValue } from '../compare/findings.ts';
import type { Severity as SeverityWord } from './judgement.ts';

/** What the judge says of one finding. */
export interface Judged {
  readonly ruling: Ruling.HARMLESS | Ruling.APPROVED | Ruling.BUG | Ruling.ASKED | Ruling.RACE;
  /** Name of the rule that says so. */
  readonly rule: string;
  /** Of what stands; unspecified where nothing does. */
  readonly severity: Severity;
  /** One sentence for people. */
  readonly explanation: string;
}

/** How far a finding is looked into: for every rule there is, or only for what accepts it (proofs, rules of its field), which is cheap. */
export type Effort = 'every-rule' | 'proofs';

/** `second` is what legacy gave at the place when it was asked twice; every rule is tried unless told otherwise. */
export type Judge = (finding: Finding, second?: SecondValue, effort?: Effort) => Judged;

export function harmless(rule: string, explanation: string): Judged {
  return { ruling: Ruling.HARMLESS, rule, severity: Severity.UNSPECIFIED, explanation };
}

export function bug(rule: string, severity: Severity, explanation: string): Judged {
  return { ruling: Ruling.BUG, rule, severity, explanation };
}

export function asked(rule: string, severity: Severity, explanation: string): Judged {
  return { ruling: Ruling.ASKED, rule, severity, explanation };
}

/** What stands because answers differ in too many places for each to be looked into. */
export const TOO_MANY = asked(
  'too-many-differences',
  Severity.MAJOR,
  'The answers differ in more places than can be looked into one by one; here nothing was proven.',
);

/** Explained by the order in which requests in flight together were committed. */
export function race(explanation: string): Judged {
  return { ruling: Ruling.RACE, rule: 'commit-order', severity: Severity.UNSPECIFIED, explanation };
}

/** Whether a difference counts as a mismatch. One without a ruling, as earlier versions wrote it, stands unless a rule excuses it. */
export function stands({ ruling, rule }: Pick<Difference, 'ruling' | 'rule'>): boolean {
  switch (ruling) {
    case Ruling.BUG:
    case Ruling.ASKED:
      return true;
    case Ruling.HARMLESS:
    case Ruling.APPROVED:
    case Ruling.RACE:
      return false;
    case Ruling.UNSPECIFIED:
      return rule === '';
  }
}

/** The word of an episode's judgement; what names none is taken for major. */
export function severityOf(word: SeverityWord | ''): Severity.MINOR | Severity.MAJOR | Severity.CRITICAL {
  switch (word) {
    case 'minor':
      return Severity.MINOR;
    case 'critical':
      return Severity.CRITICAL;
    case 'major':
    case '':
      return Severity.MAJOR;
  }
}
