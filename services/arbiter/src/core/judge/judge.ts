import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { decimalsEqual } from '../compare/decimal.ts';
import { type Location, pathOf } from '../compare/field-path.ts';
import type { Finding } from '../compare/findings.ts';
import { NumberText, type Value } from '../compare/value.ts';
import type { CompiledRule } from './field-rule.ts';
import { rawJson } from './raw-json.ts';
import { asked, bug, harmless, type Judge, type Judged } from './ruling.ts';

/** What is known of the route that a request belongs to. */
export interface RouteRules {
  /** Rules that people answered or the judge learned, by field path. */
  readonly byField: ReadonlyMap<string, readonly CompiledRule[]>;
}

export const NO_RULES: RouteRules = { byField: new Map() };

/**
 * Judges findings one by one, in this order: what the migration file declares, what is proven to mean the same, what a rule of this field
 * accepts and can verify on these two values alone, what a rule shows to be a bug; the rest is asked. Nothing is accepted on what an
 * arbiter remembers: a restart or another arbiter gives the same ruling.
 */
export function judgeBy(rules: RouteRules): Judge {
  return (finding) => {
    if (finding.declared !== undefined) return harmless(finding.declared, finding.explanation);
    return ofAnswer(finding) ?? proven(finding) ?? ruled(finding, rules) ?? unproven(finding);
  };
}

/** Statuses have one meaning each: another one is another answer. */
function ofAnswer({ at, legacy, modern, explanation }: Finding): Judged | undefined {
  const root = rootOf(at);
  if (root === 'status') {
    const words = `The status is ${statusText(modern)} instead of ${statusText(legacy)}.`;
    return bug('status-changed', isFailure(modern) ? Severity.CRITICAL : Severity.MAJOR, words);
  }
  if (root === 'grpc' && at.step === 'status') return bug('status-changed', Severity.CRITICAL, explanation);
  return undefined;
}

function proven({ legacy, modern, explanation }: Finding): Judged | undefined {
  const equal =
    legacy instanceof NumberText && modern instanceof NumberText && decimalsEqual(legacy.text, modern.text);
  return equal ? harmless('decimal-equal', explanation) : undefined;
}

function ruled(finding: Finding, { byField }: RouteRules): Judged | undefined {
  if (byField.size === 0) return undefined;
  const legacy = rawJson(finding.legacy);
  const modern = rawJson(finding.modern);
  for (const rule of byField.get(pathOf(finding.at)) ?? []) {
    if (rule.isBug) return bug(rule.name, Severity.MAJOR, rule.sentence);
    if (rule.accepts(legacy, modern)) return harmless(rule.name, rule.sentence);
  }
  return undefined;
}

function unproven({ explanation }: Finding): Judged {
  return asked('unproven', Severity.MAJOR, explanation);
}

function rootOf(at: Location): string | number {
  return at.parent === undefined ? at.step : rootOf(at.parent);
}

function isFailure(status: Value | undefined): boolean {
  return status instanceof NumberText && (Number(status.text) >= 500 || status.text === '0');
}

function statusText(status: Value | undefined): string {
  return status instanceof NumberText ? status.text : '(none)';
}
