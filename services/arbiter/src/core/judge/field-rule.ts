import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { compileAnswered, isCorrected } from '../approve/answered.ts';
import { instantDistance, numberDistance } from './distance.ts';
import { provePair } from './pair.ts';
import { FieldProfile, type ProfileData } from './profile.ts';
import type { RawJson } from './raw-json.ts';
import { compareDecimals, type Decimal, parseDecimal } from './value/decimal.ts';
import { sameElements } from './value/lists.ts';
import { Side } from './value/side.ts';

/** A field rule ready to verify two values. */
export interface CompiledRule {
  readonly id: string;
  /** As verdicts name it: `answered:clock:<id>`. */
  readonly name: string;
  readonly sentence: string;
  /** Any difference of the field is a bug. */
  readonly isBug: boolean;
  /** Whether the rule verifies that these two values differ within what it allows. Cut values only pass where anything does. */
  accepts(legacy: RawJson, modern: RawJson): boolean;
}

type Accepts = (legacy: string | undefined, modern: string | undefined) => boolean;

/** Who learned rules are from. */
export const JUDGE = 'judge';

/** A rule that this version cannot read accepts nothing: it can only show more. */
export function compileFieldRule(rule: FieldRule): CompiledRule {
  const kind = rule.accepts.case ?? 'unknown';
  const accepts = guarded(() => acceptsOf(rule));
  return {
    id: rule.id,
    name: `${rule.author === JUDGE ? 'learned' : 'answered'}:${kind}:${rule.id}`,
    sentence: rule.sentence,
    isBug: kind === 'bug',
    accepts: (legacy, modern) =>
      kind === 'ignore' || (!legacy.cut && !modern.cut && accepts(legacy.text, modern.text)),
  };
}

/** A rule whose parameters cannot be read (written by a newer version) accepts nothing. */
function guarded(compile: () => Accepts): Accepts {
  try {
    return compile();
  } catch {
    return () => false;
  }
}

function acceptsOf(rule: FieldRule): Accepts {
  const { case: kind, value } = rule.accepts;
  switch (kind) {
    case 'shape':
      return shaped(value.pattern, value.pattern);
    case 'renaming':
      return shaped(value.legacyPattern, value.modernPattern);
    case 'clock': {
      const { aheadMsMax: ahead, behindMsMax: behind } = value;
      return within(instantDistance, { units: -behind, scale: 0 }, { units: ahead, scale: 0 });
    }
    case 'noise':
      return within(
        value.instants ? instantDistance : numberDistance,
        parseDecimal(value.low),
        parseDecimal(value.high),
      );
    case 'unordered':
      return reordered;
    case 'ignore':
      return () => true;
    case 'proof':
      return provenAs(value.rule, value.profileJson, rule.field);
    case 'expect':
      return corrected(rule);
    case 'bug':
    case undefined:
      return () => false;
  }
}

/** The whole text of a string, or of a number as it is spelt. */
export function scalarText(raw: string | undefined): string | undefined {
  const side = new Side(raw);
  return side.isNumber ? side.raw : side.text;
}

function shaped(legacyPattern: string, modernPattern: string): Accepts {
  const patterns = [legacyPattern, modernPattern].map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
  return (legacy, modern) =>
    [legacy, modern].every((raw, side) => {
      const text = scalarText(raw);
      return text !== undefined && patterns[side]?.test(text) === true;
    });
}

function within(
  distance: (legacy: string | undefined, modern: string | undefined) => Decimal | undefined,
  low: Decimal | undefined,
  high: Decimal | undefined,
): Accepts {
  if (low === undefined || high === undefined) return () => false;
  return (legacy, modern) => {
    const apart = distance(legacy, modern);
    return apart !== undefined && compareDecimals(low, apart) <= 0 && compareDecimals(apart, high) <= 0;
  };
}

function reordered(legacy: string | undefined, modern: string | undefined): boolean {
  const [a, b] = [legacy, modern].map((raw) => new Side(raw).items);
  return a !== undefined && b !== undefined && sameElements(a, b);
}

/** Findings meet it before any field rule (`core/approve`); here it is tried on differences that were kept. */
function corrected(rule: FieldRule): Accepts {
  const compiled = compileAnswered(rule);
  if (!compiled?.ok) return () => false;
  return (legacy, modern) => isCorrected(compiled.rule, legacy, modern);
}

/** The judge's own proof, which needs to know the field: what is known of it came with the rule. */
function provenAs(rule: string, profileJson: string, field: string): Accepts {
  const profile = new FieldProfile(JSON.parse(profileJson) as ProfileData);
  return (legacy, modern) => provePair(legacy, modern, profile, field)?.rule === rule;
}
