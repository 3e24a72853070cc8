import type { FieldProfile } from '../profile.ts';
import type { Side } from '../value/side.ts';

/** Two raw values of one field that are not the same text, and what is known of the field. */
export interface Pair {
  readonly legacy: Side;
  readonly modern: Side;
  readonly profile: FieldProfile;
  /** Path or name of the field; '' where it is not known. A name may stand against a proof and is never one. */
  readonly field: string;
  /** Proves two parts of the values equal; undefined as well when they are nested too deeply. Elements of a list have no name of their own. */
  part(legacy: string | undefined, modern: string | undefined, name?: string): Proof | undefined;
}

export interface Proof {
  readonly rule: string;
  /** One sentence. */
  readonly explanation: string;
}

/** One way in which two raw values are proven to mean the same. `accepts` and `refuses` are the rule's documentation (RULES.md). */
export interface ProofRule {
  readonly name: string;
  readonly accepts: string;
  /** What looks alike and is not accepted, with the reason. */
  readonly refuses: string;
  /** Applies to two JSON numbers; others are not tried on them. */
  readonly numbers?: true;
  /** Applies only where both sides have a digit. */
  readonly digits?: true;
  /** Asks what is known of the field (the pair’s profile): what it refused may be proven once more is known. Others never look at it. */
  readonly ofField?: true;

  /** The explanation, when proven. Must not throw and must refuse whatever the guard needs and the profile does not know. */
  prove(pair: Pair): string | undefined;
}
