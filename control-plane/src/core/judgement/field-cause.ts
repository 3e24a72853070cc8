import type { Explanation } from '@chronos/arbiter/core/explain/sample.ts';
import { type Place, signatureOf, signatureOfAsked } from '@chronos/arbiter/core/explain/signature.ts';
import { ASKED_RULES } from '@chronos/arbiter/core/judge/judge.ts';

/** By what the mismatches of a field are joined with those of others, and how what they share is said. */
export interface FieldCause {
  readonly signature: string;
  readonly formula: string;
  readonly condition: string;
}

/** Many cookies with other values are asked one by one, but are one finding; so it is with all that a rule asks whatever the values are. */
export function causeOfField(
  place: Place,
  { rule, explanation }: { readonly rule: string; readonly explanation: Explanation | undefined },
): FieldCause {
  const question = ASKED_RULES.get(rule);
  if (question !== undefined) {
    const [fact = question] = question.split(': ');
    return { signature: signatureOfAsked(place, rule), formula: fact, condition: '' };
  }
  return {
    signature: signatureOf(place, explanation),
    formula: explanation?.formula ?? '',
    condition: explanation?.condition ?? '',
  };
}
