export type VerdictWord = 'harmless' | 'bug' | 'ask';

/** Critical: money, identity, rights or safety may be touched. Empty unless the verdict is a bug. */
export type Severity = 'critical' | 'major' | 'minor';

/** What is to be thought of the differences of one field. */
export interface Judgement {
  readonly verdict: VerdictWord;
  /** The rule that decided: of proofs/, bugs/ or noise/; for a question the kind of doubt. */
  readonly rule: string;
  readonly severity: Severity | '';
  /** One sentence with figures. */
  readonly explanation: string;
  /** One sentence a person can answer with yes or no; for `ask`, and for a bug that the score alone calls. */
  readonly question?: string;
}
