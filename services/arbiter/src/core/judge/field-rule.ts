import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { canonical } from '../compare/canonical.ts';
import { parseJson } from '../compare/json.ts';
import { isArray, NumberText } from '../compare/value.ts';
import type { RawJson } from './raw-json.ts';

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
  const accepts = acceptsOf(rule);
  return {
    id: rule.id,
    name: `${rule.author === JUDGE ? 'learned' : 'answered'}:${kind}:${rule.id}`,
    sentence: rule.sentence,
    isBug: kind === 'bug',
    accepts: (legacy, modern) =>
      kind === 'ignore' || (!legacy.cut && !modern.cut && accepts(legacy.text, modern.text)),
  };
}

function acceptsOf({ accepts: { case: kind, value } }: FieldRule): Accepts {
  switch (kind) {
    case 'shape':
      return shaped(value.pattern, value.pattern);
    case 'renaming':
      return shaped(value.legacyPattern, value.modernPattern);
    case 'unordered':
      return sameElements;
    case 'ignore':
      return () => true;
    default:
      return () => false;
  }
}

/** The whole text of a string, or of a number as it is spelt. */
export function scalarText(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const json = parseJson(raw);
  if (!json.ok) return undefined;
  if (typeof json.value === 'string') return json.value;
  return json.value instanceof NumberText ? json.value.text : undefined;
}

function shaped(legacyPattern: string, modernPattern: string): Accepts {
  const patterns = [legacyPattern, modernPattern].map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
  return (legacy, modern) =>
    [legacy, modern].every((raw, side) => {
      const text = scalarText(raw);
      return text !== undefined && patterns[side]?.test(text) === true;
    });
}

function sameElements(legacy: string | undefined, modern: string | undefined): boolean {
  const [a, b] = [legacy, modern].map(elements);
  return a !== undefined && b !== undefined && a.length === b.length && a.every((key, i) => key === b[i]);
}

function elements(raw: string | undefined): string[] | undefined {
  const json = parseJson(raw ?? '');
  if (!json.ok || !isArray(json.value)) return undefined;
  return json.value.map((item) => canonical(item, [])).sort();
}
