import { decimalsEqual } from '../compare/decimal.ts';
import type { Finding } from '../compare/findings.ts';
import { NumberText } from '../compare/value.ts';

/** Proves a finding harmless by naming a rule, or has nothing to say. A new kind of proof is one more of these. */
export type Proof = (finding: Finding) => string | undefined;

/** The migration file says so. */
const declared: Proof = (finding) => finding.declared;

/** The same number in another spelling: 1.10 and 1.1. Amounts written as text are no numbers and stay different. */
const decimalEqual: Proof = ({ legacy, modern }) =>
  legacy instanceof NumberText && modern instanceof NumberText && decimalsEqual(legacy.text, modern.text)
    ? 'decimal-equal'
    : undefined;

export const PROOFS: readonly Proof[] = [declared, decimalEqual];

/** The first rule that proves the finding harmless; empty: it stands. */
export function judge(finding: Finding, proofs: readonly Proof[] = PROOFS): string {
  for (const proof of proofs) {
    const rule = proof(finding);
    if (rule !== undefined) return rule;
  }
  return '';
}
