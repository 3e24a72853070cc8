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

const SAME_TEXT: Proof = { rule: 'identical', explanation: 'Both are the same text.' };
const DIGIT = /[0-9]/;

/** As {@link provePair}, for values that are read already. */
export function proveSides(legacy: Side, modern: Side, profile: FieldProfile, field = ''): Proof | undefined {
  if (legacy.raw === modern.raw) return SAME_TEXT;
  return proveBy(PROOF_RULES, { legacy, modern, profile, field }, 0, new Map());
}

const FIELD_RULES = PROOF_RULES.filter(({ ofField }) => ofField);

/** As {@link proveSides}, for two different values that were not proven equal while nothing was known of the field. */
export function proveOfField(
  legacy: Side,
  modern: Side,
  profile: FieldProfile,
  field: string,
): Proof | undefined {
  return proveBy(FIELD_RULES, { legacy, modern, profile, field }, 0, new Map());
}

/** What was found of the parts of two values, by their depth, name and texts. */
type KnownParts = Map<string, Proof | undefined>;

/** Several rules ask the same of the same parts, and each of them of their parts again: without memory two to the power of the depth. */
function provePart(
  raw: { readonly legacy: string | undefined; readonly modern: string | undefined },
  name: string,
  depth: number,
  known: KnownParts,
): Proof | undefined {
  const key = `${depth}\0${raw.legacy ?? ''}\0${raw.modern ?? ''}\0${name}`;
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found;
  const [legacy, modern] = [new Side(raw.legacy), new Side(raw.modern)];
  // What is known of the field says nothing of its parts.
  const proof =
    raw.legacy === raw.modern
      ? SAME_TEXT
      : proveBy(PROOF_RULES, { legacy, modern, profile: UNKNOWN_FIELD, field: name }, depth, known);
  known.set(key, proof);
  return proof;
}

/** The rules that can hold of two numbers, or of values without digits; found once for each. */
function rulesOf(rules: readonly ProofRule[], numbers: boolean, digits: boolean): readonly ProofRule[] {
  if (!numbers && digits) return rules;
  const known = INDEX.get(rules) ?? [];
  INDEX.set(rules, known);
  const kind = numbers ? 0 : 1;
  known[kind] ??= rules.filter((rule) => (numbers ? rule.numbers === true : rule.digits !== true));
  return known[kind];
}

const INDEX = new WeakMap<readonly ProofRule[], (readonly ProofRule[])[]>();

function proveBy(
  rules: readonly ProofRule[],
  of: Omit<Pair, 'part'>,
  depth: number,
  known: KnownParts,
): Proof | undefined {
  const { legacy, modern, field } = of;
  if (legacy.unreadable || modern.unreadable || depth > NESTING_MAX) return undefined;
  const pair: Pair = {
    ...of,
    part: (l, m, name = field) => provePart({ legacy: l, modern: m }, name, depth + 1, known),
  };
  const numbers = legacy.isNumber && modern.isNumber;
  const digits = DIGIT.test(legacy.raw ?? '') && DIGIT.test(modern.raw ?? '');
  for (const rule of rulesOf(rules, numbers, digits)) {
    const explanation = rule.prove(pair);
    if (explanation !== undefined) return { rule: rule.name, explanation };
  }
  return undefined;
}
