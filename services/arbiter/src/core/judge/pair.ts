import { type FieldProfile, UNKNOWN_FIELD } from './profile.ts';
import type { Pair, Proof, ProofRule } from './proofs/rule.ts';
import { PROOF_RULES } from './proofs/table.ts';
import { NESTING_MAX, Side } from './value/side.ts';

export type { Proof } from './proofs/rule.ts';

/**
 * Proves two raw JSON values of one field equal in meaning, by the first rule of {@link PROOF_RULES} that can. Rules whose guard needs
 * knowledge of the field refuse with an unknown profile. Never throws; linear in the length of the texts.
 */
export function provePair(
  legacy: string | undefined,
  modern: string | undefined,
  profile: FieldProfile,
  field = '',
): Proof | undefined {
  return proveSides(new Side(legacy), new Side(modern), profile, field);
}

const DIGIT = /[0-9]/;

/** As {@link provePair}, for values that are read already. */
export function proveSides(
  legacy: Side,
  modern: Side,
  profile: FieldProfile,
  field = '',
  depth = 0,
): Proof | undefined {
  if (legacy.raw === modern.raw) return { rule: 'identical', explanation: 'Both are the same text.' };
  return proveBy(PROOF_RULES, legacy, modern, profile, field, depth);
}

const FIELD_RULES = PROOF_RULES.filter(({ ofField }) => ofField);

/** As {@link proveSides}, for two different values that were not proven equal while nothing was known of the field. */
export function proveOfField(
  legacy: Side,
  modern: Side,
  profile: FieldProfile,
  field: string,
): Proof | undefined {
  return proveBy(FIELD_RULES, legacy, modern, profile, field, 0);
}

function proveBy(
  rules: readonly ProofRule[],
  legacy: Side,
  modern: Side,
  profile: FieldProfile,
  field: string,
  depth: number,
): Proof | undefined {
  if (legacy.unreadable || modern.unreadable || depth > NESTING_MAX) return undefined;
  const pair: Pair = {
    legacy,
    modern,
    profile,
    field,
    // What is known of the field says nothing of its parts.
    part: (l, m, name = field) => proveSides(new Side(l), new Side(m), UNKNOWN_FIELD, name, depth + 1),
  };
  const numbers = legacy.isNumber && modern.isNumber;
  const digits = DIGIT.test(legacy.raw ?? '') && DIGIT.test(modern.raw ?? '');
  for (const rule of rules) {
    if ((numbers && rule.numbers !== true) || (!digits && rule.digits === true)) continue;
    const explanation = rule.prove(pair);
    if (explanation !== undefined) return { rule: rule.name, explanation };
  }
  return undefined;
}
